#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume_clone
short_description: "PowerStore: manage clones of volumes"
version_added: 1.0.0
description:
  - Creates, changes and deletes a clone of a volume, of another clone, or of a snapshot. The clone's name and its
    source identify it.
  - If a clone of that name exists, the task does not create it again. A clone is a volume, so manage its size, its
    mappings and everything else with M(jobwise.appliance.volume).
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
      - Whether the clone exists. The task deletes only a clone of the given source. The array can report a clone of a
        snapshot as a clone of the snapshot's volume, so with O(snapshot), both count as its source.
      - With V(absent), the task fails if the source does not exist but a clone of that name does. Check that it is the
        clone that you mean, and delete it by its id with M(jobwise.appliance.volume).
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the clone, up to 128 characters.
    type: str
    required: true
  volume:
    description: The volume or clone that is cloned, or whose snapshot is cloned, by name or id.
    type: str
    required: true
  snapshot:
    description:
      - The snapshot of O(volume) that is cloned, by name or id. If it is not given, the volume itself is cloned.
      - Only the creation needs it. If it has expired since, the task leaves the clone as it is.
    type: str
  description:
    description: Up to 128 characters. V("") clears it.
    type: str
  performance_policy:
    description: How much of the array's performance the clone gets.
    type: str
    choices: [low, medium, high]
  protection_policy:
    description: Protection policy by name or id. V("") removes it from the clone.
    type: str
  qos_performance_policy:
    description: QoS policy by name or id, on PowerStoreOS 4.0 and later. V("") removes it from the clone.
    type: str
  immediate:
    description:
      - With O(state=absent), whether the clone skips the recycle bin. By default, the array skips it.
      - With O(state=present), V(true) is an error.
    type: bool
seealso:
  - module: jobwise.appliance.volume
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.volume_group
  - module: jobwise.appliance.volume_group_clone
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.volume_group_refresh
  - module: jobwise.appliance.volume_group_restore
  - module: jobwise.appliance.volume_group_snapshot
  - module: jobwise.appliance.volume_metro
  - module: jobwise.appliance.volume_refresh
  - module: jobwise.appliance.volume_restore
  - module: jobwise.appliance.volume_snapshot
"""

EXAMPLES = r"""
- name: Create a copy of last night's data for the testers
  jobwise.appliance.volume_clone:
    name: ora01-test
    volume: ora01-data
    snapshot: nightly
    description: For the testers

- name: Map it to their host
  jobwise.appliance.volume:
    name: ora01-test
    mapped_hosts: [{host: test01}]

- name: Delete a clone that nobody has mapped any more
  jobwise.appliance.volume_clone:
    name: ora01-test
    volume: ora01-data
    snapshot: nightly
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The clone as the array returns it after the task, or before the task in check mode.
    - Null if the clone does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: ora01-test
    type: Clone
    size: 536870912000
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create clone ora01-test"]
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
      action: clone
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
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.block_copy import BlockCopyHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.copy import CLONES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.family import VOLUMES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.copies import VOLUME_CLONE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    **VOLUME_CLONE.argument_spec(),
    "name": {"type": "str", "required": True},
    "volume": {"type": "str", "required": True},
    "snapshot": {"type": "str"},
    **WAITING,
}
del SPEC["id"]


def make_handler(client: PowerStoreClient, desired: Json) -> BlockCopyHandler:
    """Return the handler of the copy that the task names."""
    return BlockCopyHandler(client, VOLUME_CLONE, VOLUMES, desired, CLONES)


TASK = Task("volume_clone", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
