#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: replication_rule
short_description: "PowerStore: manage replication rules"
version_added: 1.0.0
description:
  - Brings a replication rule to the declared state. A protection policy with such a rule replicates every resource that
    it is assigned to.
  - A change takes effect at once for every resource that the rule replicates.
  - The array refuses to change a read-only rule, and a rule that is a replica of another system's. It refuses to delete
    a rule while a policy with the rule is assigned to a resource. The task checks this before it writes, in check mode,
    too.
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
      - With V(absent), the rule does not exist. Policies that are not assigned to a resource lose the rule.
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
  remote_system:
    description:
      - Remote system to replicate to, by name or id. Required to create a rule. It must be a PowerStore.
      - The array does not change it while a policy with the rule is assigned to a resource. Remove the policy from the
        resources first, or the rule from the policy.
    type: str
  rpo:
    description:
      - Recovery point objective, which is how old the copy on the remote system may become. Required to create a rule.
      - With V(Zero), on PowerStoreOS 4.0 and later, the array replicates each write before it confirms it. The remote
        system must support synchronous replication over a connection with low latency. Volumes, groups with a
        consistent order of writes, and NAS servers can be replicated like this.
      - Rules of policies that are assigned to a NAS server cannot change to or from V(Zero).
    type: str
    choices: [Five_Minutes, Fifteen_Minutes, Thirty_Minutes, One_Hour, Six_Hours, Twelve_Hours, One_Day, Zero]
  alert_threshold:
    description:
      - How many minutes the copy may be late before the array raises an alert, 0 to 1440. By default, as many as O(rpo)
        has.
      - With O(rpo=Zero), it is always 0.
    type: int
  is_read_only:
    description:
      - Whether nobody can change the rule later. It can be deleted.
      - It can be set only when the rule is created.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Replicate every hour to the second site
  jobwise.appliance.replication_rule:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: hourly-west
    remote_system: west
    rpo: One_Hour
    alert_threshold: 90

- name: Replicate more often
  jobwise.appliance.replication_rule:
    name: hourly-west
    new_name: frequent-west
    rpo: Fifteen_Minutes
    alert_threshold: 30
  # host, username and password come from module_defaults or from the environment

- name: Delete the rule
  jobwise.appliance.replication_rule:
    name: frequent-west
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The replication rule as the array returns it after the task, or before the task in check mode.
    - Null if the replication rule does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: hourly-west
    remote_system_id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    remote_system:
      id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
      name: west
    rpo: One_Hour
    alert_threshold: 90
    is_read_only: false
    is_replica: false
    managed_by: User
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change rpo of replication rule hourly-west"]
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
    path: /api/rest/replication_rule/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE02030020006"
        severity: Error
        message: The replication rule is in a policy that is assigned to a volume.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.rules import (
    ReplicationRuleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import REPLICATION_RULE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, REPLICATION_RULE, ReplicationRuleHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
