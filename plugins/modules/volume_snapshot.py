#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume_snapshot
short_description: "PowerStore: manage snapshots of volumes"
version_added: 1.0.0
description:
  - Takes, changes and deletes a snapshot of a volume or a clone. The snapshot's name and that of the volume identify
    it.
  - If the volume has a snapshot of that name, the task does not take another one. Use a different name for each
    snapshot, for example one that contains a date.
  - The name must be free among the snapshots of the volume's family, which is a volume, its clones, and the snapshots
    of all of them. Volumes of other families can have snapshots of the same name.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description: Whether the snapshot exists.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the snapshot, up to 128 characters.
    type: str
    required: true
  volume:
    description: The volume or clone whose snapshot this is, by name or id. The array takes no snapshots of snapshots.
    type: str
    required: true
  description:
    description: Up to 128 characters. V("") clears it.
    type: str
  performance_policy:
    description: How much of the array's performance the snapshot gets.
    type: str
    choices: [low, medium, high]
  expiration_timestamp:
    description:
      - When the array deletes the snapshot automatically, with a time zone, as in V(2030-12-31T23:59:00Z).
      - With V(""), the array keeps it until somebody deletes it. For a new one, that is the default.
      - The expiration of a secure snapshot can only move to a later time.
    type: str
  is_secure:
    description:
      - Whether nobody can delete the snapshot before it expires, on PowerStoreOS 3.5 and later.
      - A secure snapshot needs O(expiration_timestamp).
      - A secure snapshot cannot be made insecure again.
    type: bool
notes:
  - A snapshot that is part of a snapshot set is deleted only with the set, with
    M(jobwise.appliance.volume_group_snapshot).
seealso:
  - module: jobwise.appliance.volume
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.volume_clone
  - module: jobwise.appliance.volume_group
  - module: jobwise.appliance.volume_group_clone
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.volume_group_refresh
  - module: jobwise.appliance.volume_group_restore
  - module: jobwise.appliance.volume_group_snapshot
  - module: jobwise.appliance.volume_metro
  - module: jobwise.appliance.volume_refresh
  - module: jobwise.appliance.volume_restore
"""

EXAMPLES = r"""
- name: Take a snapshot before the upgrade
  jobwise.appliance.volume_snapshot:
    name: before-upgrade
    volume: ora01-data
    expiration_timestamp: "2030-12-31T23:59:00Z"

- name: Take one that nobody can delete before it expires
  jobwise.appliance.volume_snapshot:
    name: end-of-quarter
    volume: ora01-data
    is_secure: true
    expiration_timestamp: "2031-03-31T23:59:00Z"

- name: Delete the snapshot
  jobwise.appliance.volume_snapshot:
    name: before-upgrade
    volume: ora01-data
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The snapshot as the array returns it after the task, or before the task in check mode.
    - Null if the snapshot does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: before-upgrade
    type: Snapshot
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create snapshot before-upgrade of volume ora01-data"]
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
      action: snapshot
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.copy import SNAPSHOTS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.family import VOLUMES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.copies import VOLUME_SNAPSHOT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    **VOLUME_SNAPSHOT.argument_spec(),
    "name": {"type": "str", "required": True},
    "volume": {"type": "str", "required": True},
    **WAITING,
}
del SPEC["id"]


def make_handler(client: PowerStoreClient, desired: Json) -> BlockCopyHandler:
    """Return the handler of the copy that the task names."""
    return BlockCopyHandler(client, VOLUME_SNAPSHOT, VOLUMES, desired, SNAPSHOTS)


TASK = Task("volume_snapshot", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
