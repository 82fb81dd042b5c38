#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: host_group
short_description: "PowerStore: manage host groups"
version_added: 1.0.0
description:
  - Brings a host group to the declared state. Volumes that are mapped to the group belong to all its hosts.
  - Every change is an asynchronous job on the array. The task waits for the job and reports its outcome.
  - The array takes a new name, new hosts, and hosts that leave in requests of their own. The task sends them in an
    order that the array accepts, new hosts before others leave if possible.
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
      - With V(present), the host group exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the host group does not exist. Its hosts stay, unless O(delete_hosts=true). The task refuses to
        delete a group that has volumes, and names them.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the host group, up to 128 characters. The array ignores case when it searches for a name.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing host group.
    type: str
  new_name:
    description:
      - New name of the host group. A group that already has this name stays unchanged, so a second run does not fail.
      - If no host group has either name, the task creates one with this name.
    type: str
  description:
    description: Up to 256 characters. V("") clears it.
    type: str
  host_connectivity:
    description:
      - Whether the hosts are connected to this cluster only, or also to the other cluster of a metro configuration, and
        which of the two they reach on the better path.
      - All hosts of a group have the same setting, and a group without hosts has none. A change applies to all hosts
        that are in the group after the task. Hosts that leave keep theirs if the array permits it.
      - A host can join only if its setting is that of the group, before or after the change.
    type: str
    choices: [Local_Only, Metro_Optimize_Both, Metro_Optimize_Local, Metro_Optimize_Remote]
  hosts:
    description:
      - The hosts of the group, by name or id. Required to create a group. O(hosts_mode) says how the list is applied.
      - A host can be in one group only, and a host with volumes of its own cannot join. The task names the other group
        or the volumes.
      - An empty list empties the group, which the array permits only while no volume is mapped to it.
    type: list
    elements: str
  hosts_mode:
    description:
      - V(exact) makes the hosts exactly those in O(hosts).
      - V(add) adds the missing hosts and leaves others alone.
      - V(remove) removes those of the hosts that are in the group.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole group.
    type: str
    choices: [exact, add, remove]
    default: exact
  delete_hosts:
    description:
      - With O(state=absent), whether the hosts are deleted with the group. The array deletes the hosts that are in a
        group together with it, so by default the task removes them from the group first.
      - With O(state=present), V(true) is an error.
    type: bool
seealso:
  - module: jobwise.appliance.host
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Create a group for the hosts of an ESXi cluster
  jobwise.appliance.host_group:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: esx-cluster
    description: Cluster 4
    hosts: [esx01, esx02]
  # host, username and password can come from module_defaults or from the environment, too

- name: Add a host to the cluster. It gets all volumes of the group
  jobwise.appliance.host_group:
    name: esx-cluster
    hosts: [esx03]
    hosts_mode: add

- name: Prepare all hosts of the cluster for metro volumes
  jobwise.appliance.host_group:
    name: esx-cluster
    host_connectivity: Metro_Optimize_Both

- name: Take a host out of the cluster
  jobwise.appliance.host_group:
    name: esx-cluster
    hosts: [esx01]
    hosts_mode: remove

- name: Delete the group and leave its hosts alone
  jobwise.appliance.host_group:
    name: esx-cluster
    state: absent

- name: Delete the group and its hosts
  jobwise.appliance.host_group:
    name: esx-cluster
    state: absent
    delete_hosts: true
"""

RETURN = r"""
resource:
  description:
    - The host group as the array returns it after the task, or before the task in check mode.
    - Null if the host group does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: esx-cluster
    description: Cluster 4
    host_connectivity: Local_Only
    hosts:
      - {id: 62a3b1c0-5e5f-4d4a-9f4b-0f7c6a1e2d33, name: esx01}
      - {id: 0c9fd0a4-6f42-4a2e-8fd7-6a1f0f2b6f7e, name: esx02}
    mapped_host_groups:
      - id: 91d1c3f2-8c1b-4b0e-9a63-2a9c2f1f5d11
        logical_unit_number: 1
        volume: {id: 7f2c9f3e-55a6-4dd3-8a3f-3f8f3f1f7b0c, name: datastore01}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add 1 host (esx03) to host group esx-cluster", "remove 1 host (esx01) from host group esx-cluster"]
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
    path: /api/rest/host_group/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE0A030010003"
        severity: Error
        message: Host esx03 is in a host group already.
        arguments: [esx03]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.group_handler import HostGroupHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.hosts import HOST_GROUP
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, HOST_GROUP, HostGroupHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
