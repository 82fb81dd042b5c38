#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: host
short_description: "PowerStore: manage hosts and their initiators"
version_added: 1.0.0
description:
  - Brings a host and its initiators to the declared state.
  - Every change is an asynchronous job on the array. The task waits for the job and reports its outcome.
  - The order of the initiators, the case of their port names, and the colons of WWNs make no difference.
  - The volumes that a host sees are set with O(jobwise.appliance.volume#module:mapped_hosts).
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
      - With V(present), the host exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the host does not exist. The task refuses to delete a host that has volumes or is in a host
        group, and names them.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the host, up to 128 characters. The array ignores case when it searches for a name.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing host.
    type: str
  new_name:
    description:
      - New name of the host. A host that already has this name stays unchanged, so a second run does not fail.
      - If no host has either name, the task creates one with this name.
    type: str
  description:
    description: Up to 256 characters. V("") clears it.
    type: str
  os_type:
    description:
      - Operating system of the host. Required to create a host.
      - It cannot be changed later. The task fails if an existing host has another one.
    type: str
    choices: [Windows, Linux, ESXi, AIX, HP-UX, Solaris]
  host_connectivity:
    description:
      - Whether the host is connected to this cluster only, or also to the other cluster of a metro configuration, and
        which of the two it reaches on the better path.
      - The host must exist on both clusters, with settings that fit. If it is V(Metro_Optimize_Local) on one, it is
        V(Metro_Optimize_Remote) on the other. The array does not check this.
      - The array makes a new host V(Local_Only) by default. A host in a host group has the setting of its group.
    type: str
    choices: [Local_Only, Metro_Optimize_Both, Metro_Optimize_Local, Metro_Optimize_Remote]
  initiators:
    description:
      - The host's initiators. Required to create a host. O(initiators_mode) says how the list is applied.
      - A host uses one protocol, and an initiator belongs to one host only. The task names the host that has it.
      - The task adds initiators before it removes others, so that a host with volumes can change its only initiator.
    type: list
    elements: dict
    suboptions:
      port_name:
        description:
          - IQN, NQN or WWN of the initiator. A WWN may be written with or without colons, with hyphens, or with V(0x)
            before it. Put it in quotes, because YAML reads some of them as numbers.
        type: str
        required: true
      port_type:
        description:
          - Protocol of the initiator. Required for an initiator that the host does not have yet.
        type: str
        choices: [iSCSI, FC, NVMe, NVMe_vVol]
      chap_single_username:
        description:
          - User with whom the host logs in to the array, 1 to 64 characters. Only iSCSI has CHAP.
          - The array cannot take the user from an initiator. Remove the initiator and add it again without one.
        type: str
      chap_single_password:
        description:
          - Password of O(initiators[].chap_single_username), 12 to 64 letters, digits, parentheses and
            C(+:;,/#_@*%$![]). O(update_secrets) says when it is written.
        type: str
      chap_mutual_username:
        description:
          - User with whom the array logs in to the host, 1 to 64 characters. It needs
            O(initiators[].chap_single_username).
        type: str
      chap_mutual_password:
        description:
          - Password of O(initiators[].chap_mutual_username), with the characters of
            O(initiators[].chap_single_password).
        type: str
  initiators_mode:
    description:
      - V(exact) makes the initiators exactly those in O(initiators).
      - V(add) adds the missing initiators, changes CHAP of those that the host has, and leaves others alone.
      - V(remove) removes those of the initiators that the host has. Only their port names count.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole host.
    type: str
    choices: [exact, add, remove]
    default: exact
  update_secrets:
    description:
      - The array does not return CHAP passwords, so the task cannot compare them.
      - With V(on_create), the task writes the password of a new initiator, and of an initiator whose CHAP user changes.
      - With V(always), every run writes the given passwords and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: jobwise.appliance.volume
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.host_group
"""

EXAMPLES = r"""
- name: Register an ESXi host with two Fibre Channel ports
  jobwise.appliance.host:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: esx01
    os_type: ESXi
    initiators:
      - {port_name: "10:00:00:90:fa:13:81:8c", port_type: FC}
      - {port_name: "10:00:00:90:fa:13:81:8d", port_type: FC}
  # host, username and password can come from module_defaults or from the environment, too

- name: Register a Linux host that logs in with CHAP
  jobwise.appliance.host:
    name: db01
    os_type: Linux
    initiators:
      - port_name: iqn.1994-05.com.redhat:db01
        port_type: iSCSI
        chap_single_username: db01
        chap_single_password: "{{ db01_chap_password }}"

- name: Write a new CHAP password once
  jobwise.appliance.host:
    name: db01
    initiators:
      - {port_name: "iqn.1994-05.com.redhat:db01", chap_single_password: "{{ new_chap_password }}"}
    initiators_mode: add
    update_secrets: always

- name: Replace a broken adapter, whose WWN has changed, and leave the other port alone
  jobwise.appliance.host:
    name: esx01
    initiators:
      - {port_name: "10000090fa13818c", port_type: FC}
      - {port_name: "10000090fa1399f0", port_type: FC}

- name: Remove one port
  jobwise.appliance.host:
    name: esx01
    initiators:
      - port_name: "10000090fa1399f0"
    initiators_mode: remove

- name: Delete the host
  jobwise.appliance.host:
    name: esx01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The host as the array returns it after the task, or before the task in check mode.
    - Null if the host does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 62a3b1c0-5e5f-4d4a-9f4b-0f7c6a1e2d33
    name: esx01
    description: Rack 4
    type: External
    os_type: ESXi
    host_connectivity: Local_Only
    host_group_id: null
    host_group: null
    host_initiators:
      - port_name: 10:00:00:90:fa:13:81:8c
        port_type: FC
        chap_single_username: null
        chap_mutual_username: null
        active_sessions: []
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create host esx01 with 2 initiators (10:00:00:90:fa:13:81:8c, 10:00:00:90:fa:13:81:8d)"]
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
      action: create
      state: done
      phase: Completed
      percent: 100
      resource_id: 62a3b1c0-5e5f-4d4a-9f4b-0f7c6a1e2d33
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
    path: /api/rest/host/62a3b1c0-5e5f-4d4a-9f4b-0f7c6a1e2d33
    status: 400
    messages:
      - code: "0xE0A01001000C"
        severity: Error
        message: The initiator is registered with this host already.
        arguments: ["10:00:00:90:fa:13:81:8c"]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.handler import HostHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.hosts import HOST
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, HOST, HostHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
