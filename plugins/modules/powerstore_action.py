#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: powerstore_action
short_description: "PowerStore: call an action of any type"
version_added: 1.0.0
description:
  - Calls any action of PowerStore's REST API, of an object or of a type, and waits for its job.
  - The action, its object and its arguments are checked against what Dell's documents say, before anything is sent.
  - An action does something each time. O(unless) and O(only_if) make a task that changes nothing if it need not.
  - In check mode, the task reads the object and says what it would call.
  - Use the module of a type if there is one, such as M(jobwise.appliance.volume_snapshot). It knows what its actions
    are for. The guide "PowerStore's resource types" lists the actions of each type.
  - Actions that upload or download a file are left to the modules of their types.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  type:
    description: The resource type, as in the paths of the REST API, for example V(virtual_machine).
    type: str
    required: true
  action:
    description: The action, as in the paths of the REST API, for example V(snapshot).
    type: str
    required: true
  name:
    description: Name of the object. Actions of a type, such as V(check_for_updates), have no object.
    type: str
  id:
    description: Id of the object, in the place of O(name) and O(identity).
    type: str
  identity:
    description:
      - The attributes that identify the object, for types without names, or beside O(name). An attribute with the id
        of another object takes its name as well.
      - Of settings, of which an array has only one, nothing has to be given.
    type: dict
  arguments:
    description:
      - The attributes in the body of the request, by the names that the API gives them.
      - An argument with the id of another object takes its name or its id. Within structures, only ids are taken.
      - Passwords and other secrets are never shown.
    type: dict
  only_if:
    description:
      - Filters on the object, as O(jobwise.appliance.powerstore_info#module:filters) takes them. The action is called
        only if the object has all of these.
    type: dict
  unless:
    description:
      - Filters on the object. If the object has all of these, the action is not called.
    type: dict
  strict:
    description:
      - Whether to refuse arguments and values that this collection does not know.
      - Set it to V(false) for an array that is newer than the collection.
    type: bool
    default: true
notes:
  - An action may also be one that only looks, such as V(verify). The task reports a change whenever it has called an
    action; C(changed_when) says otherwise.
  - If an action returns secrets, such as temporary passwords, give the task C(no_log).
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Look what a Unity has, unless the array has looked within the last hour
  jobwise.appliance.powerstore_action:
    type: import_unity
    name: unity1
    action: discover
    unless:
      last_updated_timestamp: "gt.{{ '%Y-%m-%dT%H:%M:%SZ' | strftime(now().timestamp() - 3600, utc=true) }}"

- name: Take a snapshot of a virtual machine that is running
  jobwise.appliance.powerstore_action:
    type: virtual_machine
    name: erp01
    action: snapshot
    arguments:
      name: before-patches
    only_if:
      power_state: eq.Powered_On

- name: Detach a virtual volume from a host that is gone
  jobwise.appliance.powerstore_action:
    type: virtual_volume
    name: erp01-old.vmdk
    action: detach
    arguments:
      host_id: esx02

- name: Ask the agent of a host again what it has
  jobwise.appliance.powerstore_action:
    type: import_host_system
    identity:
      agent_address: 192.0.2.81
    action: refresh

- name: Add a volume of a foreign array to a group
  jobwise.appliance.powerstore_action:
    type: import_universal_consistency_group
    name: billing
    action: add_members
    arguments:
      import_universal_volume_ids: [uvol01]

- name: Bring the software of a new appliance to the release of the cluster
  jobwise.appliance.powerstore_action:
    type: discovered_appliance
    identity:
      service_tag: FNTNX42
    action: update_software
    arguments:
      mode: Block

- name: Empty the recycle bin
  jobwise.appliance.powerstore_action:
    type: recycle_bin
    action: empty
"""

RETURN = r"""
resource:
  description:
    - The object as the array returns it after the task, or before the task in check mode.
    - Null for an action of a type, if the action has removed the object, or if the task did not wait for its job.
  returned: always
  type: dict
  sample:
    id: 6b1f2c3d-0d6c-4d1c-8a55-0d1f0b8a7c11
    name: erp01
response:
  description: What the action has returned. Null if it returns nothing, was not called, or was not waited for.
  returned: always
  type: dict
  sample:
    id: 0d5a2f6e-5e7c-4a3c-8f64-6a0b3a1b7c55
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["snapshot virtual machine erp01"]
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.action import (
    ActionHandler,
    Call,
    secrets_of,
    shown,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NOTHING_DONE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "type": {"type": "str", "required": True},
    "action": {"type": "str", "required": True},
    "name": {"type": "str"},
    "id": {"type": "str"},
    "identity": {"type": "dict"},
    "arguments": {"type": "dict"},
    "only_if": {"type": "dict"},
    "unless": {"type": "dict"},
    "strict": {"type": "bool", "default": True},
    **WAITING,
}


def make_handler(client: PowerStoreClient, params: Json) -> ActionHandler:
    """Return the handler of the call that the task asks for."""
    return ActionHandler(client, Call(params))


def returned(handler: ActionHandler | None, record: RunResult) -> Json:
    """Return what the action has returned."""
    return handler.result(record) if handler else {"response": None}


TASK = Task(
    "powerstore_action",
    POWERSTORE,
    SPEC,
    bring_about(make_handler, secrets_of, returned),
    nothing={**NOTHING_DONE, "response": None},
    shown=shown,
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
