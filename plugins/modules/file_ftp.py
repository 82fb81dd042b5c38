#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_ftp
short_description: "PowerStore: manage the FTP of NAS servers"
version_added: 1.0.0
description:
  - Sets whether a NAS server offers FTP and SFTP, and to whom. Each NAS server has one such configuration, or none.
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
      - With V(present), the NAS server has an FTP configuration as given. Options that are not given leave theirs
        unchanged.
      - With V(absent), it has none.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing FTP configuration.
    type: str
  nas_server:
    description:
      - The NAS server, by name or id. It cannot be changed later.
      - Either O(nas_server) or O(id) is required.
    type: str
  is_ftp_enabled:
    description: Whether the NAS server offers FTP. A new configuration does not.
    type: bool
  is_sftp_enabled:
    description: Whether the NAS server offers SFTP. A new configuration does not.
    type: bool
  is_smb_authentication_enabled:
    description: Whether users of SMB can log in, which needs an SMB server. A new configuration allows it.
    type: bool
  is_unix_authentication_enabled:
    description:
      - Whether Unix users can log in, who are in LDAP, NIS or the file passwd of the NAS server. A new configuration
        allows it.
    type: bool
  is_anonymous_authentication_enabled:
    description: Whether FTP clients can log in without a user. A new configuration does not allow it.
    type: bool
  is_homedir_limit_enabled:
    description: Whether users reach only their home directories. True in a new configuration.
    type: bool
  default_homedir:
    description:
      - The directory of users who have no home directory, as long as O(is_homedir_limit_enabled) is false. Up to 511
        characters.
      - V("") clears it.
    type: str
  welcome_message:
    description:
      - What clients show before the login. Up to 511 characters, in lines of up to 80 bytes.
      - V("") clears it.
    type: str
  message_of_the_day:
    description:
      - What FTP clients show after the login. Up to 511 characters, in lines of up to 80 bytes.
      - V("") clears it.
    type: str
  is_audit_enabled:
    description: Whether the NAS server writes what clients do into audit files. A new configuration does not.
    type: bool
  audit_dir:
    description:
      - The directory of the audit files, which must exist in a file system of the NAS server, such as V(/logs/ftp). Up
        to 511 characters.
      - V("") means the root, V(/), as in a new configuration.
    type: str
  audit_max_size:
    description:
      - How much space all audit files take at most, with a unit such as V(1 GiB). 40 KiB to 5 GiB, or to 5 MiB if
        O(audit_dir) is the root.
    type: str
  is_allowed_hosts:
    description:
      - Whether O(hosts) are those that alone are allowed (V(true)), or those that are denied.
      - A task can change O(hosts) with it, in one request.
    type: bool
  hosts:
    description:
      - IP addresses and networks.
      - Up to 64 entries. The order has no meaning. An empty list restricts nothing.
    type: list
    elements: str
  hosts_mode:
    description:
      - With V(exact), O(hosts) is the whole list, and the task removes all others.
      - With V(add), the task adds O(hosts), and with V(remove), it removes them.
    type: str
    choices: [exact, add, remove]
    default: exact
  is_allowed_users:
    description:
      - Whether O(users) are those that alone are allowed (V(true)), or those that are denied.
      - A task can change O(users) with it, in one request.
    type: bool
  users:
    description:
      - Names of users, as C(user@domain) or C(domain\user) for those of SMB.
      - Up to 64 entries. Each up to 63 characters. The order has no meaning. An empty list restricts nothing.
    type: list
    elements: str
  users_mode:
    description:
      - With V(exact), O(users) is the whole list, and the task removes all others.
      - With V(add), the task adds O(users), and with V(remove), it removes them.
    type: str
    choices: [exact, add, remove]
    default: exact
  is_allowed_groups:
    description:
      - Whether O(groups) are those that alone are allowed (V(true)), or those that are denied.
      - A task can change O(groups) with it, in one request.
    type: bool
  groups:
    description:
      - Names of groups.
      - Up to 64 entries. Each up to 63 characters. The order has no meaning. An empty list restricts nothing.
    type: list
    elements: str
  groups_mode:
    description:
      - With V(exact), O(groups) is the whole list, and the task removes all others.
      - With V(add), the task adds O(groups), and with V(remove), it removes them.
    type: str
    choices: [exact, add, remove]
    default: exact
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Offer SFTP to the users of a network
  jobwise.appliance.file_ftp:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas01
    is_sftp_enabled: true
    is_allowed_hosts: true
    hosts: [192.0.2.0/24, "2001:db8::/64"]
    welcome_message: |
      Only for members of the company.
      Everything that you do is recorded.

- name: Deny two users
  jobwise.appliance.file_ftp:
    nas_server: nas01
    is_allowed_users: false
    users: ['guest@example.com', 'EXAMPLE\trainee']
  # host, username and password come from module_defaults or from the environment

- name: Let one more network in, and record what it does
  jobwise.appliance.file_ftp:
    nas_server: nas01
    hosts: [198.51.100.0/24]
    hosts_mode: add
    is_audit_enabled: true
    audit_dir: /logs/ftp
    audit_max_size: 1 GiB

- name: Offer neither FTP nor SFTP
  jobwise.appliance.file_ftp:
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The file FTP as the array returns it after the task, or before the task in check mode.
    - Null if the file FTP does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    nas_server_id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01, is_production_mode_enabled: true}
    is_ftp_enabled: false
    is_sftp_enabled: true
    is_allowed_hosts: true
    hosts: [192.0.2.0/24]
    audit_dir: /
    audit_max_size: 5242880
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create FTP of NAS server nas01 with 1 host (192.0.2.0/24)"]
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
    path: /api/rest/file_ftp/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_protocols.ftp import FtpHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_protocols import FILE_FTP
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_FTP, FtpHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
