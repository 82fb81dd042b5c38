#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_server_power
short_description: Power servers of HPE OneView on and off
version_added: 1.0.0
description:
  - Powers a server on or off and waits until it is. A server that is as asked is left alone, and one that is on the way
    there is waited for.
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
    description: Whether the server is to be on.
    type: str
    choices: [powered_on, powered_off]
    required: true
  force:
    description:
      - With O(state=powered_off), hold the button until the server is off, whatever its operating system does.
      - Without it, the operating system is asked to shut down, and waited for as long as O(wait_timeout) says.
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

- name: Power it on again
  jobwise.appliance.oneview_server_power:
    name: encl1, bay 2
    state: powered_on
  # host, username and password from module_defaults or from the environment
"""

RETURN = r"""
resource:
  description: The server as the appliance shows it after the task, before the task in check mode.
  returned: always
  type: dict
  sample:
    uri: /rest/server-hardware/30373237-3132-4D32-3235-303930524D57
    name: encl1, bay 2
    powerState: "Off"
    serverProfileUri: null
plan:
  description:
    - The steps that the task takes, in words and in this order. Check mode returns the same.
  returned: always
  type: list
  elements: str
  sample: ["power off server encl1, bay 2", "see server encl1, bay 2 powered off"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, as they were last seen.
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
      description: The appliance's own word for the state.
      type: str
    percent:
      description: Progress, null if the appliance does not report it.
      type: int
    resource_id:
      description: Id or URI of the object that the job works on or has created, null if it is not known.
      type: str
    adopted:
      description: Whether the job was running already, so that the task waited for it and did not start another one.
      type: bool
    note:
      description: What the job is doing, in the appliance's words.
      returned: if the appliance reports it
      type: str
    messages:
      description: Why the job failed, or what it warns of.
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
    - The facts of a failure. C(kind) is one word for playbooks to test. It is one of V(input), V(connection), V(tls),
      V(login), V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed),
      V(job_lost), V(wait_timeout), V(bug). The guide "What all modules return" says what each means.
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
      description: HTTP status of the answer, or the one that a failed job has in its place.
      returned: if the appliance answered
      type: int
    job_id:
      description: Id or URI of the job that failed or was lost, or that is still running.
      returned: if the failure is about a job
      type: str
    messages:
      description: The appliance's messages.
      type: list
      elements: dict
      contains:
        code:
          description: The appliance's code for the message, null if it has none.
          type: str
        severity:
          description: The appliance's word for the severity, null if it has none.
          type: str
        message:
          description: The text.
          type: str
        arguments:
          description: The values that the text contains.
          type: list
          elements: str
        actions:
          description: What the appliance recommends.
          returned: if the appliance's API has such recommendations
          type: list
          elements: str
  sample:
    kind: wait_timeout
    messages: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.resource_type import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.servers.power import GOALS, PowerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about, run_module


def make_handler(client: OneViewClient, desired: Json) -> PowerHandler:
    """Return the server that the task names."""
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
