#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: maintenance_window
short_description: "PowerStore: manage maintenance windows"
version_added: 1.0.0
description:
  - Opens, extends and closes the maintenance window of an appliance. While it is open, alerts cause no notifications.
  - After its end, the array sends those of alerts that are still active.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  id:
    description: Id of the window.
    type: str
  appliance:
    description:
      - Appliance, by name or id.
      - Either O(appliance) or O(id) is required.
    type: str
  end_offset:
    description:
      - For how many seconds from now the window is open, if the task opens or extends it. 0 to 432000, which is five
        days. Before PowerStoreOS 4.1, two days are the most. To close a window, disable it.
      - An open window stays as it is, however long it lasts, unless it ends before O(at_least).
    type: int
  is_enabled:
    description: Whether the window is open. A new window needs O(end_offset).
    type: bool
  at_least:
    description:
      - For how many seconds from now an open window must stay open. One that ends earlier is extended to O(end_offset).
      - It must be 60 seconds or more below O(end_offset), because a window is some seconds old when the task reads it.
    type: int
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Have no notifications for six hours; extend a window that ends within the next four
  jobwise.appliance.maintenance_window:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    appliance: emulated-appliance-1
    is_enabled: true
    end_offset: 21600
    at_least: 14400

- name: The work is done
  jobwise.appliance.maintenance_window:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    appliance: emulated-appliance-1
    is_enabled: false
"""

RETURN = r"""
resource:
  description:
    - The maintenance window as the array returns it after the task, or before the task in check mode.
    - Null if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: '0'
    appliance_id: A1
    is_enabled: true
    end_time: '2030-01-31T12:00:00+00:00'
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change is_enabled and end_offset of maintenance window emulated-appliance-1"]
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
      resource_id: "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
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
    path: /api/rest/maintenance_window/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.maintenance import WindowHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.system import MAINTENANCE_WINDOW
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, MAINTENANCE_WINDOW, WindowHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
