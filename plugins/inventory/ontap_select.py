# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The clusters and nodes of NetApp ONTAP Select Deploy as inventory hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: ontap_select
short_description: "ONTAP Select: clusters and nodes as inventory hosts"
version_added: 1.0.0
description:
  - Makes the clusters of an ONTAP Select Deploy hosts, and their nodes, each with its management address in
    C(ansible_host). The modules of C(netapp.ontap) can continue from there.
  - Clusters are in the group C(ontap_select_clusters), nodes in C(ontap_select_nodes).
  - The name of the file must end in C(.ontap_select.yml) or C(.ontap_select.yaml).
  - The names of all variables but C(ansible_host) begin with C(ontap_select_). A variable is null if Deploy has no
    value for it.
  - The plugin sends one request for the clusters, and one for the hypervisors if nodes are hosts. A Deploy that lists
    the nodes of a cluster without their attributes gets one more for each cluster.
author:
  - The jobwise.appliance contributors (@jobwise)
requirements:
  - requests (on the controller)
extends_documentation_fragment:
  - jobwise.appliance.ontap_select.plugin
  - constructed
  - inventory_cache
options:
  plugin:
    description: The name of this plugin. Ansible recognises the file by it.
    type: str
    required: true
    choices: [jobwise.appliance.ontap_select]
  hosts:
    description: What is a host.
    type: list
    elements: str
    choices: [clusters, nodes]
    default: [clusters, nodes]
  hostnames:
    description:
      - Where the names of the hosts come from. The first entry that has a value for a host is used.
      - If two hosts would have the same name, the plugin fails, because a play must not take one for another.
    type: list
    elements: str
    choices: [name, address, id]
    default: [name]
  include_undeployed:
    description: Whether clusters are hosts that Deploy knows, but that do not run ONTAP yet.
    type: bool
    default: false
seealso:
  - module: jobwise.appliance.ontap_select_info
  - module: jobwise.appliance.ontap_select_cluster
  - module: jobwise.appliance.ontap_select_node
notes:
  - "The variables of clusters and nodes: C(ansible_host), C(ontap_select_name), C(ontap_select_id),
    C(ontap_select_cluster) (name), C(ontap_select_state), C(ontap_select_is_deployed), C(ontap_select_version)."
  - "Of clusters: C(ontap_select_netmask), C(ontap_select_gateway), C(ontap_select_dns_domains),
    C(ontap_select_dns_addresses), C(ontap_select_ntp_servers), C(ontap_select_nodes) (names, in their order)."
  - "Of nodes: C(ontap_select_cluster_address), C(ontap_select_node_number) (from 1), C(ontap_select_instance_type),
    C(ontap_select_serial_number), C(ontap_select_hypervisor) (name), C(ontap_select_hypervisor_type),
    C(ontap_select_management_server)."
"""

EXAMPLES = r"""
# select.ontap_select.yml: clusters and nodes, and a group for each hypervisor
plugin: jobwise.appliance.ontap_select
host: deploy.example.com
username: admin
password: "{{ lookup('ansible.builtin.env', 'ONTAP_SELECT_PASSWORD') }}"
keyed_groups:
  - key: ontap_select_hypervisor
    prefix: "on"
    default_value: none
---
# Only clusters, with what netapp.ontap needs. Host, user and password come from the environment.
plugin: jobwise.appliance.ontap_select
hosts: [clusters]
compose:
  ansible_connection: "'local'"
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.inventory import hosts
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from ansible_collections.jobwise.appliance.plugins.plugin_utils.inventory import ApplianceInventory, inventory_work

SPEC = {
    "hosts": {
        "type": "list",
        "elements": "str",
        "choices": ["clusters", "nodes"],
        "default": ["clusters", "nodes"],
    },
    "hostnames": {"type": "list", "elements": "str", "choices": ["name", "address", "id"], "default": ["name"]},
    "include_undeployed": {"type": "bool", "default": False},
}


class InventoryModule(ApplianceInventory):
    """Clusters and nodes as hosts."""

    NAME = "jobwise.appliance.ontap_select"
    TASK = Task("ontap_select", ONTAP_SELECT, SPEC, inventory_work(hosts))
    PREFIX = "ontap_select"
