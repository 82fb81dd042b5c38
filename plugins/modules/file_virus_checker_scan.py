#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_virus_checker_scan
short_description: "PowerStore: scan file systems for viruses"
version_added: 1.0.0
description:
  - Starts or stops scans of whole file systems by the virus checker of their NAS server
    (M(jobwise.appliance.file_virus_checker)).
  - The array scans in the background and does not record that a scan has ended. The task does not wait for that, and a
    later run starts the scan again.
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
      - With V(started), the file systems are scanned. The task starts the scans that do not run, and changes nothing if
        all of them run.
      - With V(stopped), they are not scanned. The task stops the scans that run. Without a virus checker, there are
        none.
    type: str
    choices: [started, stopped]
    default: started
  nas_server:
    description: The NAS server, by name or id.
    type: str
    required: true
  file_systems:
    description:
      - The file systems of the NAS server, by name or id. At least 1 and up to 50. Required with O(state=started).
      - Without this option, O(state=stopped) stops all scans of the NAS server.
      - Read-only snapshots cannot be scanned.
    type: list
    elements: str
seealso:
  - module: jobwise.appliance.file_virus_checker
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Scan two file systems for viruses
  jobwise.appliance.file_virus_checker_scan:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas01
    file_systems: [home, projects]
  # host, username and password can come from module_defaults or from the environment, too

- name: Stop the scan of one of them
  jobwise.appliance.file_virus_checker_scan:
    nas_server: nas01
    file_systems: [projects]
    state: stopped

- name: Stop all scans of the NAS server
  jobwise.appliance.file_virus_checker_scan:
    nas_server: nas01
    state: stopped
"""

RETURN = r"""
resource:
  description:
    - The virus checker with its scans after the task, or before the task in check mode.
    - Null with O(state=stopped) if the NAS server has no virus checker.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the virus checker.
      type: str
    is_enabled:
      description: Whether the virus checker is enabled.
      type: bool
    nas_server:
      description: Id and name of the NAS server.
      type: dict
    scan_status:
      description: The scans of the file systems that the task names. Without names, the scans that run.
      type: list
      elements: dict
  sample:
    id: 6a4cd2c4-9d5b-4b73-9d22-0a6a4a0a1e72
    is_enabled: true
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01}
    scan_status:
      - {name: home, file_system_id: 61d69a53-4a2b-4b7e-9b8a-5a16e07a2b31, status: Scanning, files_scanned: 1200}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["start the scan of 2 file systems (home, projects) of NAS server nas01"]
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
      action: recover
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_agents.scans import ScanHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["started", "stopped"], "default": "started"},
    "nas_server": {"type": "str", "required": True},
    "file_systems": {"type": "list", "elements": "str"},
    **WAITING,
}
TASK = Task("file_virus_checker_scan", POWERSTORE, SPEC, bring_about(ScanHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
