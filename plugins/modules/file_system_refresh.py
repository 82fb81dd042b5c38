#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_system_refresh
short_description: "PowerStore: refresh the snapshot of a file system"
version_added: 1.0.0
description:
  - Gives a snapshot the present data of its file system. Its name and its access stay, and so do exports and shares on
    it.
  - This action overwrites the data of the snapshot. To overwrite those of the file system, use
    M(jobwise.appliance.file_system_restore).
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
      - Every run refreshes the snapshot, unless O(if_older_than) says that its data are new enough.
options:
  file_system:
    description: The file system or clone whose snapshot is refreshed, by name or id.
    type: str
    required: true
  nas_server:
    description: The NAS server of the file system, by name or id. Required unless O(file_system) is an id.
    type: str
  snapshot:
    description: The snapshot that is refreshed, by name or id.
    type: str
    required: true
  if_older_than:
    description:
      - A point in time in the past, with a time zone, as in V(2026-11-28T00:00:00Z). If the array has taken or
        refreshed the snapshot since then, the task changes nothing.
      - By default, every run refreshes the snapshot.
    type: str
notes:
  - The array refreshes neither a secure snapshot nor one that clients may have written to.
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_system
  - module: jobwise.appliance.file_system_clone
  - module: jobwise.appliance.file_system_restore
  - module: jobwise.appliance.file_system_snapshot
"""

EXAMPLES = r"""
- name: Show the testers today's data
  jobwise.appliance.file_system_refresh:
    file_system: home
    nas_server: nas01
    snapshot: home-for-tests

- name: Refresh the snapshot once a day, however often the playbook runs
  jobwise.appliance.file_system_refresh:
    file_system: home
    nas_server: nas01
    snapshot: home-for-tests
    if_older_than: "{{ now(utc=true, fmt='%Y-%m-%dT00:00:00Z') }}"
"""

RETURN = r"""
resource:
  description:
    - The snapshot as the array returns it after the task, or before the task in check mode.
    - Null if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    file_system:
      description: Id and name of the file system.
      type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: home-for-tests
    filesystem_type: Snapshot
    last_refresh_timestamp: "2026-11-28T10:00:00+00:00"
    file_system: {id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11, name: home}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["refresh snapshot home-for-tests of file system home"]
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
      action: refresh
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_refresh import (
    FileRefreshHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "file_system": {"type": "str", "required": True},
    "nas_server": {"type": "str"},
    "snapshot": {"type": "str", "required": True},
    "if_older_than": {"type": "str"},
    **WAITING,
}

TASK = Task("file_system_refresh", POWERSTORE, SPEC, bring_about(FileRefreshHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
