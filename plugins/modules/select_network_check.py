#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: select_network_check
short_description: Check the network between hosts of ONTAP Select Deploy
version_added: 1.0.0
description:
  - Lets Deploy check the network that nodes will use between their hosts, and fails with Deploy's message if it does
    not hold.
  - Nothing is configured, so the task is never V(changed). In check mode, the check is not made.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.select
  - jobwise.appliance.wait
options:
  host_networks:
    description: The networks that are to reach each other.
    type: list
    elements: dict
    required: true
    suboptions:
      host_name:
        description: Name of the host, as Deploy knows it.
        type: str
        required: true
      network_name:
        description: Name of the port group or bridge on it.
        type: str
        required: true
  mode:
    description:
      - V(quick) checks that packets pass, V(extended) also larger ones and for longer.
      - V(cleanup) removes what a check that broke off has left on the hosts.
    type: str
    choices: [quick, extended, cleanup]
    default: quick
  vswitch_type:
    description: Kind of switch that the networks are on.
    type: str
    choices: [StandardvSwitch, DistributedvSwitch, OpenvSwitch]
    default: StandardvSwitch
  mtu:
    description: Size of packets that have to pass, in bytes.
    type: int
  if_missing:
    description:
      - What to do when Deploy does not have one of the hosts.
      - V(plan) tells what would be done once it is there, and fails only when it comes to checking. It is for check
        mode of a play whose earlier tasks add it.
    type: str
    choices: [fail, plan]
    default: fail
  debug:
    description: Whether Deploy keeps what it used for the check, for a look at it.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Check the internal network of a pair
  jobwise.appliance.select_network_check:
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
  description: Always null; a check leaves nothing to be shown.
  returned: always
  type: dict
  sample: null
plan:
  description: What was to be done, in words, in this order. The same in check mode.
  returned: always
  type: list
  elements: str
  sample: ["check the network between esx1.example.com, esx2.example.com (quick)"]
jobs:
  description: The jobs on Deploy that the task started or adopted, and the requests that were done at once.
  returned: always
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
    - The facts of a failure. C(kind) is one word for playbooks to test. It is one of V(input), V(connection), V(tls),
      V(login), V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed),
      V(job_lost), V(wait_timeout), V(bug). The guide "What all modules return" says what each means.
  returned: failure
  type: dict
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import Json
from ansible_collections.jobwise.appliance.plugins.module_utils.run import (
    WAITING,
    Caller,
    Task,
    bring_about,
    run_module,
)
from ansible_collections.jobwise.appliance.plugins.module_utils.select.client import SelectClient
from ansible_collections.jobwise.appliance.plugins.module_utils.select.network_checks import NetworkCheckSubject
from ansible_collections.jobwise.appliance.plugins.module_utils.select.options import SELECT

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
    return {**bring_about(NetworkCheckSubject)(client, caller), "changed": False}


TASK = Task("select_network_check", SELECT, {**SPEC, **WAITING}, check)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
