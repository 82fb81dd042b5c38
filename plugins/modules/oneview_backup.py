#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_backup
short_description: "OneView: make and download backups"
version_added: 1.0.0
description:
  - Makes a backup of the appliance, unless the last one is recent enough, and downloads it unless O(dest) already holds
    it.
  - If the task starts a backup and the appliance shows no new one afterwards, the task fails. It never downloads an old
    backup in place of a new one.
  - The appliance keeps one backup, which the next one replaces. If a backup is already in progress, the task waits for
    it and does not start another one. An uploaded backup does not count.
  - The module downloads to a temporary file and renames it to O(dest) only when it is complete, so that O(dest) never
    holds a partial backup.
  - A second run that finds the backup in O(dest) writes nothing. The modification time of the file is the time of the
    backup. A file beside it, with the suffix C(.sha256), holds the checksum of its content.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.acts
  - jobwise.appliance.oneview
options:
  max_age:
    description:
      - Maximum age of the last backup, as a number of minutes, hours or days, such as V(90m), V(12h) or V(2d). The task
        makes a new backup only if the last one is older, by the appliance's own clock.
      - Without this option, every run makes a backup.
    type: str
  dest:
    description:
      - File or folder to download the backup to, on the machine where the task runs. Without this option, the task
        downloads nothing.
      - In a folder, the file gets the name of the backup with the suffix C(.bkp). The folder must exist. Check mode
        only warns if it does not, since an earlier task of the playbook may create it.
      - Only the owner can read the file, since a backup holds the whole configuration.
    type: path
  wait:
    description:
      - Whether to wait for the backup. If V(false), the task ends as soon as the appliance has started the backup. With
        O(dest), the task waits in any case.
    type: bool
    default: true
  wait_timeout:
    description: Seconds to wait for the backup, more than 0. After that, the task fails and the appliance continues.
    type: float
    default: 3600.0
seealso:
  - module: jobwise.appliance.oneview_backup_schedule
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Keep a backup of today in the backup folder
  jobwise.appliance.oneview_backup:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    max_age: 20h
    dest: /var/backups/oneview/
  register: backup

- name: Show where the backup is
  ansible.builtin.debug:
    msg: "{{ backup.file.path }} ({{ backup.file.size }} bytes, SHA-256 {{ backup.file.sha256 }})"
"""

RETURN = r"""
resource:
  description:
    - The backup as the appliance shows it after the task, with its C(file). In check mode, as it was before the task.
    - Null if the backup does not exist, or if the task did not wait for it.
  returned: always
  type: dict
  sample:
    uri: /rest/backups/ci-005056b1_backup_2026-03-14_142313
    backup: ci-005056b1_backup_2026-03-14_142313
    backupType: ON_DEMAND
    status: SUCCEEDED
    created: "2026-03-14T14:23:13.422Z"
    backupSize: 314572800
    downloadUri: /rest/backups/archive/ci-005056b1_backup_2026-03-14_142313
file:
  description: The file that holds the backup. Null without O(dest), or if the file does not hold the backup.
  returned: always
  type: dict
  contains:
    path:
      description: Path of the file.
      type: str
    size:
      description: Size of the file in bytes.
      type: int
    sha256:
      description: SHA-256 of the content, in hexadecimal digits.
      type: str
  sample:
    path: /var/backups/oneview/ci-005056b1_backup_2026-03-14_142313.bkp
    size: 314572800
    sha256: 6f0b8de3f2a1c47d9e5b20a8c3d4e6f70918273645546372819a0bcd1e2f3041
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["make a backup of oneview.example.com", "download the backup to /var/backups/oneview/"]
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
    - id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: create
      state: done
      phase: Completed
      percent: 100
      resource_id: /rest/backups/ci-005056b1_backup_2026-03-14_142313
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
    kind: job_failed
    job_id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
    messages:
      - code: BACKUP_FAILED
        severity: Error
        message: There is not enough space.
        arguments: []
        actions: [Remove firmware bundles that are not needed.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.backups.handler import BackupHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NOTHING_DONE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Caller, Task, bring_about

SPEC: Json = {
    "max_age": {"type": "str"},
    "dest": {"type": "path"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 3600.0},
}


def make_handler(client: OneViewClient, desired: Json) -> BackupHandler:
    """Return the handler for the appliance's backup."""
    return BackupHandler(client, desired)


def work(client: OneViewClient, caller: Caller) -> Json:
    """Return the result of the task, with ``file`` at the top level for playbooks."""
    result = bring_about(make_handler)(client, caller)
    return {**result, "file": (result["resource"] or {}).get("file")}


TASK = Task("oneview_backup", ONEVIEW, SPEC, work, nothing={**NOTHING_DONE, "file": None})


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
