#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_scope
short_description: "OneView: manage scopes and the resources in them"
version_added: 1.0.0
description:
  - Creates, changes, renames and deletes scopes, and adds resources to them or removes resources from them.
  - The module finds a scope by its name or by its URI. Names ignore case; if several names differ only in case, the
    exact spelling counts.
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
    description: Whether the scope must exist. Deleting the scope does not delete its resources.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the scope. Give this or O(id).
    type: str
  id:
    description: URI of the scope, or the last part of it. Give this or O(name).
    type: str
  new_name:
    description: Name to give to the scope. A second run finds it under the new name and changes nothing.
    type: str
  description:
    description: Free text, or an empty string for none.
    type: str
  resources:
    description:
      - Resources to which O(resources_mode) applies, by URI, or by type and name such as V(ethernet-networks/blue) or
        V(server-hardware/encl1, bay 2). The type is the name of the collection in the REST API.
      - The module reads the resources of a scope from the appliance's index, which costs one additional request.
    type: list
    elements: str
  resources_mode:
    description:
      - With V(exact), the scope must have the listed resources and no others.
      - V(add) adds the listed resources, V(remove) removes them. Both leave other resources in the scope.
    type: str
    choices: [exact, add, remove]
    default: exact
seealso:
  - module: jobwise.appliance.oneview_user
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Create a scope for the team of the web shop
  jobwise.appliance.oneview_scope:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    name: web-shop
    description: Servers and networks of the web shop
    resources:
      - ethernet-networks/vm-120
      - network-sets/vm-networks
      - server-hardware/encl1, bay 2

- name: Add one network to the scope
  jobwise.appliance.oneview_scope:
    name: web-shop
    resources: [ethernet-networks/vm-121]
    resources_mode: add
  # host, username and password come from module_defaults or from the environment

- name: Delete the scope
  jobwise.appliance.oneview_scope:
    name: web-shop
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The scope as the appliance shows it after the task; in check mode, as it was before the task.
    - Contains C(resources) if the task gives O(resources).
    - Null if the scope does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    uri: /rest/scopes/5b1c9a0e-1f0e-4a39-9d0a-6b3a1a3f2b11
    name: web-shop
    description: Servers and networks of the web shop
    resources:
      - id: /rest/ethernet-networks/0a6a4cd2-9d5b-4b73-9d22-4a0a1e72c4b1
        name: ethernet-networks/vm-120
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create scope web-shop", "add ethernet-networks/vm-120 to scope web-shop"]
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
      action: add ethernet-networks/vm-120
      state: done
      phase: Completed
      percent: 100
      resource_id: /rest/scopes/5b1c9a0e-1f0e-4a39-9d0a-6b3a1a3f2b11
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
    kind: input
    messages: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.security.scopes import SCOPE, ScopeHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def make_handler(client: OneViewClient, desired: Json) -> ScopeHandler:
    """Return the handler for the scope that the task names."""
    return ScopeHandler(client, desired)


TASK = Task(
    "oneview_scope",
    ONEVIEW,
    {**SCOPE.argument_spec(), **WAITING},
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
