#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smb_share
short_description: "PowerStore: manage SMB shares"
version_added: 1.0.0
description:
  - Brings an SMB share to the declared state. It makes a directory of a file system available to SMB clients.
  - A share has its name within the NAS server of its file system. Shares on different NAS servers can have the same
    name. The NAS server needs an SMB server.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description:
      - With V(present), the SMB share exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the SMB share does not exist. The files stay.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing SMB share.
    type: str
  name:
    description:
      - Name of the SMB share, up to 80 characters. The array does not rename shares.
      - Either O(name) or O(id) is required.
    type: str
  nas_server:
    description: The NAS server of the file system, by name or id. Required with O(name).
    type: str
  file_system:
    description:
      - The file system that the share is of, by name or id, or a snapshot that has its own shares. Required for a new
        share.
      - It can be set only when the SMB share is created.
    type: str
  path:
    description:
      - The directory, which begins with the name of the file system, such as C(/docs) or C(/docs/projects). Required
        for a new share. The directory must exist. Several shares can have the same one.
      - It can be set only when the SMB share is created.
    type: str
  description:
    description: Up to 255 characters. V("") clears it.
    type: str
  is_abe_enabled:
    description:
      - Whether users see only the files and directories that they may open. This is access-based enumeration.
    type: bool
  is_branch_cache_enabled:
    description: Whether computers of a branch office can keep copies of the files (BranchCache).
    type: bool
  is_continuous_availability_enabled:
    description: Whether clients with SMB 3.0 keep their open files when the NAS server moves to another node.
    type: bool
  is_encryption_enabled:
    description: Whether clients must encrypt what they send and receive, which needs SMB 3.0.
    type: bool
  offline_availability:
    description:
      - Which files clients keep for times without a connection. V(Manual) are those that users choose, V(Documents) all
        that they open, V(Programs) these and programs, which run from the copy. By default, a new share has V(None).
    type: str
    choices: [Manual, Documents, Programs, None]
  umask:
    description:
      - Three octal digits in quotes, such as V("027"). New files do not have these permissions on the side of UNIX. By
        default, a new share has V("022").
    type: str
  acl:
    description:
      - Who can use the share, as a list of entries. Their order does not matter, and neither does case in names. The
        permissions of files and directories count in addition.
      - A new share without this option has one entry, which gives everyone full access.
      - The array checks the accounts. It may show a name in another form than the task gives it, such as with the
        domain's short name, or a name in place of a SID. Give the form that it shows, or the entry counts as another
        one.
      - On PowerStoreOS 3.5 and later. The task reads the entries with one more request.
    type: list
    elements: dict
    suboptions:
      access_type:
        description: Whether the entry gives access or denies it. The array checks entries that deny first.
        type: str
        choices: [Allow, Deny]
        required: true
      access_level:
        description: V(Read) files, V(Change) also writes and deletes them, V(Full) also changes their permissions.
        type: str
        choices: [Read, Change, Full]
        required: true
      trustee_type:
        description: What O(acl[].trustee_name) is.
        type: str
        choices: [User, Group, SID, WellKnown]
        required: true
      trustee_name:
        description:
          - A user or group as C(domain\name), or with the NetBIOS name of the SMB server if it is local. A SID, such
            as C(S-1-5-21-843271493-548684746-1849754324-32). Or C(Everyone), which is well known.
          - In YAML, a backslash needs single quotes or none. In double quotes, it begins an escape sequence.
        type: str
        required: true
  acl_mode:
    description:
      - With V(exact), the share has exactly these entries in O(acl).
      - With V(add), the task adds the missing ones. With V(remove), it removes these if they are there.
    type: str
    choices: [exact, add, remove]
    default: exact
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Share the home directories with their users
  jobwise.appliance.smb_share:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: home
    nas_server: nas01
    file_system: home
    path: /home
    is_abe_enabled: true
    acl:
      - access_type: Allow
        access_level: Change
        trustee_type: Group
        trustee_name: EXAMPLE\Domain Users
      - access_type: Allow
        access_level: Full
        trustee_type: Group
        trustee_name: EXAMPLE\Storage Admins
  # host, username and password can come from module_defaults or from the environment, too

- name: Keep one user out, and leave the other entries
  jobwise.appliance.smb_share:
    name: home
    nas_server: nas01
    acl:
      - access_type: Deny
        access_level: Full
        trustee_type: User
        trustee_name: EXAMPLE\mallory
    acl_mode: add

- name: Stop sharing them
  jobwise.appliance.smb_share:
    name: home
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The SMB share as the array returns it after the task, or before the task in check mode.
    - Null if the SMB share does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: home
    path: /home
    is_ABE_enabled: true
    acl:
      - access_type: Allow
        access_level: Change
        trustee_type: Group
        trustee_name: EXAMPLE\Domain Users
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add 1 ACE (Deny Full User EXAMPLE\\mallory) to SMB share home"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Id or URI of the job.
      type: str
    action:
      description: What the job does, such as V(create), V(modify) or V(delete).
      type: str
    state:
      description: V(running), V(done), V(failed) or V(unknown).
      type: str
    phase:
      description: The state in the appliance's own words.
      type: str
    percent:
      description: Progress from 0 to 100, null if the appliance does not report it.
      type: int
    resource_id:
      description: Id or URI of the object that the job works on or has created, null if unknown.
      type: str
    adopted:
      description: Whether the job was already running, so that the task waited for it instead of starting another one.
      type: bool
    note:
      description: What the job is doing, in the appliance's words.
      returned: if the appliance reports it
      type: str
    messages:
      description: The reasons why the job failed, or its warnings.
      returned: if there are any
      type: list
      elements: dict
  sample:
    - id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: modify
      state: done
      phase: Completed
      percent: 100
      resource_id: "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
      adopted: false
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
  returned: failure
  type: dict
  contains:
    kind:
      description: The kind of the failure.
      type: str
    method:
      description: Method of the request that failed.
      returned: if a request failed
      type: str
    path:
      description: Path of the request that failed.
      returned: if a request failed
      type: str
    status:
      description: HTTP status of the response, or the status that a failed job reports instead.
      returned: if the appliance responded
      type: int
    job_id:
      description: Id or URI of the job that failed, was lost, or is still running.
      returned: if the failure is about a job
      type: str
    messages:
      description: The appliance's messages.
      type: list
      elements: dict
      contains:
        code:
          description: The appliance's code for the message, null if there is no code.
          type: str
        severity:
          description: The severity in the appliance's own words, null if the message has no severity.
          type: str
        message:
          description: The text of the message.
          type: str
        arguments:
          description: The values that are filled into the text.
          type: list
          elements: str
        actions:
          description: The actions that the appliance recommends.
          returned: if the appliance's API recommends actions
          type: list
          elements: str
  sample:
    kind: refused
    method: PATCH
    path: /api/rest/smb_share/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_systems.shares import ShareHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_shares import SMB_SHARE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, SMB_SHARE, ShareHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
