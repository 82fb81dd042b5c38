#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_volume
short_description: "OneView: manage storage volumes"
version_added: 1.0.0
description:
  - Creates, changes, enlarges, renames and deletes volumes on storage systems that OneView manages.
  - The module finds a volume by its name or by its URI. Names ignore case; if several names differ only in case, the
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
    description: Whether the volume must exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the volume. Give this or O(id).
    type: str
  id:
    description: URI of the volume, or the last part of it. Give this or O(name).
    type: str
  new_name:
    description: Name to give to the volume. A second run finds it under the new name and changes nothing.
    type: str
  description:
    description: Free text, or an empty string for none.
    type: str
  size:
    description:
      - Capacity in bytes, or with a unit such as V(100GiB). Each unit is 1024 times the previous one.
      - Required to create a volume. A volume can only grow. With a smaller size, the task fails before it writes
        anything.
    type: str
  storage_pool:
    description:
      - Pool for a new volume, by name or URI. Required to create a volume without O(template).
      - OneView must manage the pool.
    type: str
  storage_system:
    description:
      - Storage system of the pools that the task names, by name, host name or URI. Give it if several systems have
        pools with the same name.
      - If this system has no pool with the name, the task fails, even if another system has one.
    type: str
  snapshot_pool:
    description: Pool for snapshots of the volume, by name or URI.
    type: str
  template:
    description:
      - Volume template for a new volume, by name or URI. The default is the root template of the pool.
    type: str
  provisioning_type:
    description: Provisioning type. It can be set only when the volume is created.
    type: str
    choices: [Thin, Full, Thin Deduplication]
  is_shareable:
    description: Whether several server profiles may use the volume.
    type: bool
  is_permanent:
    description:
      - Whether the volume stays when the server profile with which it was created is deleted. It can be set only when
        the volume is created.
    type: bool
  keep_on_array:
    description:
      - With O(state=absent), whether to remove the volume only from OneView and keep its data on the storage system.
      - With O(state=present), the task fails if this is V(true).
    type: bool
seealso:
  - module: jobwise.appliance.oneview_storage_system
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Create a volume of 100 GiB
  jobwise.appliance.oneview_volume:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    name: erp-data
    size: 100GiB
    storage_pool: CPG_FC
    provisioning_type: Thin

- name: Extend the volume
  jobwise.appliance.oneview_volume:
    name: erp-data
    size: 150GiB
  # host, username and password come from module_defaults or from the environment

- name: Remove the volume from OneView and keep its data
  jobwise.appliance.oneview_volume:
    name: erp-data
    state: absent
    keep_on_array: true
"""

RETURN = r"""
resource:
  description:
    - The volume as the appliance shows it after the task; in check mode, as it was before the task.
    - Null if the volume does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    uri: /rest/storage-volumes/7C0E5F8A-3B5F-4C43-8A48-5D7A5A2F4F10
    name: erp-data
    provisionedCapacity: "107374182400"
    provisioningType: Thin
    isShareable: false
    storagePoolUri: /rest/storage-pools/2E5B1C1D
    state: Managed
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create volume erp-data"]
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
      resource_id: /rest/storage-volumes/7C0E5F8A-3B5F-4C43-8A48-5D7A5A2F4F10
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
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.rules import Requires
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    NULL,
    Attribute,
    as_number,
    as_text,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.handler import CONVENTION
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.storage.volumes import (
    POOLS,
    TEMPLATES,
    VolumeHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def referring(option: str, type_: str, wire: str, within: str = "", update: bool = False) -> Attribute:
    """Return an attribute that refers to a storage resource of a type, such as a pool, by name or URI."""
    read = f"{within}.{wire}" if within else ""
    return Attribute(option, api_name=wire, read=read, ref=Ref(type_), clear=NULL, create_only=not update)


VOLUME = ResourceType(
    type="/rest/storage-volumes",
    title="volume",
    convention=CONVENTION,
    key_length=100,
    attributes=(
        Attribute("description", normalize=as_text),
        Attribute("size", api_name="provisionedCapacity", normalize=as_number),
        referring("storage_pool", POOLS, "storagePoolUri"),
        referring("snapshot_pool", POOLS, "snapshotPoolUri", "deviceSpecificAttributes", update=True),
        referring("template", TEMPLATES, "volumeTemplateUri"),
        Attribute(
            "provisioning_type",
            api_name="provisioningType",
            create_only=True,
            spec={"choices": ["Thin", "Full", "Thin Deduplication"]},
        ),
        Attribute("is_shareable", "bool", api_name="isShareable"),
        Attribute("is_permanent", "bool", api_name="isPermanent", create_only=True),
    ),
    parameters=(RequestParameter("force", on=()), RequestParameter("keep_on_array", on=())),
    rules=(Requires("keep_on_array", "state", ("absent",), refuses=(True,)),),
)


def make_handler(client: OneViewClient, desired: Json) -> VolumeHandler:
    """Return the handler for the volume that the task names."""
    return VolumeHandler(client, VOLUME, desired)


TASK = Task(
    "oneview_volume",
    ONEVIEW,
    {**VOLUME.argument_spec(), "storage_system": {"type": "str"}, **WAITING},
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
