#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_backup
short_description: "ONTAP Select: back up Deploy to a file"
version_added: 1.0.0
description:
  - Makes Deploy back up its configuration, downloads the backup, and removes it from Deploy.
  - If O(dest) exists, the task leaves it alone, so a second run makes no second backup. For a backup with every run,
    put the date into O(dest) or set O(replace=true).
  - If a run is cut off or its wait times out, the next run for the same O(dest) takes over its backup for 12 hours. To
    find it, the task keeps a note beside O(dest), a hidden file with the id of the backup. The note exists only as
    long as the backup is on Deploy. After 12 hours, or with another O(backup_password), the task removes that backup
    from Deploy and makes a new one.
  - Use Deploy's CLI to restore a backup.
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
      - With O(replace=true), each run makes a backup.
options:
  dest:
    description:
      - File to write, on the machine where the task runs. Its folder must exist.
      - The task moves the file into place after the download is complete. Only its owner can read it.
      - The task checks whether it can write the file before it makes a backup. If the download fails later, the error
        names the backup on Deploy, and the next run takes it over.
    type: path
    required: true
  backup_password:
    description: Password that encrypts the backup. A restore asks for it. Required to make a backup.
    type: str
  keep:
    description: Whether the backup also stays on Deploy.
    type: bool
    default: false
  replace:
    description: Whether to make a backup even if O(dest) exists.
    type: bool
    default: false
seealso:
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Back Deploy up, once a day
  jobwise.appliance.ontap_select_backup:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    dest: "/srv/backups/deploy-{{ now(utc=true, fmt='%Y-%m-%d') }}.bin"
    backup_password: "{{ backup_password }}"
"""

RETURN = r"""
resource:
  description: The file. Null in check mode if it does not exist yet.
  returned: always
  type: dict
  contains:
    id:
      description: The value that identifies the file for the task, which is its path.
      type: str
    dest:
      description: Path of the file.
      type: str
    size:
      description: Size of the file in bytes.
      type: int
  sample: {id: /srv/backups/deploy-2026-11-21.bin, dest: /srv/backups/deploy-2026-11-21.bin, size: 1048576}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["make a backup of Deploy", "download it to /srv/backups/deploy-2026-11-21.bin", "remove it from Deploy"]
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
      action: backup
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
  sample:
    kind: job_failed
    job_id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
    messages: [{code: null, severity: null, message: The host does not answer., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.backups.handler import BackupHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "dest": {"type": "path", "required": True},
    "backup_password": {"type": "str", "no_log": True},
    "keep": {"type": "bool", "default": False},
    "replace": {"type": "bool", "default": False},
}

TASK = Task("ontap_select_backup", ONTAP_SELECT, {**SPEC, **WAITING}, bring_about(BackupHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
