#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_io_limit_rule
short_description: "PowerStore: manage file I/O limit rules"
version_added: 1.0.0
description:
  - Brings an I/O limit rule for files to the declared state. A file QoS policy contains such a rule, which limits every
    file system and NAS server with the policy.
  - A change takes effect at once for every resource with the rule.
  - A rule in a policy cannot be deleted. The task names the policies and the resources that have them, in check mode,
    too.
  - PowerStoreOS 4.1 and later has I/O limit rules for files.
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
      - With V(present), the rule exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the rule does not exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the rule, up to 128 characters.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing rule.
    type: str
  new_name:
    description:
      - New name of the rule. A rule that already has this name stays unchanged, so a second run does not fail.
      - If no rule has either name, the task creates one with this name.
    type: str
  max_bw:
    description:
      - How many MB per second are allowed, 1 to 1000000. Required to create a rule.
      - All file systems of a NAS server share the limit of the server. If a file system has a limit of its own, too,
        the lower one counts.
    type: int
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Limit file systems to 500 MB per second
  jobwise.appliance.file_io_limit_rule:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: home-limit
    max_bw: 500

- name: Allow more
  jobwise.appliance.file_io_limit_rule:
    name: home-limit
    max_bw: 800
  # host, username and password come from module_defaults or from the environment

- name: Delete the rule
  jobwise.appliance.file_io_limit_rule:
    name: home-limit
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The file I/O limit rule as the array returns it after the task, or before the task in check mode.
    - Null if the file I/O limit rule does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: home-limit
    max_bw: 500
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change max_bw of file I/O limit rule home-limit"]
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
      resource_id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
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
    method: DELETE
    path: /api/rest/file_io_limit_rule/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE04040020022"
        severity: Error
        message: The file I/O limit rule is in use.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.rules import (
    FileIoLimitRuleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import (
    FILE_IO_LIMIT_RULE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_IO_LIMIT_RULE, FileIoLimitRuleHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
