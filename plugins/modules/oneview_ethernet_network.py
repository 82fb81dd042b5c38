#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_ethernet_network
short_description: "OneView: manage Ethernet networks"
version_added: 1.0.0
description:
  - Creates, changes, renames and deletes Ethernet networks, and sets their bandwidth.
  - The module finds a network by its name or by its URI. Names ignore case; if several names differ only in case, the
    exact spelling counts. Attributes that the task does not give stay as they are.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.oneview.force
  - jobwise.appliance.wait
options:
  state:
    description: Whether the network must exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the network. Give this or O(id).
    type: str
  id:
    description: URI of the network, or the last part of it. Give this or O(name).
    type: str
  new_name:
    description: Name to give to the network. A second run finds it under the new name and changes nothing.
    type: str
  vlan_id:
    description:
      - Number of the VLAN, 1 to 4094. It can be set only when the network is created.
      - Required to create a tagged network. Networks of other types have no VLAN.
    type: int
  ethernet_network_type:
    description: How traffic is tagged. The default is V(Tagged). It can be set only when the network is created.
    type: str
    choices: [Tagged, Untagged, Tunnel]
  purpose:
    description: Purpose of the network.
    type: str
    choices: [General, Management, VMMigration, FaultTolerance, ISCSI]
  smart_link:
    description: Whether servers see their link go down when all uplinks of the network are down.
    type: bool
  private_network:
    description: Whether servers on the network are isolated from each other.
    type: bool
  typical_bandwidth:
    description: Bandwidth in Mb/s that a connection to the network gets if its profile does not request another one.
    type: int
  maximum_bandwidth:
    description: Highest bandwidth in Mb/s that a connection to the network may use.
    type: int
seealso:
  - module: jobwise.appliance.oneview_network_set
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Create a network for virtual machines
  jobwise.appliance.oneview_ethernet_network:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    name: vm-120
    vlan_id: 120
    purpose: General
    typical_bandwidth: 2500
    maximum_bandwidth: 10000

- name: Rename the network
  jobwise.appliance.oneview_ethernet_network:
    name: vm-120
    new_name: vm-blue
  # host, username and password come from module_defaults or from the environment

- name: Delete the network
  jobwise.appliance.oneview_ethernet_network:
    name: vm-blue
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The network as the appliance shows it after the task; in check mode, as it was before the task.
    - Contains C(connection_template) if the task sets a bandwidth.
    - Null if the network does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    uri: /rest/ethernet-networks/0a6a4cd2-9d5b-4b73-9d22-4a0a1e72c4b1
    name: vm-120
    vlanId: 120
    ethernetNetworkType: Tagged
    purpose: General
    smartLink: true
    privateNetwork: false
    connectionTemplateUri: /rest/connection-templates/5d7a5a2f-3b5f-4c43-8a48-7c0e5f8a4f10
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create Ethernet network vm-120"]
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
    - id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: create
      state: done
      phase: Completed
      percent: 100
      resource_id: /rest/ethernet-networks/0a6a4cd2-9d5b-4b73-9d22-4a0a1e72c4b1
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
    method: POST
    path: /rest/ethernet-networks
    status: 400
    messages:
      - code: CRM_DUPLICATE_NETWORK_NAME
        severity: Error
        message: A network with the name vm-120 already exists.
        arguments: []
        actions: [Specify a different name.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.handler import CONVENTION
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.networking.networks import (
    BANDWIDTH_SPEC,
    EthernetHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

PURPOSES = ["General", "Management", "VMMigration", "FaultTolerance", "ISCSI"]

NETWORK = ResourceType(
    type="/rest/ethernet-networks",
    title="Ethernet network",
    convention=CONVENTION,
    key_length=255,
    attributes=(
        Attribute("vlan_id", "int", api_name="vlanId", create_only=True),
        Attribute(
            "ethernet_network_type",
            api_name="ethernetNetworkType",
            create_only=True,
            spec={"choices": ["Tagged", "Untagged", "Tunnel"]},
        ),
        Attribute("purpose", spec={"choices": PURPOSES}),
        Attribute("smart_link", "bool", api_name="smartLink"),
        Attribute("private_network", "bool", api_name="privateNetwork"),
    ),
    parameters=(RequestParameter("force", on=()),),
    reads=("connection_template",),
)


def make_handler(client: OneViewClient, desired: Json) -> EthernetHandler:
    """Return the handler for the network that the task names."""
    return EthernetHandler(client, NETWORK, desired)


TASK = Task(
    "oneview_ethernet_network",
    ONEVIEW,
    {**NETWORK.argument_spec(), **BANDWIDTH_SPEC, **WAITING},
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
