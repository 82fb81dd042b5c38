#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_backup_schedule
short_description: "OneView: manage scheduled backups"
version_added: 1.0.0
description:
  - Sets when the appliance makes backups on its own, and the server to which it sends them.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.oneview.force
  - jobwise.appliance.wait
options:
  enabled:
    description:
      - Whether the appliance sends backups to the server. This needs O(protocol), O(server), O(public_key) and
        O(server_username), either in the task or already set on the appliance.
    type: bool
  protocol:
    description: Protocol by which the appliance sends backups.
    type: str
    choices: [SCP, SFTP]
  server:
    description: Name or address of the server.
    type: str
  directory:
    description: Folder on the server.
    type: str
  public_key:
    description: Public host key of the server, by which the appliance verifies it.
    type: str
  server_username:
    description: User name with which the appliance logs in to the server.
    type: str
  server_password:
    description:
      - Password of O(server_username). The module sends it with every change.
      - The appliance does not return the password, so it alone causes no change unless O(update_password=always).
    type: str
  update_password:
    description:
      - With V(with_changes), the task sends O(server_password) only if something else changes.
      - With V(always), every run sets the password, and therefore always reports a change.
    type: str
    choices: [with_changes, always]
    default: with_changes
  interval:
    description:
      - How often the appliance makes a backup. V(DAILY) and V(WEEKLY) need O(time); V(WEEKLY) also needs O(days).
    type: str
    choices: [NONE, DAILY, WEEKLY]
  days:
    description:
      - Days of the week for O(interval=WEEKLY), in any order.
      - A task that changes O(interval) from V(WEEKLY) to another value removes the days.
    type: list
    elements: str
    choices: [MO, TU, WE, TH, FR, SA, SU]
  time:
    description: Time of day in 24-hour format, V(HH:MM). Quote it in YAML.
    type: str
seealso:
  - module: jobwise.appliance.oneview_backup
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Send a backup to a server twice a week
  jobwise.appliance.oneview_backup_schedule:
    host: oneview.example.com
    username: administrator
    password: "{{ oneview_password }}"
    enabled: true
    protocol: SFTP
    server: store.example.com
    directory: /backups/oneview
    public_key: "{{ lookup('ansible.builtin.file', 'store.pub') }}"
    server_username: oneview
    server_password: "{{ store_password }}"
    interval: WEEKLY
    days: [MO, TH]
    time: "02:30"
"""

RETURN = r"""
resource:
  description:
    - The schedule as the appliance shows it after the task; in check mode, as it was before the task.
    - Null if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    enabled: true
    protocol: SFTP
    remoteServerName: store.example.com
    remoteServerDir: /backups/oneview
    userName: oneview
    scheduleInterval: WEEKLY
    scheduleDays: [MO, TH]
    scheduleTime: "02:30"
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change interval and days of backup schedule oneview.example.com"]
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
      action: modify
      state: done
      phase: Completed
      percent: 100
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
    kind: job_failed
    job_id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
    messages:
      - code: REMOTE_SERVER_LOGIN_FAILED
        severity: Error
        message: The server does not accept the user.
        arguments: []
        actions: [Check the user name and the password.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.appliance.settings import settings_spec
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.backups.schedule import (
    SCHEDULE,
    ScheduleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def make_handler(client: OneViewClient, desired: Json) -> ScheduleHandler:
    """Return the handler for the schedule."""
    return ScheduleHandler(client, desired)


def spec() -> Json:
    """Return the argument spec. A schedule is never created, so ``update_password`` has no ``on_create``."""
    update: Json = {"type": "str", "choices": ["with_changes", "always"], "default": "with_changes", "no_log": False}
    return {**settings_spec(SCHEDULE), "update_password": update, "force": {"type": "bool"}, **WAITING}


TASK = Task("oneview_backup_schedule", ONEVIEW, spec(), bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
