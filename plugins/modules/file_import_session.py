#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_import_session
short_description: "PowerStore: import NAS servers from another array"
version_added: 1.0.0
description:
  - Brings the import of a NAS server to a goal from whatever state it is in. The task creates the session, cuts over,
    commits, pauses, resumes and cancels, and waits between these steps.
  - The import brings the NAS server's file systems, shares, exports, quotas and settings. It runs on the array without
    the task. If a task was interrupted or timed out, run it again. It continues from the import's present state.
  - Some goals cannot be reached from some states. The task then fails, changes nothing, and says why and what to do.
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
      - With V(present), the session exists. The array starts the import when it has capacity for it, or at the
        scheduled time.
      - With V(ready), the first copy is done and the import is ready for the cut-over. The task does nothing if the
        import is past this point.
      - With V(cut_over), clients are served by this array and everything is copied. V(cancelled) can still bring them
        back to the old array, to which the array keeps writing.
      - With V(completed), the import is committed. This cannot be undone.
      - With V(paused), a running copy is paused, before or after the cut-over. V(ready), V(cut_over) and V(completed)
        resume it, and also resume an import that has failed. The task creates no session.
      - With V(cancelled), the import is stopped. The array deletes the imported NAS server with its file systems, and
        clients are served by the old array again. The task creates no session.
      - With V(absent), the record of an import that has ended is deleted. The imported NAS server stays. The task never
        cancels a running import; it fails instead. Cancel the import first.
    type: str
    choices: [present, ready, cut_over, completed, paused, cancelled, absent]
    default: present
  name:
    description:
      - Name of the session, up to 32 characters without white space or any of C(<>"`\/{}?#%&=@).
      - Either O(name) or O(id) is required. To create a session, O(name) is required.
    type: str
  new_name:
    description:
      - New name of the session. If it already has this one, it stays unchanged, so a second run does not fail.
      - If neither exists, the task creates the session with this one.
    type: str
  id:
    description: Id of an existing session.
    type: str
  description:
    description:
      - Up to 128 characters.
      - V("") clears it.
    type: str
  remote_system:
    description:
      - Array to import from, by name or id. Required to create a session. It cannot be changed later.
    type: str
  source:
    description:
      - NAS server to import, by name or id, as discovered on O(remote_system). Its name, file systems and interfaces
        must not change during the import.
      - Required to create a session. It cannot be changed later.
    type: str
  source_interface:
    description:
      - Name of the interface for imports on the old array. By default, the array chooses one. It cannot be changed
        later.
      - On PowerStoreOS 3.2 and later.
    type: str
  import_interface:
    description:
      - Interface through which the array copies, by name or id. It has no other name than its address, such as
        V(192.0.2.41), see M(jobwise.appliance.file_import_interface).
      - Required to create a session. It cannot be changed later.
    type: str
  file_interfaces:
    description:
      - Ports for the interfaces that clients use, which move to this array at the cut-over. Those that are not listed
        move to the system bond.
      - They are set when the session is created. The array does not return them, so later runs do not compare them.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the interface on the old array.
        type: str
        required: true
      ip_port_id:
        description:
          - Id of the IP port. Ports have no names. M(jobwise.appliance.powerstore_info) with C(type=ip_port) lists
            them.
        type: str
        required: true
  protection_policy:
    description:
      - Protection policy, by name or id, that the imported file systems get after the commit.
      - The policy must not have a replication rule. It cannot be changed later.
    type: str
  scheduled_timestamp:
    description:
      - When the import starts, such as V(2030-12-31T23:59:00Z).
      - It can change as long as the session is C(Scheduled).
    type: str
  source_smb_admin_username:
    description:
      - Administrator of the old SMB server, up to 1023 characters.
      - Required to import a NAS server with SMB shares.
    type: str
  source_smb_admin_password:
    description:
      - Password of O(source_smb_admin_username), up to 1023 characters.
    type: str
  source_dhsm_username:
    description:
      - User of the old DHSM server, up to 1023 characters.
      - Required to import file systems with file-level retention.
    type: str
  source_dhsm_password:
    description:
      - Password of O(source_dhsm_username), up to 1023 characters.
    type: str
  cta_admin_username:
    description:
      - User of the Cloud Tiering Appliance, up to 1023 characters.
      - Required to import a NAS server of a Unity that is connected to such an appliance.
      - On PowerStoreOS 4.1 and later.
    type: str
  cta_admin_password:
    description:
      - Password of O(cta_admin_username), up to 1023 characters.
      - On PowerStoreOS 4.1 and later.
    type: str
  update_secrets:
    description:
      - With V(on_create), the task sets the passwords when it creates the session, and each one again when its user
        changes.
      - With V(always), every run sets them and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
  domain_admin_username:
    description:
      - User who may join computers to the Active Directory domain of the SMB server.
      - The cut-over of an SMB server in a domain needs it, and so does V(cancelled) after the cut-over.
    type: str
  domain_admin_password:
    description: Password of O(domain_admin_username).
    type: str
  new_source_smb_server_configuration:
    description:
      - What the SMB server on the old array becomes at the cut-over, when this array takes over its identity. By
        default, the array chooses it.
    type: dict
    suboptions:
      is_standalone:
        description: Whether it is in no Active Directory domain.
        type: bool
      computer_name:
        description: Name of its computer account, up to 63 characters.
        type: str
      domain:
        description: Its Active Directory domain, up to 255 characters.
        type: str
      organizational_unit:
        description: Its organizational unit.
        type: str
      netbios_name:
        description: Its NetBIOS name, up to 15 characters.
        type: str
      workgroup:
        description: Its workgroup, up to 15 characters.
        type: str
  force:
    description:
      - Whether V(completed) commits, and V(cancelled) cancels, even if the old array does not answer. The old array is
        then not cleaned up.
    type: bool
    default: false
  report:
    description:
      - Whether C(resource.report) has the array's report, with the progress of each file system, the interfaces and the
        warnings.
      - The report of an import that has failed is read in any case.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for each job and for each state on the way to the goal, more than 0. Copying takes hours.
      - After that time, the task fails, but the import continues. The next run continues from there.
    type: float
    default: 600.0
notes:
  - The array shows an import's state in two values. While C(state) is C(In_Progress), C(current_operation) says more,
    so plan and messages name the operation.
  - The task polls the state until it changes. In the controller, the task shows state and percent while it waits.
  - With O(wait=false), the task still waits for what an action depends on, such as the copy before the cut-over. It
    does not wait for the goal itself.
  - The task also waits for a scheduled session to start, unless O(state=present).
  - In check mode, the plan lists all actions that the task would take if each one succeeds.
seealso:
  - module: jobwise.appliance.file_import_interface
  - module: jobwise.appliance.import_session
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Copy a NAS server until it is ready for the cut-over
  jobwise.appliance.file_import_session:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: vdm01
    remote_system: unity1
    source: vdm01
    import_interface: 192.0.2.41
    state: ready
    wait_timeout: 86400
  # host, username and password of the following tasks come from module_defaults or from the environment

- name: Cut over in the maintenance window, and keep the way back
  jobwise.appliance.file_import_session:
    name: vdm01
    state: cut_over
    wait_timeout: 86400

- name: Commit once the applications have been tested
  jobwise.appliance.file_import_session:
    name: vdm01
    state: completed

- name: Start the import of an SMB server on a Saturday night
  jobwise.appliance.file_import_session:
    name: vdm02
    remote_system: unity1
    source: vdm02
    import_interface: 192.0.2.41
    source_smb_admin_username: administrator
    source_smb_admin_password: "{{ old_admin_password }}"
    scheduled_timestamp: "2030-11-23T22:00:00Z"

- name: Cancel an import even if the old array no longer answers
  jobwise.appliance.file_import_session:
    name: vdm02
    state: cancelled
    force: true

- name: Delete the record of an import that has ended
  jobwise.appliance.file_import_session:
    name: vdm02
    state: absent

- name: Read the report of an import
  jobwise.appliance.file_import_session:
    name: vdm01
    report: true
  register: result

- name: Show how far each file system is
  ansible.builtin.debug:
    var: result.resource.report.file_systems
"""

RETURN = r"""
resource:
  description:
    - The session as the array returns it after the task, or before the task in check mode.
    - Null if the session does not exist, or if the task did not wait for its last job.
    - C(report) has the array's report if the task asks for it, or if the import has failed.
  returned: always
  type: dict
  sample:
    id: 5d0c52a3-9a0c-4d06-8f34-2b9c9a4c2d11
    name: vdm01
    description: null
    state: In_Progress
    current_operation: Ready_For_Cutover
    current_operation_progress_percentage: 100
    estimated_completion_timestamp: null
    last_update_timestamp: "2030-11-23T23:10:07.000+00:00"
    scheduled_timestamp: null
    remote_system_id: 0b6f4f0e-6a4c-4d4e-9a2b-8d5c1f2e3a40
    remote_system: {id: 0b6f4f0e-6a4c-4d4e-9a2b-8d5c1f2e3a40, name: unity1}
    source_resource_id: 7f3b9a52-2d7c-4b1e-8c59-3e1a6d4b5c20
    source: {id: 7f3b9a52-2d7c-4b1e-8c59-3e1a6d4b5c20, name: vdm01}
    import_file_interface_id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    import_interface: {id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1, name: 192.0.2.41}
    destination_resource_id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    destination_resource_type: nas_server
    nas_server_id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    protection_policy_id: null
    source_smb_admin_username: null
    source_dhsm_username: null
    error: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample:
    - create file import session vdm01
    - wait until file import session vdm01 is Ready_For_Cutover
    - cut over file import session vdm01
    - wait until file import session vdm01 is Ready_For_Commit
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
      action: create
      state: done
      phase: Completed
      percent: 100
      resource_id: 5d0c52a3-9a0c-4d06-8f34-2b9c9a4c2d11
      adopted: false
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
    - If an import has failed, C(messages) has the array's messages about it.
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
    messages:
      - code: "0xE08010090020"
        severity: Error
        message: The copy failed because the source could not be read. Correct the cause, then resume the import.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.file_handler import (
    FileImportHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.file_states import GOALS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.imports import (
    FILE_IMPORT_SESSION,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

PORTS: Json = {"name": {"type": "str", "required": True}, "ip_port_id": {"type": "str", "required": True}}
SMB_SERVER: Json = {
    "is_standalone": {"type": "bool"},
    **{
        name: {"type": "str"}
        for name in ("computer_name", "domain", "organizational_unit", "netbios_name", "workgroup")
    },
}
SPEC: Json = {
    **FILE_IMPORT_SESSION.argument_spec(),
    "state": {"type": "str", "choices": list(GOALS), "default": "present"},
    "file_interfaces": {"type": "list", "elements": "dict", "options": PORTS},
    "domain_admin_username": {"type": "str"},
    "domain_admin_password": {"type": "str", "no_log": True},
    "new_source_smb_server_configuration": {"type": "dict", "options": SMB_SERVER},
    "force": {"type": "bool", "default": False},
    "report": {"type": "bool", "default": False},
    **WAITING,
}


def make_handler(client: PowerStoreClient, desired: Json) -> FileImportHandler:
    """Return the handler of the file import session that the task names."""
    return FileImportHandler(client, FILE_IMPORT_SESSION, desired)


TASK = Task(
    "file_import_session",
    POWERSTORE,
    SPEC,
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
