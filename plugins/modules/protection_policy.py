#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: protection_policy
short_description: "PowerStore: manage protection policies"
version_added: 1.0.0
description:
  - Brings a protection policy and the list of its rules to the declared state. Snapshot rules protect the resources
    with the policy on the array itself or on a backup system, and a replication rule copies them to another PowerStore.
  - A change takes effect at once for every resource with the policy. If the task adds a replication rule, the array
    begins to replicate all of them. If the task removes it, the array ends their replication.
  - All changes of a policy are one request. The array therefore swaps rules at once, and never protects with neither.
  - The array neither changes nor deletes a policy that is predefined, read-only, or a replica of another system's. It
    does not delete a policy that is assigned to a resource. The task checks this before it writes, in check mode, too.
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
      - With V(present), the policy exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the policy does not exist. Its rules stay.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the policy, up to 128 characters. All types of policies share one set of names.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing policy.
    type: str
  new_name:
    description:
      - New name of the policy. A policy that already has this name stays unchanged, so a second run does not fail.
      - If no policy has either name, the task creates one with this name.
    type: str
  description:
    description: Description of the policy. V("") clears it.
    type: str
  snapshot_rules:
    description:
      - Snapshot rules of the policy, by name or id, up to four. O(snapshot_rules_mode) says how the list is applied.
      - A policy has at least one rule, either in this list or in O(replication_rules).
    type: list
    elements: str
  snapshot_rules_mode:
    description:
      - V(exact) makes the snapshot rules of the policy exactly those in O(snapshot_rules).
      - V(add) adds those of the rules that are missing, and V(remove) removes those that the policy has.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole policy.
    type: str
    choices: [exact, add, remove]
    default: exact
  replication_rules:
    description:
      - Replication rules of the policy, by name or id. A policy has at most one. O(replication_rules_mode) says how the
        list is applied. V([]) removes the rule.
    type: list
    elements: str
  replication_rules_mode:
    description:
      - V(exact) makes the replication rules of the policy exactly those in O(replication_rules).
      - V(add) adds those of the rules that are missing, and V(remove) removes those that the policy has.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole policy.
    type: str
    choices: [exact, add, remove]
    default: exact
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Protect with two snapshot rules and replication
  jobwise.appliance.protection_policy:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: gold
    description: Hourly and daily snapshots, and a copy in the west
    snapshot_rules: [hourly, daily]
    replication_rules: [hourly-west]

- name: Replicate by another rule, in one step
  jobwise.appliance.protection_policy:
    name: gold
    replication_rules: [frequent-west]
  # host, username and password come from module_defaults or from the environment

- name: Add a snapshot rule, and leave the others alone
  jobwise.appliance.protection_policy:
    name: gold
    snapshot_rules: [weekly]
    snapshot_rules_mode: add

- name: Delete the policy
  jobwise.appliance.protection_policy:
    name: gold
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The protection policy as the array returns it after the task, or before the task in check mode.
    - Null if the protection policy does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: gold
    description: Hourly and daily snapshots, and a copy in the west
    type: Protection
    snapshot_rules:
      - {id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10, name: hourly}
      - {id: 9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22, name: daily}
    replication_rules:
      - {id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11, name: hourly-west}
    managed_by: User
    is_read_only: false
    is_replica: false
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add 1 snapshot rule (weekly) to protection policy gold"]
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
    path: /api/rest/policy/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE0202001000D"
        severity: Error
        message: The policy is assigned to a volume.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.policies import (
    ProtectionPolicyHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import (
    PROTECTION_POLICY,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, PROTECTION_POLICY, ProtectionPolicyHandler, name="protection_policy")


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
