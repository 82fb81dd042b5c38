#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_system_restore
short_description: "PowerStore: restore a file system from a snapshot"
version_added: 1.0.0
description:
  - Restores the data of a file system to the time when one of its own snapshots was taken.
  - This action overwrites data. It never guesses its source, and by default it takes a backup under a name that you
    give. If the file system has a snapshot of that name, the restore was done before, and a second run changes nothing.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.acts
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
attributes:
  idempotent:
    support: partial
    details:
      - A second run changes nothing as long as the backup exists. With O(backup=false), each run overwrites the data.
options:
  file_system:
    description: The file system or clone whose data is overwritten, by name or id.
    type: str
    required: true
  nas_server:
    description: The NAS server of the file system, by name or id. Required unless O(file_system) is an id.
    type: str
  snapshot:
    description: The snapshot of this file system to restore, by name or id.
    type: str
    required: true
  backup_snapshot:
    description:
      - Name of the snapshot that the array takes of the file system before it overwrites the data, up to 255
        characters.
      - Required unless O(backup=false), because a second run recognizes by this name that the first one was done. Give
        each restore its own name, such as the number of the change.
      - The name must be free among the file systems and snapshots of the NAS server.
    type: str
  backup:
    description: Whether to take a backup first. Without one, every run overwrites the data.
    type: bool
    default: true
notes:
  - Clients lose what they have written since the snapshot was taken. Make sure that they do not use the file system.
  - The array does not restore a file system with C(flr_mode=Compliance), nor one on a NAS server that is the
    destination of a replication.
  - If the array's job fails after it has taken the backup, examine the file system. Then choose a new name for the
    backup, or delete it with M(jobwise.appliance.file_system_snapshot). While the backup exists, the task does nothing.
  - If a task did not wait for its job to end, wait for the job with M(jobwise.appliance.powerstore_job). A second run
    adopts the job only as long as the backup does not exist yet.
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_system
  - module: jobwise.appliance.file_system_clone
  - module: jobwise.appliance.file_system_refresh
  - module: jobwise.appliance.file_system_snapshot
"""

EXAMPLES = r"""
- name: Restore last night's data and keep a backup of today's
  jobwise.appliance.file_system_restore:
    file_system: home
    nas_server: nas01
    snapshot: nightly
    backup_snapshot: before-chg-4711

- name: Reset the training system on every run
  jobwise.appliance.file_system_restore:
    file_system: training
    nas_server: nas01
    snapshot: start
    backup: false
"""

RETURN = r"""
resource:
  description:
    - The file system as the array returns it after the task, or before the task in check mode.
    - Null if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    backup_snapshot:
      description: Id and name of the backup. Null if the file system has no backup of that name.
      type: dict
  sample:
    id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    name: home
    filesystem_type: Primary
    backup_snapshot: {id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1, name: before-chg-4711}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["restore file system home from nightly, with backup before-chg-4711"]
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
      action: restore
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_family import FILE_SYSTEMS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_restore import (
    FileRestoreHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.overwrite import RESTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "file_system": {"type": "str", "required": True},
    "nas_server": {"type": "str"},
    "snapshot": {"type": "str", "required": True},
    "backup_snapshot": {"type": "str"},
    "backup": {"type": "bool", "default": True},
    **WAITING,
}


def make_handler(client: PowerStoreClient, desired: Json) -> FileRestoreHandler:
    """Return the handler of the file system that the task names."""
    return FileRestoreHandler(client, FILE_SYSTEMS, desired, RESTORE)


TASK = Task("file_system_restore", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
