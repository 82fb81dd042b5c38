#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: io_limit_rule
short_description: "PowerStore: manage I/O limit rules"
version_added: 1.0.0
description:
  - Brings an I/O limit rule to the declared state. A QoS policy contains such a rule, which limits every volume and
    volume group with the policy.
  - A change takes effect at once for every resource with the rule.
  - A rule in a policy cannot be deleted. The task names the policies and the resources that have them, in check mode,
    too.
  - PowerStoreOS 4.0 and later has I/O limit rules.
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
  type:
    description:
      - What the limits count for. With V(Absolute), they are those of the volume. With V(Density), they are those of
        each GB of its size.
      - Required to create a rule. A task that changes it must give the limits of the rule, too, because their numbers
        mean something else then.
    type: str
    choices: [Absolute, Density]
  max_iops:
    description:
      - How many operations per second are allowed, 1 to 2147483646. V("") removes the limit.
      - A rule has O(max_iops), O(max_bw), or both. With both, the one that is reached first counts.
    type: str
  max_bw:
    description:
      - How many KB per second are allowed, 2000 to 2147483646. V("") removes the limit.
    type: str
  burst_percentage:
    description:
      - By how many percent a volume may exceed the limits for a short time, 0 to 100. By default, a new rule has 0.
    type: int
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Limit volumes to 5000 operations and 200 MB per second
  jobwise.appliance.io_limit_rule:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: bronze
    type: Absolute
    max_iops: 5000
    max_bw: 200000

- name: Limit the operations only, and allow bursts
  jobwise.appliance.io_limit_rule:
    name: bronze
    max_bw: ""
    burst_percentage: 20
  # host, username and password come from module_defaults or from the environment

- name: Delete the rule
  jobwise.appliance.io_limit_rule:
    name: bronze
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The I/O limit rule as the array returns it after the task, or before the task in check mode.
    - Null if the I/O limit rule does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: bronze
    type: Absolute
    max_iops: 5000
    max_bw: 200000
    burst_percentage: 0
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change max_bw and burst_percentage of I/O limit rule bronze"]
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
    path: /api/rest/io_limit_rule/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE04040020022"
        severity: Error
        message: The I/O limit rule is in use.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.rules import IoLimitRuleHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import IO_LIMIT_RULE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, IO_LIMIT_RULE, IoLimitRuleHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
