#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_system_snapshot
short_description: "PowerStore: manage snapshots of file systems"
version_added: 1.0.0
description:
  - Takes, changes and deletes a snapshot of a file system. The snapshot's name, the file system and its NAS server
    identify it.
  - If the file system has a snapshot of that name, the task does not take another one. Use a different name for each
    snapshot, for example one that contains a date.
  - The name must be free on the NAS server. File systems and snapshots of one NAS server share a set of names.
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
      - Whether the snapshot exists.
      - With V(absent), the task refuses to delete a snapshot that NFS exports or SMB shares are on, and names them.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the snapshot, up to 255 characters. The array does not rename snapshots.
    type: str
    required: true
  file_system:
    description:
      - The file system or clone whose snapshot this is, by name or id.
      - The array takes no snapshots of snapshots.
    type: str
    required: true
  nas_server:
    description: The NAS server of the file system, by name or id. Required unless O(file_system) is an id.
    type: str
  description:
    description: Up to 255 characters. V("") clears it.
    type: str
  expiration_timestamp:
    description:
      - When the array deletes the snapshot automatically, with a time zone, as in V(2030-12-31T23:59:00Z).
      - With V(""), the array keeps it until somebody deletes it. For a new one, that is the default.
      - The expiration of a secure snapshot can only move to a later time.
    type: str
  is_secure:
    description:
      - Whether nobody can delete the snapshot before it expires, on PowerStoreOS 4.1 and later.
      - A secure snapshot needs O(expiration_timestamp).
      - A secure snapshot cannot be made insecure again.
    type: bool
  is_auto_delete_enabled:
    description:
      - Whether the array can delete the snapshot when it lacks space.
      - It can be set only when the snapshot is created. The array does not show it, so the task does not compare it.
    type: bool
  access_type:
    description:
      - How clients reach the snapshot. With V(Snapshot), they find it in the directory C(.snapshot) of the file system.
        With V(Protocol), they find it through NFS exports and SMB shares of its own.
      - It can be set only when the snapshot is created, and is V(Snapshot) by default.
    type: str
    choices: [Snapshot, Protocol]
  access_policy:
    description:
      - Whose permissions decide about access, if clients of NFS and SMB share the snapshot.
      - Needs O(access_type=Protocol).
    type: str
    choices: [Native, UNIX, Windows]
  locking_policy:
    description: Whether NFSv3 clients must respect the locks of others (V(Mandatory)). Needs O(access_type=Protocol).
    type: str
    choices: [Advisory, Mandatory]
  folder_rename_policy:
    description: Which clients can rename a directory while files in it are open. Needs O(access_type=Protocol).
    type: str
    choices: [All_Allowed, SMB_Forbidden, All_Forbidden]
  is_smb_sync_writes_enabled:
    description: Whether writes of SMB clients are synchronous. Needs O(access_type=Protocol).
    type: bool
  is_smb_op_locks_enabled:
    description: Whether SMB clients can have opportunistic locks. Needs O(access_type=Protocol).
    type: bool
  is_smb_no_notify_enabled:
    description: Whether SMB clients are not notified of changes in directories. Needs O(access_type=Protocol).
    type: bool
  is_smb_notify_on_access_enabled:
    description: Whether SMB clients are notified when files are read. Needs O(access_type=Protocol).
    type: bool
  is_smb_notify_on_write_enabled:
    description: Whether SMB clients are notified when files are written. Needs O(access_type=Protocol).
    type: bool
  smb_notify_on_change_dir_depth:
    description:
      - Down to which level of directories SMB clients are notified of changes, 1 to 512.
      - Needs O(access_type=Protocol).
    type: int
  is_async_mtime_enabled:
    description: Whether the array writes modification times asynchronously. Needs O(access_type=Protocol).
    type: bool
  file_events_publishing_mode:
    description: Of which protocols the array publishes events of the snapshot. Needs O(access_type=Protocol).
    type: str
    choices: [None, SMB_Only, NFS_Only, All]
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_system
  - module: jobwise.appliance.file_system_clone
  - module: jobwise.appliance.file_system_refresh
  - module: jobwise.appliance.file_system_restore
"""

EXAMPLES = r"""
- name: Take a snapshot before the upgrade
  jobwise.appliance.file_system_snapshot:
    name: before-upgrade
    file_system: home
    nas_server: nas01
    expiration_timestamp: "2030-12-31T23:59:00Z"

- name: Take one that an NFS export can share
  jobwise.appliance.file_system_snapshot:
    name: home-for-tests
    file_system: home
    nas_server: nas01
    access_type: Protocol

- name: Keep the first one
  jobwise.appliance.file_system_snapshot:
    name: before-upgrade
    file_system: home
    nas_server: nas01
    expiration_timestamp: ""

- name: Delete it
  jobwise.appliance.file_system_snapshot:
    name: before-upgrade
    file_system: home
    nas_server: nas01
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
    filesystem_type: Snapshot
    expiration_timestamp: "2030-12-31T23:59:00+00:00"
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create snapshot before-upgrade of file system home"]
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.copy import SNAPSHOTS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_copy import FileCopyHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_family import FILE_SYSTEMS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.copies import FILE_SNAPSHOT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    **FILE_SNAPSHOT.argument_spec(),
    "name": {"type": "str", "required": True},
    "file_system": {"type": "str", "required": True},
    "nas_server": {"type": "str"},
    **WAITING,
}
del SPEC["id"]


def make_handler(client: PowerStoreClient, desired: Json) -> FileCopyHandler:
    """Return the handler of the snapshot that the task names."""
    return FileCopyHandler(client, FILE_SNAPSHOT, FILE_SYSTEMS, desired, SNAPSHOTS)


TASK = Task("file_system_snapshot", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
