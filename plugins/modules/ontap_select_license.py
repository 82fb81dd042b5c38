#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_license
short_description: "ONTAP Select: add licence files"
version_added: 1.0.0
description:
  - Makes sure that Deploy has the licence of a NetApp licence file (NLF). The file contains the serial number, which is
    the id of the licence.
  - Deploy does not return licence files, so the task cannot compare them. With O(replace=true), the task replaces the
    file of an existing licence.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
attributes:
  idempotent:
    support: partial
    details:
      - With O(replace=true), each run sends the file.
options:
  license_file:
    description: Licence file on the machine where the task runs.
    type: path
    required: true
  serial_number:
    description: Serial number of the licence, 9 or 20 digits. Required if the file does not contain it.
    type: str
  replace:
    description: Whether to replace the file of a licence that Deploy already has.
    type: bool
    default: false
  ontap_username:
    description:
      - Administrator of the ONTAP cluster that uses the licence. Required to replace the file of a licence in use.
    type: str
  ontap_password:
    description: Password of O(ontap_username).
    type: str
seealso:
  - module: jobwise.appliance.ontap_select_host
    description: The step before this one.
  - module: jobwise.appliance.ontap_select_cluster
    description: The step after this one.
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Add the licences of both nodes
  jobwise.appliance.ontap_select_license:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    license_file: "{{ item }}"
  loop:
    - files/320000042.nlf
    - files/320000043.nlf

- name: Replace the file of a licence in use with a renewed one
  jobwise.appliance.ontap_select_license:
    license_file: files/320000042-renewed.nlf
    replace: true
    ontap_username: admin
    ontap_password: "{{ ontap_password }}"
"""

RETURN = r"""
resource:
  description: The licence as Deploy shows it. Null in check mode if it does not exist yet.
  returned: always
  type: dict
  sample: {id: "320000042"}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add licence 320000042"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
    - A request that Deploy carries out at once is listed like a job that is done.
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
    - id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
      action: create
      state: done
      phase: success
      percent: null
      resource_id: null
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
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.licenses import LicenseHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "license_file": {"type": "path", "required": True},
    "serial_number": {"type": "str"},
    "replace": {"type": "bool", "default": False},
    "ontap_username": {"type": "str"},
    "ontap_password": {"type": "str", "no_log": True},
}

TASK = Task(
    "ontap_select_license",
    ONTAP_SELECT,
    {**SPEC, **WAITING},
    bring_about(LicenseHandler),
    {"required_together": [("ontap_username", "ontap_password")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
