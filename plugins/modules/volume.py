#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume
short_description: "PowerStore: manage volumes and their mappings"
version_added: 1.0.0
description:
  - Brings a volume, its group, its policies and its mappings to hosts and host groups to the declared state.
  - Every change is an asynchronous job on the array. The task waits for the job and reports its outcome.
  - The module manages primary volumes and clones. It never mistakes a snapshot for a volume, even if both have the same
    name.
  - Volumes are thin, so they take space when hosts write. The array accepts a volume that is larger than its free
    space.
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
      - With V(present), the volume exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the volume does not exist. The array deletes its snapshots with it, and the task names them.
        Clones stay.
      - The task refuses to delete a volume that is mapped, in a volume group, under a protection policy or a metro
        volume, or that has secure snapshots. It names everything that is in the way. Remove that with tasks of their
        own first, or let O(allow_detach=true) take away what the task names of it. O(mapped_hosts=[]) in the task that
        deletes the volume has no effect.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the volume, up to 128 characters. The array ignores case when it searches for a name.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing volume.
    type: str
  new_name:
    description:
      - New name of the volume. A volume that already has this name stays unchanged, so a second run does not fail.
      - If no volume has either name, the task creates one with this name.
    type: str
  description:
    description: Up to 128 characters. V("") clears it.
    type: str
  size:
    description:
      - Size of the volume, such as V(10GiB) or V(1.5T), from 1 MiB to 256 TiB. Units are powers of 1024; a number
        without a unit is bytes. It must be a multiple of 8192 bytes. Required to create a volume.
      - A volume can only grow. The task fails before it writes anything if the volume is larger.
    type: str
  min_size:
    description:
      - Smallest size that the new volume may have, in the form of O(size). 1 MiB to 256 TiB.
      - The array does not return it. It counts only when the task creates the volume, and is ignored for an existing
        one.
    type: str
  sector_size:
    description:
      - Sector size of the new volume in bytes.
      - The array does not return it. It counts only when the task creates the volume, and is ignored for an existing
        one.
    type: int
    choices: [512, 4096]
  appliance:
    description:
      - Appliance of the cluster that holds the new volume, by name or id. By default, the array chooses one.
      - It cannot be changed later. The task fails if an existing volume is on another one; a migration moves it.
    type: str
  volume_group:
    description:
      - Volume group that holds the volume, by name or id. V("") takes the volume out of its group.
      - A volume is in one group at most. To move it, the task takes it out of its group first. For that moment, neither
        of the groups includes it in snapshots or in a replication.
      - All volumes of a group are on the same appliance. The protection policy of a group covers its volumes, although
        O(protection_policy) of each stays empty.
      - O(jobwise.appliance.volume_group#module:volumes) sets the same from the side of the group.
    type: str
  app_type:
    description:
      - Application that uses the volume. V(Boot_Volume_Other) needs PowerStoreOS 4.1 or later.
    type: str
    choices:
      - Relational_Databases_Other
      - Relational_Databases_Oracle
      - Relational_Databases_SQL_Server
      - Relational_Databases_PostgreSQL
      - Relational_Databases_MySQL
      - Relational_Databases_IBM_DB2
      - Big_Data_Analytics_Other
      - Big_Data_Analytics_MongoDB
      - Big_Data_Analytics_Cassandra
      - Big_Data_Analytics_SAP_HANA
      - Big_Data_Analytics_Spark
      - Big_Data_Analytics_Splunk
      - Big_Data_Analytics_ElasticSearch
      - Business_Applications_Other
      - Business_Applications_ERP_SAP
      - Business_Applications_CRM
      - Business_Applications_Exchange
      - Business_Applications_Sharepoint
      - Healthcare_Other
      - Healthcare_Epic
      - Healthcare_MEDITECH
      - Healthcare_Allscripts
      - Healthcare_Cerner
      - Virtualization_Other
      - Virtualization_Virtual_Servers_VSI
      - Virtualization_Containers_Kubernetes
      - Virtualization_Virtual_Desktops_VDI
      - Boot_Volume_Other
      - Other
  app_type_other:
    description:
      - Name of the application, up to 32 characters. It needs an O(app_type) that ends in C(Other). V("") clears it.
      - The array clears it if O(app_type) changes to one that does not end in C(Other).
    type: str
  performance_policy:
    description: Share of the array's performance that the volume gets under load. By default, the array uses V(medium).
    type: str
    choices: [low, medium, high]
  protection_policy:
    description:
      - Protection policy by name or id. V("") removes it.
      - A policy with a replication rule starts a replication session, and its removal ends that session.
    type: str
  qos_performance_policy:
    description: QoS policy by name or id, on PowerStoreOS 4.0 and later. V("") removes it.
    type: str
  node_affinity:
    description:
      - Node that offers the better path to the volume.
      - With V(System_Select_At_Attach), the array selects one when the volume is first mapped. The volume then shows
        V(System_Selected_Node_A) or V(System_Selected_Node_B), which is no difference.
    type: str
    choices: [System_Select_At_Attach, Preferred_Node_A, Preferred_Node_B]
  is_replication_destination:
    description:
      - Only V(false) can be set. It releases a volume whose replication session is gone.
    type: bool
  mapped_hosts:
    description:
      - Hosts that see the volume. O(mapped_hosts_mode) says how the list is applied.
      - A host that is in a host group is mapped through its group. The task names the group.
    type: list
    elements: dict
    suboptions:
      host:
        description: The host, by name or id.
        type: str
        required: true
      logical_unit_number:
        description:
          - LUN of the volume at this host, 0 to 16383. By default, the array chooses a free one, and a LUN that the
            volume has there is left as it is.
          - If another volume has the LUN there, the task fails and names it.
          - Hosts with NVMe use the C(nsid) of the result instead.
        type: int
  mapped_hosts_mode:
    description:
      - V(exact) maps the volume to exactly the hosts in O(mapped_hosts). V([]) takes it from all hosts.
      - V(add) adds the missing hosts and leaves others alone.
      - V(remove) takes the volume from those of the hosts that see it.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the volume.
    type: str
    choices: [exact, add, remove]
    default: exact
  mapped_host_groups:
    description: Host groups that see the volume. O(mapped_host_groups_mode) says how the list is applied.
    type: list
    elements: dict
    suboptions:
      host_group:
        description: The host group, by name or id.
        type: str
        required: true
      logical_unit_number:
        description: LUN of the volume at the hosts of this group, as O(mapped_hosts[].logical_unit_number).
        type: int
  mapped_host_groups_mode:
    description: Like O(mapped_hosts_mode), for O(mapped_host_groups).
    type: str
    choices: [exact, add, remove]
    default: exact
  allow_detach:
    description:
      - Whether hosts may lose the volume.
      - With O(state=present), whether the task may change the LUN of a mapping. The array cannot change it in place.
        The task detaches the volume and attaches it again, and for that time the hosts lose it. Without V(true), the
        task fails.
      - With O(state=absent), V(true) unmaps the volume from the hosts in O(mapped_hosts) and the groups in
        O(mapped_host_groups), and removes O(protection_policy), before the task deletes the volume. If others see the
        volume as well, or another policy protects it, the task fails and changes nothing.
    type: bool
  recover:
    description:
      - What to do if the volume does not exist and the recycle bin holds one of this name.
      - V(true) takes that one back, with its data and snapshots, and then sets what the other options say. It comes
        back in no group, mapped to no host and without a protection policy. The bin does not show every attribute, so
        the task writes those that it gives, even if they are as desired.
      - If the bin does not hold one either, V(true) creates a new and empty volume.
      - V(false) creates a new volume in any case. An array that keeps the names in its recycle bin refuses that.
      - Without this option, the task fails and says since when the volume is in the bin, and when it expires.
    type: bool
  immediate:
    description:
      - With O(state=absent), whether the volume skips the recycle bin. By default, the array skips it.
      - With O(state=present), V(true) is an error.
    type: bool
  force:
    description:
      - Whether to remove the protection policy even from a replication destination that never synchronized.
      - It has an effect only if O(protection_policy) is V("").
    type: bool
seealso:
  - module: jobwise.appliance.host
  - module: jobwise.appliance.volume_group
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.volume_group_clone
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.volume_group_refresh
  - module: jobwise.appliance.volume_group_restore
  - module: jobwise.appliance.volume_group_snapshot
  - module: jobwise.appliance.volume_clone
  - module: jobwise.appliance.volume_metro
  - module: jobwise.appliance.volume_refresh
  - module: jobwise.appliance.volume_restore
  - module: jobwise.appliance.volume_snapshot
"""

EXAMPLES = r"""
- name: Create a volume for a database and map it to a host
  jobwise.appliance.volume:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: ora01-data
    size: 500GiB
    app_type: Relational_Databases_Oracle
    performance_policy: high
    protection_policy: gold
    mapped_hosts:
      - host: ora01
  register: ora01_data
  # host, username and password can come from module_defaults or from the environment, too

- name: Show how the host finds the volume
  ansible.builtin.debug:
    msg: "{{ ora01_data.resource.wwn }}"

- name: Map a datastore to a cluster of ESXi hosts with a fixed LUN
  jobwise.appliance.volume:
    name: datastore7
    size: 4TiB
    mapped_host_groups:
      - {host_group: esx-cluster, logical_unit_number: 7}

- name: Grow the volume and let one more host see it
  jobwise.appliance.volume:
    name: ora01-data
    size: 750GiB
    mapped_hosts:
      - host: ora02
    mapped_hosts_mode: add

- name: Change a LUN in a maintenance window
  jobwise.appliance.volume:
    name: ora01-data
    mapped_hosts:
      - {host: ora01, logical_unit_number: 12}
    mapped_hosts_mode: add
    allow_detach: true

- name: Take the volume from all hosts and groups, and remove its policies
  jobwise.appliance.volume:
    name: ora01-data
    mapped_hosts: []
    mapped_host_groups: []
    protection_policy: ""
    qos_performance_policy: ""

- name: Add the volume to a volume group, or move it there from another one
  jobwise.appliance.volume:
    name: ora01-data
    volume_group: ora01

- name: Take the volume out of its group
  jobwise.appliance.volume:
    name: ora01-data
    volume_group: ""

- name: Move the volume to the recycle bin
  jobwise.appliance.volume:
    name: ora01-data
    state: absent
    immediate: false

- name: Take it back from the recycle bin, and map it again
  jobwise.appliance.volume:
    name: ora01-data
    recover: true
    mapped_hosts:
      - host: ora01
"""

RETURN = r"""
resource:
  description:
    - The volume as the array returns it after the task, or before the task in check mode. C(wwn) identifies it at SCSI
      hosts, C(nguid) and C(nsid) at NVMe hosts.
    - Null if the volume does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    name: ora01-data
    description: null
    type: Primary
    state: Ready
    wwn: naa.68ccf0980017a2b3c4d5e6f708192a3b
    nguid: nguid.8ccf0980017a2b3c68ccf09800d5e6f7
    nsid: 1432
    size: 536870912000
    logical_used: null
    appliance_id: A1
    appliance: {id: A1, name: powerstore-appliance-1}
    app_type: Relational_Databases_Oracle
    app_type_other: null
    performance_policy_id: default_high
    protection_policy_id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10
    protection_policy: {id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10, name: gold}
    node_affinity: System_Selected_Node_A
    is_replication_destination: false
    volume_groups: []
    mapped_volumes:
      - id: 5d1f2c33-7f43-4a0e-8b1d-3c6f5a7e9b44
        host_id: 62a3b1c0-5e5f-4d4a-9f4b-0f7c6a1e2d33
        host: {id: 62a3b1c0-5e5f-4d4a-9f4b-0f7c6a1e2d33, name: ora01}
        host_group_id: null
        host_group: null
        logical_unit_number: 1
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create volume ora01-data with host ora01"]
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
      action: attach
      state: done
      phase: Completed
      percent: 100
      resource_id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
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
    path: /api/rest/volume/2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    status: 422
    messages:
      - code: "0xE0A080010014"
        severity: Error
        message: A volume with this name exists already.
        arguments: [ora01-data]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.handler import VolumeHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, VOLUME, VolumeHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
