#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_storage_system
short_description: "OneView: manage storage systems"
version_added: 1.0.0
description:
  - Adds storage systems, sets the domain and the pools that OneView manages, configures their ports, and removes them.
  - The module finds a system by its host name or by its URI. It first adds a new system and then configures it. These
    are two tasks of the appliance, but one run of this module.
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
    description: Whether OneView must know the storage system. Removing it does not change the array or its data.
    type: str
    choices: [present, absent]
    default: present
  hostname:
    description: Host name or address with which the storage system was added. Give this or O(id).
    type: str
  id:
    description: URI of the storage system, or the last part of it. Give this or O(hostname).
    type: str
  name:
    description: Name of the storage system in OneView.
    type: str
  description:
    description: Free text, or an empty string for none.
    type: str
  family:
    description: Family of the storage system. It can be set only when the system is added.
    type: str
    choices: [StoreServ, StoreVirtual, Nimble]
  storage_username:
    description: User name with which OneView logs in to the storage system. Required to add a system.
    type: str
  storage_password:
    description: Password of O(storage_username). Required to add a system.
    type: str
  update_password:
    description:
      - With V(on_create), the module sets O(storage_password) only when it adds the system.
      - With V(always), every run writes the password, since OneView does not return it.
    type: str
    choices: [on_create, always]
    default: on_create
  managed_domain:
    description: Domain of the storage system that OneView manages. Once set, it cannot change.
    type: str
  managed_pools:
    description:
      - The complete list of the pools that OneView manages, by name. V([]) means none.
      - OneView manages pools of a StoreServ system within a domain, so O(managed_domain) must be set once.
    type: list
    elements: str
  ports:
    description: Ports to configure. The module does not change other ports.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the port on the storage system.
        type: str
        required: true
      mode:
        description: How OneView treats the port.
        type: str
        choices: [Auto, Ignore, Managed]
      expected_network:
        description: Fibre Channel network that the port is on, by name or URI. V("") means none.
        type: str
seealso:
  - module: jobwise.appliance.oneview_volume
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Add a storage system and manage two of its pools
  jobwise.appliance.oneview_storage_system:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    hostname: array02.example.com
    family: StoreServ
    storage_username: 3paradm
    storage_password: "{{ array_password }}"
    managed_domain: TestDomain
    managed_pools: [CPG_FC, CPG_SSD]

- name: Remove the storage system
  jobwise.appliance.oneview_storage_system:
    hostname: array02.example.com
    state: absent
  # host, username and password come from module_defaults or from the environment
"""

RETURN = r"""
resource:
  description:
    - The storage system as the appliance shows it after the task; in check mode, as it was before the task.
    - Null if the storage system does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    uri: /rest/storage-systems/TXQ1010306
    name: array02
    hostname: array02.example.com
    family: StoreServ
    state: Managed
    credentials: {username: 3paradm}
    deviceSpecificAttributes:
      managedDomain: TestDomain
      managedPools: [{name: CPG_FC, totalCapacity: "54975581388800"}]
      discoveredPools: [{name: CPG_SSD, totalCapacity: "10995116277760"}]
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add storage system array02.example.com"]
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
      resource_id: /rest/storage-systems/TXQ1010306
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
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, as_text
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Item, List
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.whole_list import Whole
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.handler import CONVENTION
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.storage.systems import (
    Ports,
    StorageSystemHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

PORT: Json = {
    "name": {"type": "str", "required": True},
    "mode": {"type": "str", "choices": ["Auto", "Ignore", "Managed"]},
    "expected_network": {"type": "str"},
}

SYSTEM = ResourceType(
    type="/rest/storage-systems",
    title="storage system",
    convention=CONVENTION,
    update_secrets="update_password",
    identity=("hostname",),
    key_length=255,
    renames=False,
    attributes=(
        Attribute("family", create_only=True, spec={"choices": ["StoreServ", "StoreVirtual", "Nimble"]}),
        Attribute("storage_username", api_name="username", read="credentials.username", required=True),
        Attribute("storage_password", api_name="password", read="credentials.password", sensitive=True, required=True),
        Attribute("name", update_only=True),
        Attribute("description", update_only=True, normalize=as_text),
        Attribute(
            "managed_domain", api_name="managedDomain", read="deviceSpecificAttributes.managedDomain", update_only=True
        ),
        List(
            "managed_pools",
            api_name="managedPools",
            read="deviceSpecificAttributes.managedPools",
            update_only=True,
            item=Item("pool"),
            channel=Whole(("name",)),
        ),
        List(
            "ports",
            update_only=True,
            item=Item("port"),
            channel=Ports(("name",), others_stay=True),
            spec={"elements": "dict", "options": PORT},
        ),
    ),
    parameters=(RequestParameter("force", on=()),),
)


def make_handler(client: OneViewClient, desired: Json) -> StorageSystemHandler:
    """Return the handler for the storage system that the task names."""
    return StorageSystemHandler(client, SYSTEM, desired)


TASK = Task(
    "oneview_storage_system",
    ONEVIEW,
    {**SYSTEM.argument_spec(), **WAITING},
    bring_about(make_handler),
    {"required_one_of": [("hostname", "id")], "mutually_exclusive": [("hostname", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
