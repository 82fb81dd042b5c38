#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: email_notify_destination
short_description: "PowerStore: manage e-mail destinations of notifications"
version_added: 1.0.0
description:
  - Sets who gets e-mail about alerts of the cluster, and about which ones.
  - The mail server is set with M(jobwise.appliance.smtp_config).
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description:
      - With V(present), the e-mail destination exists and has the given attributes. Options that are not given leave
        theirs unchanged.
      - With V(absent), the e-mail destination does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing e-mail destination.
    type: str
  email_address:
    description:
      - E-mail address of the e-mail destination.
      - Either O(email_address) or O(id) is required.
    type: str
  new_email_address:
    description:
      - New e-mail address of the e-mail destination. If it already has this one, it stays unchanged, so a second run
        does not fail.
      - If neither exists, the task creates it with this one.
    type: str
  notify_critical:
    description: Whether it gets mail about critical alerts.
    type: bool
  notify_major:
    description: Whether it gets mail about major alerts.
    type: bool
  notify_minor:
    description: Whether it gets mail about minor alerts.
    type: bool
  notify_info:
    description: Whether it gets mail about alerts that only inform.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Send the storage team mail about everything serious
  jobwise.appliance.email_notify_destination:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    email_address: storage-team@example.com
    notify_critical: true
    notify_major: true
    notify_minor: false
    notify_info: false

- name: Send no mail to somebody who has left
  jobwise.appliance.email_notify_destination:
    email_address: eve@example.com
    state: absent
  # host, username and password come from module_defaults or from the environment
"""

RETURN = r"""
resource:
  description:
    - The email notify destination as the array returns it after the task, or before the task in check mode.
    - Null if the email notify destination does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    email_address: storage-team@example.com
    notify_critical: true
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change notify_critical of email notify destination target"]
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
    path: /api/rest/email_notify_destination/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.notifications import (
    EMAIL_NOTIFY_DESTINATION,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.table_handler import TableHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, EMAIL_NOTIFY_DESTINATION, TableHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
