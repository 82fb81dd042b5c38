#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_events_pool
short_description: "PowerStore: manage file events pools"
version_added: 1.0.0
description:
  - A pool is a set of servers that get a notification when clients do something with files, such as virus checkers, or
    programs that audit, index or archive files. The servers run Dell's Common Event Enabler (CEE, formerly CEPA).
  - A file events publisher (M(jobwise.appliance.file_events_publisher)) uses up to three pools, and NAS servers use a
    publisher.
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
      - With V(present), the file events pool exists and has the given attributes. Options that are not given leave
        theirs unchanged.
      - With V(absent), the file events pool does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing file events pool.
    type: str
  name:
    description:
      - Name of the file events pool, up to 80 characters.
      - Either O(name) or O(id) is required.
    type: str
  new_name:
    description:
      - New name of the file events pool. If it already has this one, it stays unchanged, so a second run does not fail.
      - If neither exists, the task creates it with this one.
    type: str
  file_events_publisher_servers:
    description:
      - Names and addresses of the servers, at least 1 and up to 5. Required to create a pool.
      - The list replaces the present one. Its order does not matter.
      - With MSRPC instead of HTTP, the servers must have names (see
        O(jobwise.appliance.file_events_publisher#module:http_port)).
    type: list
    elements: str
  destination_file_events_publisher_servers:
    description:
      - Names and addresses of the servers that the replica of a pool uses instead of those of its source. Up to 5.
      - Only for a replica, at the destination of a replication. V([]) makes it use the servers of the source again.
    type: list
    elements: str
  file_events_settings:
    description:
      - The events that the servers get, by category. Required to create a pool. O(file_events_settings_mode) says how
        the list is applied.
      - Events that an entry does not give stay as they are. In a category that the pool does not have yet, they are
        off.
      - A pool has at least one category and up to 3.
    type: list
    elements: dict
    suboptions:
      events_category:
        description:
          - With V(Pre_Events), the NAS server asks the servers before it does something, and refuses the client if they
            do.
          - With V(Post_Events), it notifies them afterwards.
          - With V(Post_Error_Events), it notifies them of what has failed.
        type: str
        choices: [Pre_Events, Post_Events, Post_Error_Events]
        required: true
      open_file_no_access:
        description:
          - Whether they are notified when a file is opened for something else than reading or writing. SMB and NFSv4.
        type: bool
      open_file_read:
        description: Whether the servers are notified when a file is opened for reading. SMB and NFSv4.
        type: bool
      open_file_write:
        description: Whether the servers are notified when a file is opened for writing. SMB and NFSv4.
        type: bool
      create_file:
        description: Whether the servers are notified when a file is created. SMB and NFS.
        type: bool
      create_dir:
        description: Whether the servers are notified when a directory is created. SMB and NFS.
        type: bool
      delete_file:
        description: Whether the servers are notified when a file is deleted. SMB and NFS.
        type: bool
      delete_dir:
        description: Whether the servers are notified when a directory is deleted. SMB and NFS.
        type: bool
      close_modified:
        description: Whether the servers are notified when a file is closed that was modified. SMB and NFSv4.
        type: bool
      close_unmodified:
        description: Whether the servers are notified when a file is closed that was not modified. SMB and NFSv4.
        type: bool
      rename_file:
        description: Whether the servers are notified when a file is renamed. SMB and NFS.
        type: bool
      rename_dir:
        description: Whether the servers are notified when a directory is renamed. SMB and NFS.
        type: bool
      set_acl_file:
        description: Whether the servers are notified when the ACL of a file is changed. SMB.
        type: bool
      set_acl_dir:
        description: Whether the servers are notified when the ACL of a directory is changed. SMB.
        type: bool
      open_dir:
        description: Whether the servers are notified when a directory is opened. SMB.
        type: bool
      close_dir:
        description: Whether the servers are notified when a directory is closed. SMB.
        type: bool
      file_read:
        description: Whether the servers are notified when a file is read. NFS.
        type: bool
      file_write:
        description: Whether the servers are notified when a file is written. NFS.
        type: bool
      set_sec_file:
        description: Whether the servers are notified when the permissions of a file are changed. NFS.
        type: bool
      set_sec_dir:
        description: Whether the servers are notified when the permissions of a directory are changed. NFS.
        type: bool
      open_file_read_offline:
        description: Whether the servers are notified when an offline file is opened for reading. SMB and NFSv4.
        type: bool
      open_file_write_offline:
        description: Whether the servers are notified when an offline file is opened for writing. SMB and NFSv4.
        type: bool
  file_events_settings_mode:
    description:
      - With V(exact), the pool has exactly the categories in O(file_events_settings).
      - With V(add), the task adds the missing categories, changes the events of those that the pool has, and leaves
        other categories alone.
      - With V(remove), the task removes these categories. Only their names count. The last one cannot be removed.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole pool.
    type: str
    choices: [exact, add, remove]
    default: exact
seealso:
  - module: jobwise.appliance.file_events_publisher
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Notify two servers of files that appear, disappear, or get another name
  jobwise.appliance.file_events_pool:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: audit
    file_events_publisher_servers: [cee1.example.com, cee2.example.com]
    file_events_settings:
      - {events_category: Post_Events, create_file: true, delete_file: true, rename_file: true}
  # host, username and password can come from module_defaults or from the environment, too

- name: Ask the servers before a file is opened for writing
  jobwise.appliance.file_events_pool:
    name: audit
    file_events_settings:
      - {events_category: Pre_Events, open_file_write: true}
    file_events_settings_mode: add

- name: Delete the pool
  jobwise.appliance.file_events_pool:
    name: audit
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The file events pool as the array returns it after the task, or before the task in check mode.
    - Null if the file events pool does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: audit
    is_replica: false
    file_events_publisher_servers: [cee1.example.com, cee2.example.com]
    destination_file_events_publisher_servers:
    file_events_settings:
      - {events_category: Post_Events, create_file: true, delete_file: true, rename_file: true, open_dir: false}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add 1 category (Pre_Events) to file events pool audit"]
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
    path: /api/rest/file_events_pool/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_agents.events import PoolHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_agents import (
    FILE_EVENTS_POOL,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_EVENTS_POOL, PoolHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
