#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: powerstore_resource
short_description: "PowerStore: manage objects of any type"
version_added: 1.0.0
description:
  - Creates, changes and deletes objects of every resource type of PowerStore's REST API, with the attributes by the
    names that the API gives them. It plans, compares, waits and shows differences as all modules do.
  - It is for types that have no module of their own, and for attributes of newer releases. Modules of a type check
    more before they write, take sizes such as V(10 GiB), and follow renamed or copied objects. The guide
    "PowerStore's resource types" lists how each type is managed.
  - Names, types, values and limits of the attributes are checked against what Dell's documents say of the type,
    before anything is sent.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  type:
    description: The resource type of the object, as in the paths of the REST API, for example V(physical_switch).
    type: str
    required: true
  state:
    description:
      - Whether the object exists. V(absent) deletes it.
      - Objects of some types cannot be created or deleted, such as ports and settings. Then a task can only change
        them.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the object. For types whose names are unique only in another object, give that in O(identity) as well.
      - Another C(name) in O(desired) renames the object.
      - If neither O(name) nor O(id) nor O(identity) is given, the C(name) in O(desired) is the object's name.
    type: str
  id:
    description: Id of the object, in the place of O(name) and O(identity). An object with an id must exist.
    type: str
  identity:
    description:
      - The attributes that identify the object, for types without names, or beside O(name). An attribute with the id
        of another object takes its name as well.
      - A new object gets these attributes, too.
      - Nothing identifies a V(mfa_cacpiv), V(mfa_securid) or V(migration_recommendation) before it has an id. A task
        without one creates it if the array has none, and changes the only one that there is.
      - Of settings, of which an array has only one, nothing has to be given.
    type: dict
  desired:
    description:
      - The attributes that the object must have, by their names in the REST API. Attributes that are not given stay
        as they are. C("") clears an attribute, if the array permits it.
      - An attribute with the id of another object, such as C(nas_server_id), takes its name or its id. Within
        structures, only ids are taken.
      - Of a list, all entries are given. If the API has C(add_<list>) and C(remove_<list>), these add and remove
        entries, and leave the others.
      - With O(state=absent), parameters of the delete request, such as C(force). Other attributes are ignored then.
      - Passwords and other secrets are never shown. Templates keep numbers and booleans as they are meant, also if
        they turn them into texts.
    type: dict
  update_secrets:
    description:
      - When to write secrets, and other attributes that the array takes and never returns.
      - V(on_create) writes them to new objects. With other changes, attributes that are no secrets are written again.
      - V(always) writes them in each run, which counts as a change each time.
    type: str
    choices: [on_create, always]
    default: on_create
  strict:
    description:
      - Whether to refuse attributes and values that this collection does not know.
      - Set it to V(false) for an array that is newer than the collection. An unknown attribute is compared with what
        the array returns of it. If the array returns nothing, it is treated as one that cannot be read.
    type: bool
    default: true
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Describe a switch
  jobwise.appliance.powerstore_resource:
    type: physical_switch
    name: leaf01
    desired:
      purpose: Data_and_Management
      connections:
        - address: 192.0.2.71
          connect_method: SSH
          port: 22
          username: reader
          ssh_password: "{{ switch_password }}"

- name: Remove it
  jobwise.appliance.powerstore_resource:
    type: physical_switch
    name: leaf01
    state: absent

- name: Set the password of the service user
  jobwise.appliance.powerstore_resource:
    type: service_user
    name: service
    desired:
      password: "{{ new_password }}"
    update_secrets: always

- name: Let the light of a drive blink
  jobwise.appliance.powerstore_resource:
    type: hardware
    name: BaseEnclosure-Drive-0
    identity:
      appliance_id: A1
    desired:
      is_marked: true

- name: Protect a virtual machine
  jobwise.appliance.powerstore_resource:
    type: virtual_machine
    name: erp01
    desired:
      protection_policy_id: gold

- name: Delete a virtual volume that no virtual machine uses
  jobwise.appliance.powerstore_resource:
    type: virtual_volume
    name: erp01-old.vmdk
    state: absent
    desired:
      force: true

- name: Find the volume to watch
  jobwise.appliance.powerstore_info:
    type: volume
    names: [web01]
  register: watched

- name: Collect metrics of the volume every five seconds
  jobwise.appliance.powerstore_resource:
    type: fast_metrics_config
    identity:
      resource_type: volume
      resource_id: "{{ watched.resources[0].id }}"

- name: Register a host whose agent moves imported volumes
  jobwise.appliance.powerstore_resource:
    type: import_host_system
    identity:
      agent_address: 192.0.2.81
      agent_port: 8443
    desired:
      os_type: Linux
      user_name: importer
      password: "{{ agent_password }}"

- name: Give a volume of a foreign array the name that it will have
  jobwise.appliance.powerstore_resource:
    type: import_universal_volume
    identity:
      wwn: naa.600601600000000000000000000000c9
    desired:
      name: billing-data

- name: Group volumes of a foreign array, so that they are imported together
  jobwise.appliance.powerstore_resource:
    type: import_universal_consistency_group
    name: billing
    desired:
      remote_system_id: uni1
      import_universal_volume_ids: [billing-data]

- name: Choose what a new appliance is for, before it joins the cluster
  jobwise.appliance.powerstore_resource:
    type: discovered_appliance
    identity:
      service_tag: FNTNX42
    desired:
      mode: Block
"""

RETURN = r"""
resource:
  description:
    - The object as the array returns it after the task, or before the task in check mode. Of a relation, it has id and
      name.
    - Null if the object does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 6b1f2c3d-0d6c-4d1c-8a55-0d1f0b8a7c11
    name: leaf01
    purpose: Data_and_Management
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change purpose of physical switch leaf01"]
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
      resource_id: NTP1
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
    path: /api/rest/ntp/0
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.asked import (
    Asked,
    secrets_of,
    shown,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.resource import GeneralHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "type": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "name": {"type": "str"},
    "id": {"type": "str"},
    "identity": {"type": "dict"},
    "desired": {"type": "dict"},
    "update_secrets": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "strict": {"type": "bool", "default": True},
    **WAITING,
}


def make_handler(client: PowerStoreClient, params: Json) -> GeneralHandler:
    """Return the handler of the object that the task asks for."""
    return GeneralHandler(client, Asked(params))


def as_returned(handler: GeneralHandler | None, record: RunResult) -> Json:
    """Return the object as the array returns it."""
    return {"resource": handler.as_shown(record.resource)} if handler else {}


TASK = Task("powerstore_resource", POWERSTORE, SPEC, bring_about(make_handler, secrets_of, as_returned), shown=shown)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
