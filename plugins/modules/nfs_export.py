#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: nfs_export
short_description: "PowerStore: manage NFS exports"
version_added: 1.0.0
description:
  - Brings an NFS export to the declared state. It makes a directory of a file system available to NFS clients.
  - An export has its name within the NAS server of its file system. Exports on different NAS servers can have the same
    name.
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
      - With V(present), the NFS export exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the NFS export does not exist. The task refuses to delete one that a datastore of
        vSphere is on. The files stay.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing NFS export.
    type: str
  name:
    description:
      - Name of the NFS export, up to 255 characters. The array does not rename exports.
      - Either O(name) or O(id) is required.
    type: str
  nas_server:
    description: The NAS server of the file system, by name or id. Required with O(name).
    type: str
  file_system:
    description:
      - The file system that the export is of, by name or id, or a snapshot that has its own exports. Required for a new
        export.
      - It can be set only when the NFS export is created.
    type: str
  path:
    description:
      - The directory, up to 1023 characters, which begins with the name of the file system, such as C(/docs) or
        C(/docs/projects). Required for a new export. The directory must exist.
      - It can be set only when the NFS export is created.
    type: str
  description:
    description: Up to 511 characters. V("") clears it.
    type: str
  default_access:
    description: What clients can do that are in none of the lists of hosts. By default, a new export gives no access.
    type: str
    choices: [No_Access, Read_Only, Read_Write, Root, Read_Only_Root]
  min_security:
    description: The weakest security with which clients can connect. Those with Kerberos need secure NFS.
    type: str
    choices: [Sys, Kerberos, Kerberos_With_Integrity, Kerberos_With_Encryption]
  is_no_suid:
    description: Whether clients cannot set the SUID of files.
    type: bool
  anonymous_uid:
    description: User id of anonymous clients. At least -2147483648.
    type: int
  anonymous_gid:
    description: Group id of anonymous clients. At least -2147483648.
    type: int
  nfs_owner_username:
    description:
      - User who owns an export for a VMware datastore, up to 32 characters. Secure NFS requires it.
      - V("") clears it.
    type: str
  no_access_hosts:
    description:
      - Hosts without access.
      - Each entry is a name, an IP address, a network such as C(192.0.2.0/24), or a netgroup such as C(@builders).
        Order and notation do not matter.
    type: list
    elements: str
  no_access_hosts_mode:
    description:
      - With V(exact), the export has exactly these hosts in O(no_access_hosts).
      - With V(add), the task adds the missing ones. With V(remove), it removes these if they are there.
    type: str
    choices: [exact, add, remove]
    default: exact
  read_only_hosts:
    description:
      - Hosts that can read.
      - Each entry is a name, an IP address, a network such as C(192.0.2.0/24), or a netgroup such as C(@builders).
        Order and notation do not matter.
    type: list
    elements: str
  read_only_hosts_mode:
    description:
      - With V(exact), the export has exactly these hosts in O(read_only_hosts).
      - With V(add), the task adds the missing ones. With V(remove), it removes these if they are there.
    type: str
    choices: [exact, add, remove]
    default: exact
  read_only_root_hosts:
    description:
      - Hosts that can read, also as root.
      - Each entry is a name, an IP address, a network such as C(192.0.2.0/24), or a netgroup such as C(@builders).
        Order and notation do not matter.
    type: list
    elements: str
  read_only_root_hosts_mode:
    description:
      - With V(exact), the export has exactly these hosts in O(read_only_root_hosts).
      - With V(add), the task adds the missing ones. With V(remove), it removes these if they are there.
    type: str
    choices: [exact, add, remove]
    default: exact
  read_write_hosts:
    description:
      - Hosts that can read and write.
      - Each entry is a name, an IP address, a network such as C(192.0.2.0/24), or a netgroup such as C(@builders).
        Order and notation do not matter.
    type: list
    elements: str
  read_write_hosts_mode:
    description:
      - With V(exact), the export has exactly these hosts in O(read_write_hosts).
      - With V(add), the task adds the missing ones. With V(remove), it removes these if they are there.
    type: str
    choices: [exact, add, remove]
    default: exact
  read_write_root_hosts:
    description:
      - Hosts that can read and write, also as root.
      - Each entry is a name, an IP address, a network such as C(192.0.2.0/24), or a netgroup such as C(@builders).
        Order and notation do not matter.
    type: list
    elements: str
  read_write_root_hosts_mode:
    description:
      - With V(exact), the export has exactly these hosts in O(read_write_root_hosts).
      - With V(add), the task adds the missing ones. With V(remove), it removes these if they are there.
    type: str
    choices: [exact, add, remove]
    default: exact
notes:
  - A list of hosts can have 4096 bytes. Use networks or netgroups for many hosts.
  - The task refuses to add a host to a list while it stays in another one. A host can be in one list, and its network
    in another one.
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Export the home directories to a network
  jobwise.appliance.nfs_export:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: home
    nas_server: nas01
    file_system: home
    path: /home
    read_write_hosts: [192.0.2.0/24, "@builders"]
    read_only_hosts: [backup.example.com]
  # host, username and password can come from module_defaults or from the environment, too

- name: Give one more client access, and leave the others
  jobwise.appliance.nfs_export:
    name: home
    nas_server: nas01
    read_write_hosts: [198.51.100.7]
    read_write_hosts_mode: add

- name: Stop exporting them
  jobwise.appliance.nfs_export:
    name: home
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The NFS export as the array returns it after the task, or before the task in check mode.
    - Null if the NFS export does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: home
    path: /home
    read_write_hosts: [192.0.2.0/255.255.255.0, "@builders"]
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add read-write host 198.51.100.7 to NFS export home"]
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
    path: /api/rest/nfs_export/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_systems.exports import ExportHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_shares import NFS_EXPORT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, NFS_EXPORT, ExportHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
