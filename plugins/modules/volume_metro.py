#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume_metro
short_description: "PowerStore: stretch a volume over two arrays"
version_added: 1.0.0
description:
  - Configures metro for a volume, which keeps it identical on two arrays, or ends it.
  - Ending metro leaves the volume on this array unchanged.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description: Whether the volume is stretched.
    type: str
    choices: [present, absent]
    default: present
  volume:
    description:
      - The volume, by name or id.
      - A volume in a volume group is stretched with its group, with M(jobwise.appliance.volume_group_metro).
    type: str
    required: true
  remote_system:
    description:
      - The other array, by name or id of its remote system on this array. Required with O(state=present).
      - If the volume is stretched to another system, the task fails. With O(state=absent), it does so only if this
        option is given.
    type: str
  remote_appliance_id:
    description:
      - Appliance of the other array on which to create the volume. If it is not given, the other array chooses one.
      - It has an effect only when the task stretches the volume. This array does not show where the remote volume is.
    type: str
  delete_remote_volume:
    description:
      - With O(state=absent), whether to delete the volume on the other array. By default, it stays and gets a new
        identity.
      - With O(state=present), V(true) is an error.
    type: bool
  force:
    description:
      - With O(state=absent), whether to end metro even if the other array cannot be reached, or if it is the preferred
        side.
      - With O(state=present), V(true) is an error.
    type: bool
notes:
  - Each array maps its own side. Map the volume on the other array to the hosts there.
  - The task ends when metro is configured. The first copy of the data continues after that; the replication session in
    the task's result shows its state.
  - While a volume is stretched, the array changes, refreshes and restores it only if its replication session is paused.
    It also grows, refreshes and restores it while the session is fractured.
seealso:
  - module: jobwise.appliance.volume
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.volume_clone
  - module: jobwise.appliance.volume_group
  - module: jobwise.appliance.volume_group_clone
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.volume_group_refresh
  - module: jobwise.appliance.volume_group_restore
  - module: jobwise.appliance.volume_group_snapshot
  - module: jobwise.appliance.volume_refresh
  - module: jobwise.appliance.volume_restore
  - module: jobwise.appliance.volume_snapshot
"""

EXAMPLES = r"""
- name: Stretch a volume to the other site
  jobwise.appliance.volume_metro:
    host: powerstore.example.com
    username: admin
    password: "{{ powerstore_password }}"
    volume: ora01-data
    remote_system: powerstore-south

- name: End metro and delete the volume on the other array
  jobwise.appliance.volume_metro:
    volume: ora01-data
    state: absent
    delete_remote_volume: true
  # host, username and password come from module_defaults or from the environment
"""

RETURN = r"""
resource:
  description:
    - The volume as the array returns it after the task, or before the task in check mode.
    - Null if the volume does not exist, or if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    metro_replication_session:
      description: The replication session that keeps both sides identical. Null if the volume is not stretched.
      type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: ora01-data
    type: Primary
    metro_replication_session_id: 9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22
    metro_replication_session:
      id: 9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22
      state: Initializing
      role: Metro_Preferred
      remote_system: {id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10, name: powerstore-south}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["stretch volume ora01-data to powerstore-south"]
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
      action: configure_metro
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.family import VOLUMES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.copies.metro import MetroHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "volume": {"type": "str", "required": True},
    "remote_system": {"type": "str"},
    "remote_appliance_id": {"type": "str"},
    "delete_remote_volume": {"type": "bool"},
    "force": {"type": "bool"},
    **WAITING,
}


def make_handler(client: PowerStoreClient, desired: Json) -> MetroHandler:
    """Return the handler of the volume that the task names."""
    return MetroHandler(client, VOLUMES, desired)


TASK = Task("volume_metro", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
