#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_system
short_description: "PowerStore: manage file systems"
version_added: 1.0.0
description:
  - Brings a file system of a NAS server to the declared state. NFS exports and SMB shares make its directories
    available to clients.
  - A file system has its name within its NAS server. File systems and snapshots of one NAS server share a set of names,
    and file systems of different NAS servers can have the same name.
  - Every change is an asynchronous job on the array. The task waits for the job and reports its outcome.
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
      - With V(present), the file system exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the file system does not exist. The task refuses to delete one that has snapshots, NFS exports
        or SMB shares, and names them. Its quotas are deleted with it, and its clones stay.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing file system.
    type: str
  name:
    description:
      - Name of the file system, up to 255 characters. The array does not rename file systems.
      - Either O(name) or O(id) is required.
    type: str
  nas_server:
    description:
      - The NAS server that the file system belongs to, by name or id. Required with O(name).
      - It can be set only when the file system is created.
    type: str
  description:
    description: Up to 255 characters. V("") clears it.
    type: str
  size:
    description:
      - Size that clients see, such as C(500 GiB), or in bytes. 3 GiB to 256 TiB. Required for a new file system.
      - The array rounds it up to a whole number of MiB, and so does the comparison.
      - A file system can grow and shrink, but not below what it uses. The array itself uses about 1.5 GiB of it.
    type: str
  config_type:
    description:
      - What the file system is for. V(VMware) is for NFS datastores. It can be set only when the file system is
        created, and is V(General) by default.
      - A file system for VMware has no quotas, no file-level retention and no settings for SMB.
    type: str
    choices: [General, VMware]
  host_io_size:
    description:
      - Typical size of the hosts' reads and writes. It can be set only when the file system is created, with
        O(config_type=VMware).
    type: str
    choices: [VMware_8K, VMware_16K, VMware_32K, VMware_64K]
  access_policy:
    description: Whose permissions decide about access, if clients of NFS and SMB share the file system.
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
    description: Of which protocols the array publishes events of the file system.
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
  is_quota_enabled:
    description: Whether the array counts and limits what users store in the file system.
    type: bool
  grace_period:
    description:
      - For how many seconds a user can exceed a soft limit. At least -1.
      - V(-1) sets no end, and V(0) stands for one week.
    type: int
  default_hard_limit:
    description:
      - How much each user can store, such as C(10 GiB), or in bytes. V(0) sets no limit.
      - The array rounds it up to a multiple of 8 KiB.
    type: str
  default_soft_limit:
    description:
      - How much each user can store for longer than O(grace_period), such as C(8 GiB), or in bytes. V(0) sets no limit.
      - The array rounds it up to a multiple of 8 KiB. It must not be above O(default_hard_limit).
    type: str
  flr_mode:
    description:
      - File-level retention. Clients can lock files, which then nobody can change or delete until their retention ends.
      - It can be set only when the file system is created. By default, a file system has none.
      - With V(Enterprise), an administrator of the array can still delete the file system. With V(Compliance), nobody
        can as long as it has locked files.
    type: str
    choices: [Enterprise, Compliance]
  accept_compliance:
    description:
      - Accepts that O(flr_mode=Compliance) cannot be undone. Without V(true), the task does not create such a file
        system.
    type: bool
  flr_minimum_retention:
    description: Shortest retention of a file, such as V(30D), V(6M) or V(2Y), or V(infinite). Needs O(flr_mode).
    type: str
  flr_default_retention:
    description:
      - Retention of a file that a client locks without giving a time, such as V(30D), V(6M) or V(2Y), or V(infinite).
        Needs O(flr_mode).
    type: str
  flr_maximum_retention:
    description: Longest retention of a file, such as V(30D), V(6M) or V(2Y), or V(infinite). Needs O(flr_mode).
    type: str
  flr_auto_lock:
    description: Whether the array locks files after O(flr_policy_interval) without changes. Needs O(flr_mode).
    type: bool
  flr_auto_delete:
    description: Whether the array deletes locked files when their retention has ended. Needs O(flr_mode).
    type: bool
  flr_policy_interval:
    description:
      - After how many seconds without changes the array locks a file, 60 to 31536000, with O(flr_auto_lock=true). Needs
        O(flr_mode).
    type: int
notes:
  - Clients can notice a change of the access, locking or rename policy, of settings for SMB and events, or of
    O(is_async_mtime_enabled). Change them when nobody works on the file system.
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_system_clone
  - module: jobwise.appliance.file_system_refresh
  - module: jobwise.appliance.file_system_restore
  - module: jobwise.appliance.file_system_snapshot
"""

EXAMPLES = r"""
- name: Create a file system for home directories, with a quota for each user
  jobwise.appliance.file_system:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: home
    nas_server: nas01
    size: 2 TiB
    is_quota_enabled: true
    default_soft_limit: 8 GiB
    default_hard_limit: 10 GiB
  # host, username and password can come from module_defaults or from the environment, too

- name: Make it larger
  jobwise.appliance.file_system:
    name: home
    nas_server: nas01
    size: 3 TiB

- name: Create a file system for records that nobody can delete for seven years
  jobwise.appliance.file_system:
    name: records
    nas_server: nas01
    size: 500 GiB
    flr_mode: Compliance
    accept_compliance: true
    flr_minimum_retention: 7Y
    flr_default_retention: 7Y

- name: Create a file system for a VMware datastore
  jobwise.appliance.file_system:
    name: datastore01
    nas_server: nas01
    size: 4 TiB
    config_type: VMware

- name: Delete a file system
  jobwise.appliance.file_system:
    name: home
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The file system as the array returns it after the task, or before the task in check mode.
    - Null if the file system does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: home
    filesystem_type: Primary
    size_total: 3298534883328
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change size of file system home"]
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
      action: modify
      state: done
      phase: Completed
      percent: 100
      resource_id: "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
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
    kind: refused
    method: PATCH
    path: /api/rest/file_system/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_systems.handler import (
    FileSystemHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_systems import FILE_SYSTEM
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_SYSTEM, FileSystemHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
