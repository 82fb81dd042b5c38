#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_node
short_description: "ONTAP Select: configure the nodes of a cluster"
version_added: 1.0.0
description:
  - Brings a node of a cluster that is not deployed yet to the declared state. One task sets the node's host, size,
    address and licence, its networks by purpose, its storage pools and its disks.
  - The place in the cluster identifies the node, whatever its name is. Deploy names nodes C(<cluster>-01),
    C(<cluster>-02) and so on. Renamed nodes have the places that remain.
  - The task reports differences of a deployed cluster but never writes them. To make nodes larger, use
    M(jobwise.appliance.ontap_select_resize).
  - Before the task writes, it reads what the host has. It fails and names all networks, storage pools and disks that
    the host lacks, capacities that exceed the room of a pool, and an address or a licence that another node has.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  cluster:
    description: Name of the cluster.
    type: str
    required: true
  cluster_id:
    description:
      - Id of the cluster, for example from RV(jobwise.appliance.ontap_select_cluster#module:resource). It saves a
        request.
    type: str
  node:
    description: Place of the node in the cluster, from 1. Nodes 1 and 2 are HA partners, so are 3 and 4, and so on.
    type: int
    required: true
  name:
    description:
      - Name of the node. Without this option, the task leaves the name alone.
      - The task fails if another node has the name, or if the name is C(<cluster>-NN) with the number of another place.
    type: str
  ip:
    description: Management address of the node, an IPv4 address.
    type: str
  host_name:
    description: Name of the host that the node must run on. The task warns if HA partners are on the same host.
    type: str
  host_id:
    description:
      - Id of that host, for example from RV(jobwise.appliance.ontap_select_host#module:resource). It saves a request.
    type: str
  instance_type:
    description: Size of the node. V(large) is for ESXi only.
    type: str
    choices: [small, medium, large]
  passthrough_disks:
    description: Whether the node makes a RAID from its own disks (V(true)) or the host has hardware RAID (V(false)).
    type: bool
  license:
    description:
      - Serial number of the node's licence. Deploy must have the licence. A node without a licence is an evaluation
        node.
    type: str
  is_storage_efficiency_enabled:
    description: Whether ONTAP uses storage efficiency by itself.
    type: bool
  cpu_reservation_percentage:
    description: Share of its CPU that the host reserves for the node, in percent from 0 to 100.
    type: int
  networks:
    description: Networks by purpose. The task leaves networks alone that are not given.
    type: dict
    suboptions:
      mgmt:
        description: Network for management.
        type: dict
        suboptions:
          name:
            description: Port group on ESXi, bridge on KVM.
            type: str
          vlan_id:
            description: VLAN, from 0 to 4094. 0 means no VLAN.
            type: int
      data:
        description: Network for clients.
        type: dict
        suboptions:
          name:
            description: Port group on ESXi, bridge on KVM.
            type: str
          vlan_id:
            description: VLAN, from 0 to 4094. 0 means no VLAN.
            type: int
      internal:
        description: Network between the nodes. A cluster of one node has no such network.
        type: dict
        suboptions:
          name:
            description: Port group on ESXi, bridge on KVM.
            type: str
          vlan_id:
            description: VLAN, from 0 to 4094. 0 means no VLAN.
            type: int
  storage_pools:
    description:
      - All storage pools of the host that the node uses. The task detaches other pools.
      - The task detaches a pool with another capacity and attaches it again.
    type: list
    elements: dict
    suboptions:
      name:
        description: Datastore on ESXi, storage pool on KVM.
        type: str
        required: true
      capacity:
        description:
          - Capacity that the node uses of the pool, a number of bytes or a text with a unit, such as V(2TB) or
            V(500GiB).
          - Units are binary, as in ONTAP. 1 TB is 1024 GB, and V(TB) and V(TiB) are the same.
          - Leave it out with O(passthrough_disks=true). With hardware RAID, each new pool needs a capacity.
        type: raw
  storage_disks:
    description:
      - All disks of the host that the node uses. The task detaches other disks.
      - Only with O(passthrough_disks=true). On a node with hardware RAID, the task fails before it writes.
    type: list
    elements: str
  remove_disk_labels:
    description: Whether to attach disks that have labels from an earlier use. Deploy removes the labels.
    type: bool
    default: false
  if_missing:
    description:
      - What to do if the cluster, the host or the licence does not exist.
      - With V(fail), the task fails. With V(plan), the task plans as if they existed, and fails only before it writes.
        Use V(plan) in check mode of a play whose earlier tasks make them.
    type: str
    choices: [fail, plan]
    default: fail
  if_deployed_differs:
    description:
      - What to do if the cluster is deployed and differs from the task. The task never writes to such a cluster.
      - With V(fail), the task fails with the differences. With V(warn), it warns of them and continues.
    type: str
    choices: [fail, warn]
    default: fail
seealso:
  - module: jobwise.appliance.ontap_select_cluster
    description: The step before this one.
  - module: jobwise.appliance.ontap_select_network_check
    description: The step after this one.
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Configure the first node
  jobwise.appliance.ontap_select_node:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    cluster: berlin
    node: 1
    ip: 192.0.2.11
    host_name: esx1.example.com
    instance_type: medium
    license: "320000042"
    networks:
      mgmt: {name: VM Network}
      data: {name: ONTAP-Data, vlan_id: 110}
      internal: {name: ONTAP-Internal}
    storage_pools:
      - {name: datastore1, capacity: 2TB}

- name: Configure a node on KVM with a RAID of its own disks
  jobwise.appliance.ontap_select_node:
    cluster: berlin
    node: 2
    host_name: kvm2.example.com
    passthrough_disks: true
    storage_pools: [{name: pool1}]
    storage_disks: [/dev/sdb, /dev/sdc, /dev/sdd, /dev/sde]
"""

RETURN = r"""
resource:
  description:
    - The node as Deploy shows it after the task, or before the task in check mode. It has the attributes that the task
      names.
    - Null if the cluster does not exist and O(if_missing=plan).
  returned: always
  type: dict
  sample:
    id: 931d5f10-80d2-11ea-b7df-00505694379e
    name: berlin-01
    ip: 192.0.2.11
    host: {id: 4a0a1e72-80d2-11ea-b7df-00505694379e}
    host_name: esx1.example.com
    instance_type: medium
    networks:
      - {id: 93215c50-80d2-11ea-b7df-00505694379e, purpose: mgmt, name: VM Network, vlan_id: null}
    storage_pools:
      - {id: 9330c3f2-80d2-11ea-b7df-00505694379e, name: datastore1, capacity: 2199023255552}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["set ip, host of node 1 of cluster berlin", "attach storage pool datastore1 to node 1 of cluster berlin"]
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
      action: configure
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
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.node_plan import PURPOSES
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.nodes import NodeHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

NETWORK: Json = {"type": "dict", "options": {"name": {"type": "str"}, "vlan_id": {"type": "int"}}}
POOL: Json = {"name": {"type": "str", "required": True}, "capacity": {"type": "raw"}}

SPEC: Json = {
    "cluster": {"type": "str", "required": True},
    "cluster_id": {"type": "str"},
    "node": {"type": "int", "required": True},
    "name": {"type": "str"},
    "ip": {"type": "str"},
    "host_name": {"type": "str"},
    "host_id": {"type": "str"},
    "instance_type": {"type": "str", "choices": ["small", "medium", "large"]},
    "passthrough_disks": {"type": "bool"},
    "license": {"type": "str"},
    "is_storage_efficiency_enabled": {"type": "bool"},
    "cpu_reservation_percentage": {"type": "int"},
    "networks": {"type": "dict", "options": dict.fromkeys(PURPOSES, NETWORK)},
    "storage_pools": {"type": "list", "elements": "dict", "options": POOL},
    "storage_disks": {"type": "list", "elements": "str"},
    "remove_disk_labels": {"type": "bool", "default": False},
    "if_missing": {"type": "str", "choices": ["fail", "plan"], "default": "fail"},
    "if_deployed_differs": {"type": "str", "choices": ["fail", "warn"], "default": "fail"},
}

TASK = Task("ontap_select_node", ONTAP_SELECT, {**SPEC, **WAITING}, bring_about(NodeHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
