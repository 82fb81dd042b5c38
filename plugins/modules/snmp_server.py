#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: snmp_server
short_description: "PowerStore: manage SNMP servers"
version_added: 1.0.0
description:
  - Sets which SNMP servers get traps about alerts of the cluster.
  - A server is identified by its address; give its id if several listen there.
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
      - With V(present), the SNMP server exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the SNMP server does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing SNMP server.
    type: str
  ip_address:
    description:
      - Name, IPv4 or IPv6 address of the SNMP server.
      - Either O(ip_address) or O(id) is required.
    type: str
  new_ip_address:
    description:
      - New name or address of the SNMP server. If it already has this one, it stays unchanged, so a second run does not
        fail.
      - If neither exists, the task creates it with this one.
    type: str
  server_port:
    description:
      - Port of the SNMP server. The array takes 162, and 1024 and above.
      - 162 to 49151.
    type: int
  version:
    description:
      - Version of SNMP. V(V2c) needs O(trap_community), V(V3) needs O(user_name).
      - It can be set only when the SNMP server is created.
    type: str
    choices: [V2c, V3]
  alert_severity:
    description: The least severity of the alerts that the server gets.
    type: str
    choices: [Info, Minor, Major, Critical]
  trap_community:
    description:
      - Community of the traps, for V(V2c).
      - Up to 256 characters.
      - V("") clears it.
    type: str
  user_name:
    description:
      - The user in whose name traps are sent, for V(V3).
      - Up to 32 characters.
    type: str
  auth_protocol:
    description: How traps are authenticated, for V(V3). All but V(None) need O(authpass).
    type: str
    choices: [None, MD5, SHA256]
  privacy_protocol:
    description: How traps are encrypted, for V(V3). All but V(None) need authentication, too.
    type: str
    choices: [None, AES256, TDES]
  authpass:
    description:
      - The passphrase for authentication and encryption.
      - 8 to 40 characters.
    type: str
  update_secrets:
    description:
      - With V(on_create), the task sets the passphrase when it creates the SNMP server, and when the user or a protocol
        changes.
      - With V(always), every run sets it and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Send traps with authentication and encryption
  jobwise.appliance.snmp_server:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    ip_address: traps.example.com
    server_port: 162
    version: V3
    alert_severity: Major
    user_name: array01
    auth_protocol: SHA256
    privacy_protocol: AES256
    authpass: "{{ snmp_passphrase }}"

- name: Send only what is critical
  jobwise.appliance.snmp_server:
    ip_address: traps.example.com
    alert_severity: Critical
  # host, username and password come from module_defaults or from the environment

- name: Send no more traps to the old server
  jobwise.appliance.snmp_server:
    ip_address: 192.0.2.62
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The SNMP server as the array returns it after the task, or before the task in check mode.
    - Null if the SNMP server does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    ip_address: traps.example.com
    port: 162
    version: V3
    alert_severity: Major
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change alert_severity of SNMP server target"]
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
    path: /api/rest/snmp_server/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.notifications import SNMP_SERVER
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.table_handler import TableHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, SNMP_SERVER, TableHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
