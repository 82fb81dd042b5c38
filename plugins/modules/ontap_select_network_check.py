#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_network_check
short_description: "ONTAP Select: check the network between hosts"
version_added: 1.0.0
description:
  - Makes Deploy check the network that nodes will use between their hosts. If the check fails, the task fails with
    Deploy's message.
  - The task changes no configuration, so it never reports C(changed). In check mode, it does not run the check.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  host_networks:
    description: The networks that must reach each other, of at least two hosts unless O(mode=cleanup).
    type: list
    elements: dict
    required: true
    suboptions:
      host_name:
        description: Name of the host in Deploy.
        type: str
        required: true
      network_name:
        description: Name of the port group or bridge on the host.
        type: str
        required: true
  mode:
    description:
      - V(quick) checks that packets pass. V(extended) also sends larger packets, and takes longer.
      - V(cleanup) removes what an interrupted check left on the hosts.
    type: str
    choices: [quick, extended, cleanup]
    default: quick
  vswitch_type:
    description: Type of the virtual switch of the networks.
    type: str
    choices: [StandardvSwitch, DistributedvSwitch, OpenvSwitch]
    default: StandardvSwitch
  mtu:
    description: Size of the packets that must pass, in bytes.
    type: int
  if_missing:
    description:
      - What to do if Deploy does not know one of the hosts.
      - With V(fail), the task fails. With V(plan), the task plans as if the host existed, and fails only before the
        check. Use V(plan) in check mode of a play whose earlier tasks add the host.
    type: str
    choices: [fail, plan]
    default: fail
  debug:
    description: Whether Deploy keeps what it used for the check, for inspection.
    type: bool
    default: false
seealso:
  - module: jobwise.appliance.ontap_select_node
    description: The step before this one.
  - module: jobwise.appliance.ontap_select_deployment
    description: The step after this one.
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Check the internal network of a pair
  jobwise.appliance.ontap_select_network_check:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    mtu: 9000
    host_networks:
      - {host_name: esx1.example.com, network_name: ONTAP-Internal}
      - {host_name: esx2.example.com, network_name: ONTAP-Internal}
"""

RETURN = r"""
resource:
  description: Always null, because a check leaves no object behind.
  returned: always
  type: dict
  sample: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["check the network between esx1.example.com, esx2.example.com (quick)"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
    - A request that Deploy carries out at once is listed like a job that is done.
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
    - id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
      action: check
      state: done
      phase: success
      percent: null
      resource_id: null
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
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.client import SelectClient
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.network_checks import NetworkCheckHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Caller, Task, bring_about

SPEC: Json = {
    "host_networks": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "host_name": {"type": "str", "required": True},
            "network_name": {"type": "str", "required": True},
        },
    },
    "mode": {"type": "str", "choices": ["quick", "extended", "cleanup"], "default": "quick"},
    "vswitch_type": {
        "type": "str",
        "choices": ["StandardvSwitch", "DistributedvSwitch", "OpenvSwitch"],
        "default": "StandardvSwitch",
    },
    "mtu": {"type": "int"},
    "if_missing": {"type": "str", "choices": ["fail", "plan"], "default": "fail"},
    "debug": {"type": "bool", "default": False},
}


def check(client: SelectClient, caller: Caller) -> Json:
    """Return the result of the check, which changes nothing however it ends."""
    return {**bring_about(NetworkCheckHandler)(client, caller), "changed": False}


TASK = Task("ontap_select_network_check", ONTAP_SELECT, {**SPEC, **WAITING}, check)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
