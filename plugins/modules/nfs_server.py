#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: nfs_server
short_description: "PowerStore: manage NFS servers"
version_added: 1.0.0
description:
  - Lets a NAS server speak NFS, and sets how. Each NAS server has one NFS server, or none. Exports need one.
  - Secure NFS asks each client for a Kerberos ticket. Kerberos is that of the NAS server itself, or that of the domain
    of its SMB server, if O(is_use_smb_config_enabled) is true.
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
      - With V(present), the NAS server has an NFS server with the given attributes. Options that are not given leave
        theirs unchanged.
      - With V(absent), the NAS server has no NFS server. The task fails as long as the NAS server has NFS exports.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing NFS server.
    type: str
  nas_server:
    description:
      - The NAS server, by name or id. It cannot be changed later.
      - Either O(nas_server) or O(id) is required.
    type: str
  is_nfsv3_enabled:
    description:
      - Whether clients can use NFSv3. A new NFS server allows it.
      - O(is_nfsv3_enabled) and O(is_nfsv4_enabled) cannot both be false.
    type: bool
  is_nfsv4_enabled:
    description: Whether clients can use NFSv4. A new NFS server does not allow it.
    type: bool
  is_secure_enabled:
    description:
      - Whether the NFS server offers secure NFS. Exports with C(min_security) of Kerberos need it.
      - It needs Kerberos on the NAS server, and O(host_name), or with O(is_use_smb_config_enabled), an SMB server.
    type: bool
  host_name:
    description:
      - The name with which clients connect to secure NFS. Up to 255 characters.
      - With O(is_use_smb_config_enabled), it is the name of the SMB server, and cannot be given.
    type: str
  is_use_smb_config_enabled:
    description:
      - Whether secure NFS uses the domain of the SMB server for Kerberos, instead of the Kerberos configuration of the
        NAS server.
      - V(true) needs O(is_secure_enabled).
    type: bool
  is_extended_credentials_enabled:
    description:
      - Whether the NFS server itself looks up the Unix groups of a user, so that more than 16 count. Each look-up takes
        time.
    type: bool
  credentials_cache_ttl:
    description:
      - After how many minutes the NFS server looks up again which Windows user a Unix user is. 1 to 35791394. 15 on a
        new NFS server.
    type: int
  is_joined:
    description:
      - Whether the NFS server is joined to the domain of its NAS server. Secure NFS with the domain needs it.
      - To join and to leave, the task needs O(domain_user_name) and O(domain_password), and the NAS server its DNS. A
        login that the domain refuses is never tried a second time.
    type: bool
  domain_user_name:
    description:
      - A user who may add computers to the domain, and remove them. Only a task that joins or leaves uses it.
      - With O(state=absent), the NFS server leaves its domain before it is deleted.
    type: str
  domain_password:
    description: The password of O(domain_user_name).
    type: str
  is_skip_unjoin:
    description:
      - Whether secure NFS may end, or the NFS server be deleted, while it is joined to a domain. Its account stays
        there.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Let a NAS server speak NFSv3 and NFSv4
  jobwise.appliance.nfs_server:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas01
    is_nfsv4_enabled: true

- name: Offer secure NFS with the Kerberos configuration of the NAS server
  jobwise.appliance.nfs_server:
    nas_server: nas01
    is_secure_enabled: true
    host_name: nas01.example.com
  # host, username and password come from module_defaults or from the environment

- name: Offer secure NFS in the domain of the SMB server
  jobwise.appliance.nfs_server:
    nas_server: nas01
    is_secure_enabled: true
    is_use_smb_config_enabled: true
    is_joined: true
    domain_user_name: "{{ domain_user }}"
    domain_password: "{{ domain_password }}"

- name: Stop speaking NFS
  jobwise.appliance.nfs_server:
    nas_server: nas01
    domain_user_name: "{{ domain_user }}"
    domain_password: "{{ domain_password }}"
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The NFS server as the array returns it after the task, or before the task in check mode.
    - Null if the NFS server does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    nas_server_id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01, is_production_mode_enabled: true}
    is_nfsv3_enabled: true
    is_nfsv4_enabled: true
    is_secure_enabled: false
    host_name: null
    is_use_smb_config_enabled: null
    is_extended_credentials_enabled: false
    credentials_cache_TTL: 15
    is_joined: false
    service_principal_name: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change is_nfsv4_enabled of NFS server nas01"]
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
    path: /api/rest/nfs_server/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_protocols.nfs import NfsServerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_protocols import NFS_SERVER
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, NFS_SERVER, NfsServerHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
