#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_server_power
short_description: "OneView: power servers on and off"
version_added: 1.0.0
description:
  - Powers a server on or off and waits until the server shows the desired state.
  - The module does nothing if the server is already in that state. If the server is changing to it, the module waits.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.wait
options:
  name:
    description:
      - Name of the server, such as V(encl1, bay 2) or the name of its management processor. Give this or O(id).
    type: str
  id:
    description: URI of the server, or the last part of it. Give this or O(name).
    type: str
  state:
    description: Desired power state of the server.
    type: str
    choices: [powered_on, powered_off]
    required: true
  force:
    description:
      - With O(state=powered_off), holds the power button until the server is off, regardless of its operating system.
      - If V(false), the module asks the operating system to shut down and waits for up to O(wait_timeout) seconds.
    type: bool
    default: false
seealso:
  - module: jobwise.appliance.oneview_server_profile
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Shut a server down
  jobwise.appliance.oneview_server_power:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    name: encl1, bay 2
    state: powered_off
    wait_timeout: 900

- name: Power the server on again
  jobwise.appliance.oneview_server_power:
    name: encl1, bay 2
    state: powered_on
  # host, username and password come from module_defaults or from the environment
"""

RETURN = r"""
resource:
  description: The server as the appliance shows it after the task; in check mode, as it was before the task.
  returned: always
  type: dict
  sample:
    uri: /rest/server-hardware/30373237-3132-4D32-3235-303930524D57
    name: encl1, bay 2
    powerState: "Off"
    serverProfileUri: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["power off server encl1, bay 2", "wait until server encl1, bay 2 is powered off"]
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
      action: power
      state: done
      phase: Completed
      percent: 100
      resource_id: /rest/server-hardware/30373237-3132-4D32-3235-303930524D57
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
    kind: wait_timeout
    messages: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.servers.power import GOALS, PowerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def make_handler(client: OneViewClient, desired: Json) -> PowerHandler:
    """Return the handler for the server that the task names."""
    return PowerHandler(client, desired)


TASK = Task(
    "oneview_server_power",
    ONEVIEW,
    {
        "name": {"type": "str"},
        "id": {"type": "str"},
        "state": {"type": "str", "choices": list(GOALS), "required": True},
        "force": {"type": "bool", "default": False},
        **WAITING,
    },
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
