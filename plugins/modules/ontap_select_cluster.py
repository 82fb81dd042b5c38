#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_cluster
short_description: "ONTAP Select: manage clusters before their deployment"
version_added: 1.0.0
description:
  - Makes a cluster with its nodes in Deploy, and brings its configuration to the declared state before it is deployed.
  - The task reports differences of a deployed cluster but never writes them. Change its network and names in ONTAP.
  - This module does not deploy the cluster. Use M(jobwise.appliance.ontap_select_cluster), then
    M(jobwise.appliance.ontap_select_node) for each node, then M(jobwise.appliance.ontap_select_deployment). The role
    C(jobwise.appliance.ontap_select_cluster) does all of this.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  state:
    description:
      - With V(present), the cluster exists with the given attributes. The task leaves other attributes alone.
      - With V(absent), the cluster does not exist. A deployed cluster is removed with its virtual machines. It must be
        powered off first, unless O(force=true).
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the cluster.
    type: str
    required: true
  node_count:
    description:
      - Number of nodes, one of 1, 2, 4, 6, 8, 10 and 12. Required to make the cluster.
      - The highest number depends on the release of Deploy. The number cannot change later.
    type: int
  ip:
    description: Management address of the cluster, an IPv4 address.
    type: str
  netmask:
    description: Netmask of the management network.
    type: str
  gateway:
    description: Gateway of the management network.
    type: str
  dns_domains:
    description: DNS search domains in this order. V([]) removes all.
    type: list
    elements: str
  dns_ips:
    description: IPv4 addresses of name servers in this order. V([]) removes all.
    type: list
    elements: str
  ntp_servers:
    description: Names or addresses of NTP servers in this order. V([]) removes all.
    type: list
    elements: str
  ontap_image_version:
    description:
      - Release of ONTAP. Deploy must have an image of it; if not, the task fails and lists the images that Deploy has.
      - Without this option, Deploy uses its default.
    type: str
  mtu:
    description: MTU of the network between the nodes in bytes, from 7500 to 9000. Not for a cluster of one node.
    type: int
  if_deployed_differs:
    description:
      - What to do if the cluster is deployed and differs from the task. The task never writes to such a cluster.
      - With V(fail), the task fails with the differences. With V(warn), it warns of them and continues.
    type: str
    choices: [fail, warn]
    default: fail
  force:
    description: Whether to remove a cluster even if it is powered on. Only valid with O(state=absent).
    type: bool
    default: false
seealso:
  - module: jobwise.appliance.ontap_select_license
    description: The step before this one.
  - module: jobwise.appliance.ontap_select_node
    description: The step after this one.
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Make a cluster of two nodes
  jobwise.appliance.ontap_select_cluster:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    name: berlin
    node_count: 2
    ip: 192.0.2.10
    netmask: 255.255.255.0
    gateway: 192.0.2.1
    dns_domains: [example.com]
    dns_ips: [192.0.2.3, 192.0.2.4]
    ntp_servers: [ntp.example.com]
    ontap_image_version: 9.15.1
    mtu: 9000

- name: Remove a cluster that is powered off
  jobwise.appliance.ontap_select_cluster:
    name: berlin
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The cluster as Deploy shows it after the task, or before the task in check mode. Its nodes are in their order.
    - Null if the cluster does not exist, or if the task did not wait for its job.
  returned: always
  type: dict
  sample:
    id: 9317b4d4-80d2-11ea-b7df-00505694379e
    name: berlin
    state: null
    is_deployed: false
    ip: 192.0.2.10
    nodes:
      - {id: 931d5f10-80d2-11ea-b7df-00505694379e, name: berlin-01}
      - {id: 93213b30-80d2-11ea-b7df-00505694379e, name: berlin-02}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["make cluster berlin with 2 nodes"]
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
      action: create
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
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.clusters import ClusterHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "name": {"type": "str", "required": True},
    "node_count": {"type": "int"},
    "ip": {"type": "str"},
    "netmask": {"type": "str"},
    "gateway": {"type": "str"},
    "dns_domains": {"type": "list", "elements": "str"},
    "dns_ips": {"type": "list", "elements": "str"},
    "ntp_servers": {"type": "list", "elements": "str"},
    "ontap_image_version": {"type": "str"},
    "mtu": {"type": "int"},
    "if_deployed_differs": {"type": "str", "choices": ["fail", "warn"], "default": "fail"},
    "force": {"type": "bool", "default": False},
}

TASK = Task("ontap_select_cluster", ONTAP_SELECT, {**SPEC, **WAITING}, bring_about(ClusterHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
