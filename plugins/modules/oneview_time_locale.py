#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_time_locale
short_description: "OneView: manage time and language settings"
version_added: 1.0.0
description:
  - Sets the language, the time zone and the time servers of the appliance.
  - The module neither compares nor sets the time itself.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.oneview.force
  - jobwise.appliance.wait
options:
  locale:
    description: Language and encoding, such as V(en_US.UTF-8) or V(ja_JP.UTF-8).
    type: str
  timezone:
    description: Time zone, such as V(UTC).
    type: str
  ntp_servers:
    description:
      - Names or addresses of time servers, in any order. With an empty list, the appliance uses the time of its host.
    type: list
    elements: str
  polling_interval:
    description: Polling interval for the time servers, at least 1, in the unit that the appliance uses.
    type: int
seealso:
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Use the company's time servers
  jobwise.appliance.oneview_time_locale:
    host: oneview.example.com
    username: administrator
    password: "{{ oneview_password }}"
    timezone: UTC
    locale: en_US.UTF-8
    ntp_servers: [ntp1.example.com, ntp2.example.com]
"""

RETURN = r"""
resource:
  description:
    - The settings as the appliance shows them after the task; in check mode, as they were before the task.
    - Null if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    type: TimeAndLocale
    locale: en_US.UTF-8
    localeDisplayName: English (United States)
    timezone: UTC
    dateTime: "2026-03-14T14:23:13.422Z"
    ntpServers: [ntp1.example.com, ntp2.example.com]
    pollingInterval: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change ntp_servers of time and locale oneview.example.com"]
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
    kind: refused
    method: POST
    path: /rest/appliance/configuration/time-locale
    status: 400
    messages:
      - code: INVALID_NTP_SERVER
        severity: Error
        message: The server ntp3.example.com cannot be reached.
        arguments: []
        actions: [Specify a different server.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.appliance.settings import settings_spec
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.appliance.time_locale import (
    TIME_LOCALE,
    TimeLocaleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def make_handler(client: OneViewClient, desired: Json) -> TimeLocaleHandler:
    """Return the handler for the settings."""
    return TimeLocaleHandler(client, desired)


TASK = Task(
    "oneview_time_locale",
    ONEVIEW,
    {**settings_spec(TIME_LOCALE), "force": {"type": "bool"}, **WAITING},
    bring_about(make_handler),
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
