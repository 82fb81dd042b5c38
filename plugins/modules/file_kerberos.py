#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_kerberos
short_description: "PowerStore: manage the Kerberos of NAS servers"
version_added: 1.0.0
description:
  - Says in which Kerberos realm a NAS server serves secure NFS, and uploads its keytab. Each NAS server has a Kerberos
    configuration, or none.
  - It is for a realm with a KDC on Linux or Unix. In a domain of Active Directory, the NAS server needs no keytab.
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
      - With V(present), the NAS server uses Kerberos as given. Options that are not given leave theirs unchanged.
      - With V(absent), the NAS server has no Kerberos configuration.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing Kerberos configuration.
    type: str
  nas_server:
    description:
      - The NAS server, by name or id. It cannot be changed later.
      - Either O(nas_server) or O(id) is required.
    type: str
  realm:
    description:
      - Name of the realm, up to 255 characters, usually in upper case. Upper and lower case differ.
      - Required to create the configuration.
    type: str
  kdc_addresses:
    description:
      - Full names of the key distribution centers (KDC), such as V(kdc1.example.com), at least 1 and up to 10. IP
        addresses are not possible. Required to create the configuration.
      - The list replaces the present one.
    type: list
    elements: str
  port_number:
    description: Port of the KDCs, 1 to 65535. A new configuration uses 88.
    type: int
  keytab:
    description:
      - The keytab in base64, as C(ansible.builtin.slurp) returns the content of a file.
      - The task downloads the present one and uploads the new one only if the two differ. Diff and result have a sum of
        the content in its place. Nothing removes an uploaded keytab.
    type: str
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Let a NAS server serve secure NFS in the realm of the site
  jobwise.appliance.file_kerberos:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas01
    realm: EXAMPLE.COM
    kdc_addresses: [kdc1.example.com, kdc2.example.com]

- name: Read the keytab that the KDC has made
  ansible.builtin.slurp:
    src: "{{ keytab_path }}"
  register: keytab

- name: Upload it
  jobwise.appliance.file_kerberos:
    nas_server: nas01
    keytab: "{{ keytab.content }}"
  # host, username and password can come from module_defaults or from the environment, too

- name: Leave the realm
  jobwise.appliance.file_kerberos:
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The Kerberos configuration as the array returns it after the task, or before the task in check mode.
    - Null if the NAS server has no such configuration, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    nas_server_id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01, is_production_mode_enabled: true}
    realm: EXAMPLE.COM
    kdc_addresses: [kdc1.example.com, kdc2.example.com]
    port_number: 88
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create Kerberos of NAS server nas01"]
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
    path: /api/rest/file_kerberos/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.services import ServiceHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.nas_servers import FILE_KERBEROS
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_KERBEROS, ServiceHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
