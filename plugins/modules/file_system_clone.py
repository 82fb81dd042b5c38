#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_system_clone
short_description: "PowerStore: manage clones of file systems"
version_added: 1.0.0
description:
  - Creates, changes and deletes a clone of a file system, of another clone, or of a snapshot. The clone's name and its
    source identify it. It is on the NAS server of its source.
  - If a clone of that name exists, the task does not create it again. A clone is a file system, so manage its size, its
    quotas and everything else with M(jobwise.appliance.file_system).
  - The array copies neither exports and shares nor quotas and policies.
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
      - Whether the clone exists. The task deletes only a clone of the given source.
      - With V(absent), the task fails if the source does not exist any more but a clone of that name does. Check that
        it is the clone that you mean, and delete it with M(jobwise.appliance.file_system).
      - The task refuses to delete a clone that has snapshots, NFS exports or SMB shares, and names them.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the clone, up to 255 characters. The array does not rename file systems.
    type: str
    required: true
  file_system:
    description: The file system or clone that is cloned, or whose snapshot is cloned, by name or id.
    type: str
    required: true
  nas_server:
    description: The NAS server of the file system, by name or id. Required unless O(file_system) is an id.
    type: str
  snapshot:
    description:
      - The snapshot of O(file_system) that is cloned, by name or id. If it is not given, the file system itself is
        cloned.
      - Only the creation needs it. If it has expired since, the task leaves the clone as it is.
    type: str
  description:
    description: Up to 255 characters. V("") clears it.
    type: str
  access_policy:
    description: Whose permissions decide about access, if clients of NFS and SMB share the clone.
    type: str
    choices: [Native, UNIX, Windows]
  locking_policy:
    description: Whether NFSv3 clients must respect the locks of others (V(Mandatory)).
    type: str
    choices: [Advisory, Mandatory]
  folder_rename_policy:
    description: Which clients can rename a directory while files in it are open.
    type: str
    choices: [All_Allowed, SMB_Forbidden, All_Forbidden]
  is_smb_sync_writes_enabled:
    description: Whether writes of SMB clients are synchronous.
    type: bool
  is_smb_op_locks_enabled:
    description: Whether SMB clients can have opportunistic locks.
    type: bool
  is_smb_no_notify_enabled:
    description: Whether SMB clients are not notified of changes in directories.
    type: bool
  is_smb_notify_on_access_enabled:
    description: Whether SMB clients are notified when files are read.
    type: bool
  is_smb_notify_on_write_enabled:
    description: Whether SMB clients are notified when files are written.
    type: bool
  smb_notify_on_change_dir_depth:
    description: Down to which level of directories SMB clients are notified of changes, 1 to 512.
    type: int
  is_async_mtime_enabled:
    description: Whether the array writes modification times asynchronously.
    type: bool
  file_events_publishing_mode:
    description: Of which protocols the array publishes events of the clone.
    type: str
    choices: [None, SMB_Only, NFS_Only, All]
  protection_policy:
    description: Protection policy, by name or id. V("") removes it.
    type: str
  performance_policy:
    description:
      - File QoS policy that limits the bandwidth, by name or id. V("") removes it.
      - On PowerStoreOS 4.1 and later.
    type: str
  accept_compliance:
    description:
      - Accepts that the clone of a file system with C(flr_mode=Compliance) has that mode as well, which cannot be
        undone. Without V(true), the task does not create such a clone.
    type: bool
notes:
  - A clone has the settings of its source unless the task gives others.
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_system
  - module: jobwise.appliance.file_system_refresh
  - module: jobwise.appliance.file_system_restore
  - module: jobwise.appliance.file_system_snapshot
"""

EXAMPLES = r"""
- name: Create a copy of last night's data for the testers
  jobwise.appliance.file_system_clone:
    name: home-test
    file_system: home
    nas_server: nas01
    snapshot: nightly
    description: For the testers

- name: Let their client read it
  jobwise.appliance.nfs_export:
    name: home-test
    nas_server: nas01
    file_system: home-test
    path: /home-test
    read_only_hosts: [192.0.2.40]

- name: Take the export away
  jobwise.appliance.nfs_export:
    name: home-test
    nas_server: nas01
    state: absent

- name: Delete the clone
  jobwise.appliance.file_system_clone:
    name: home-test
    file_system: home
    nas_server: nas01
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
    name: home-test
    filesystem_type: Primary
    size_total: 2199023255552
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create clone home-test"]
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.copy import CLONES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_copy import FileCopyHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.file_family import FILE_SYSTEMS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.copies import FILE_CLONE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    **FILE_CLONE.argument_spec(),
    "name": {"type": "str", "required": True},
    "file_system": {"type": "str", "required": True},
    "nas_server": {"type": "str"},
    "snapshot": {"type": "str"},
    **WAITING,
}
del SPEC["id"]


def make_handler(client: PowerStoreClient, desired: Json) -> FileCopyHandler:
    """Return the handler of the clone that the task names."""
    return FileCopyHandler(client, FILE_CLONE, FILE_SYSTEMS, desired, CLONES)


TASK = Task("file_system_clone", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
