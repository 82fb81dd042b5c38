#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: powerstore_info
short_description: "PowerStore: read objects of any type"
version_added: 1.0.0
description:
  - Reads objects of any resource type of the REST API, with the array's own filters. It always reads all pages.
  - The same request reads the names of related objects, such as the hosts of a volume's mappings. The task adds sizes
    in words and the days until something expires. O(plain) switches all of this off.
  - The task checks the names of types, attributes and operators before it sends a request.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.powerstore
options:
  type:
    description:
      - Resource type as the REST API names it, such as V(volume), V(volume_group), V(policy) or V(job).
      - Dell's PowerStore REST API reference lists all of them.
      - Metrics work like objects. Name what the API calls their entity, such as V(space_metrics_by_cluster) for the
        capacity of the array. The rows of each object in O(ids) come in the order of time. O(limit) is the number of
        the newest rows of each object.
    type: str
    required: true
  ids:
    description:
      - Only objects with these ids. RV(missing) lists those that do not exist.
      - With an empty list, the task sends no request and returns no objects.
      - Required for metrics, unless they are those of the cluster.
    type: list
    elements: str
  names:
    description:
      - Only objects with these names. RV(missing) lists those that do not exist.
      - Initiators have no names. For V(initiator), give the names of their ports. A WWN can be in any notation.
      - With an empty list, the task sends no request and returns no objects.
    type: list
    elements: str
  filters:
    description:
      - Attribute to condition, with the array's operators. An object must meet all conditions.
      - A list gives several conditions for one attribute.
      - The operators are C(eq), C(neq), C(gt), C(gte), C(lt), C(lte), C(like), C(ilike) (with C(*) for any text),
        C(in) (a list in parentheses), C(is) (C(null), C(true) or C(false)), C(cs) and C(cd) (a list in braces).
        C(not.) before an operator negates it.
      - A size can have a unit, as in V(gte.10 GiB), and the WWN of a port can be in any notation, except within the
        keys V(and) and V(or).
      - C(relation.attribute) reaches into related objects, C(structure->>part) into structures.
      - The keys V(and) and V(or) take conditions in parentheses, as in V((type.eq.Primary,type.eq.Clone\)).
      - A few small collections take no filters, V(local_user) and V(role) among them.
    type: dict
  select:
    description:
      - Attributes to return. Relations and embedded structures take their own list, as in V(volumes(id,name\)), which
        can be nested.
      - By default all plain attributes, and names of related objects unless O(plain=true).
    type: list
    elements: str
  order:
    description: Attributes to sort by. V(.desc) after an attribute sorts in descending order.
    type: list
    elements: str
  limit:
    description: Maximum number of objects to return. By default, all.
    type: int
  interval:
    description:
      - The time between two rows of metrics. By default, the array chooses it.
      - Only for metrics.
    type: str
    choices: [Best_Available, Five_Sec, Twenty_Sec, Five_Mins, One_Hour, One_Day]
  plain:
    description:
      - Whether to return the objects as the array sends them, which makes large results smaller.
      - By default, the task adds the following. None of these names is one of the array's.
      - Without O(select), the id and name of each single related object, such as C(appliance), C(host_group) or
        C(protection_policy), and these lists. C(mapped_volumes) of a volume, with hosts, host groups and LUNs, and its
        C(volume_groups). C(volumes) of a volume group. C(mapped_hosts) of a host. C(hosts) and C(mapped_host_groups) of
        a host group. The rules of a policy, and the C(policies) of a rule. C(destinations) of a storage container.
      - Beside each number of bytes, the size in words, rounded to two decimals. The name ends in C(_text), as in
        C(size_text) beside C(size). A quota or limit of 0 is V(no limit).
      - In each object that expires, C(days_left), the number of whole days until then. It is negative after that.
        Snapshots, recycle bin entries, certificates, licenses and passwords of users expire. A certificate has the days
        of the certificate in its chain that expires first.
      - The C(port_name) of an initiator is changed. A WWN is in lower case with colons, as M(jobwise.appliance.host)
        writes it.
    type: bool
    default: false
  strict:
    description:
      - Whether to refuse types and attributes that this collection does not know.
      - Set it to V(false) for an array that is newer than the collection.
    type: bool
    default: true
seealso:
  - module: jobwise.appliance.import_session
  - module: jobwise.appliance.local_user
  - module: jobwise.appliance.powerstore_job
  - module: jobwise.appliance.volume_group
  - module: jobwise.appliance.volume_group_clone
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.volume_group_refresh
  - module: jobwise.appliance.volume_group_restore
  - module: jobwise.appliance.volume_group_snapshot
  - module: jobwise.appliance.x509_certificate
  - module: jobwise.appliance.x509_certificate_exchange
  - module: jobwise.appliance.x509_certificate_request
  - module: jobwise.appliance.x509_certificate_reset
  - module: jobwise.appliance.dns
  - module: jobwise.appliance.snapshot_rule
  - module: jobwise.appliance.host
  - module: jobwise.appliance.volume
  - module: jobwise.appliance.host_group
  - module: jobwise.appliance.recycle_bin_config
  - module: jobwise.appliance.storage_container
  - module: jobwise.appliance.file_io_limit_rule
  - module: jobwise.appliance.file_qos_policy
  - module: jobwise.appliance.io_limit_rule
  - module: jobwise.appliance.protection_policy
  - module: jobwise.appliance.qos_policy
  - module: jobwise.appliance.replication_rule
  - module: jobwise.appliance.ntp
  - module: jobwise.appliance.powerstore_config
  - module: jobwise.appliance.volume_clone
  - module: jobwise.appliance.volume_metro
  - module: jobwise.appliance.volume_refresh
  - module: jobwise.appliance.volume_restore
  - module: jobwise.appliance.volume_snapshot
  - module: jobwise.appliance.storage_container_destination
  - module: jobwise.appliance.recycle_bin
  - module: jobwise.appliance.file_system
  - module: jobwise.appliance.file_dns
  - module: jobwise.appliance.file_interface
  - module: jobwise.appliance.file_nis
  - module: jobwise.appliance.nas_server
  - module: jobwise.appliance.file_tree_quota
  - module: jobwise.appliance.nfs_export
  - module: jobwise.appliance.file_import_interface
  - module: jobwise.appliance.file_system_clone
  - module: jobwise.appliance.file_system_refresh
  - module: jobwise.appliance.file_system_restore
  - module: jobwise.appliance.file_system_snapshot
  - module: jobwise.appliance.file_kerberos
  - module: jobwise.appliance.file_ldap
  - module: jobwise.appliance.nfs_server
  - module: jobwise.appliance.file_events_pool
  - module: jobwise.appliance.file_events_publisher
  - module: jobwise.appliance.chap_config
  - module: jobwise.appliance.email_notify_destination
  - module: jobwise.appliance.login_banner
  - module: jobwise.appliance.remote_syslog_server
  - module: jobwise.appliance.security_config
  - module: jobwise.appliance.smtp_config
  - module: jobwise.appliance.snmp_server
  - module: jobwise.appliance.file_dhsm_config
  - module: jobwise.appliance.powerstore_resource
  - module: jobwise.appliance.file_interface_route
  - module: jobwise.appliance.smb_share
  - module: jobwise.appliance.file_import_session
  - module: jobwise.appliance.ldap_domain
  - module: jobwise.appliance.cert_role_mapping
  - module: jobwise.appliance.kmip_config
  - module: jobwise.appliance.maintenance_window
  - module: jobwise.appliance.remote_support_contact
  - module: jobwise.appliance.ldap_account
  - module: jobwise.appliance.powerstore_action
  - module: jobwise.appliance.smb_server
  - module: jobwise.appliance.file_virus_checker
  - module: jobwise.appliance.nas_server_clone
  - module: jobwise.appliance.file_user_quota
  - module: jobwise.appliance.file_virus_checker_scan
  - module: jobwise.appliance.file_ftp
  - module: jobwise.appliance.file_ndmp
  - module: jobwise.appliance.service_config
  - module: jobwise.appliance.eth_port
  - module: jobwise.appliance.fc_port
  - module: jobwise.appliance.replication_session
  - module: jobwise.appliance.cluster
  - module: jobwise.appliance.appliance
  - module: jobwise.appliance.vcenter
"""

EXAMPLES = r"""
- name: Find the large volumes of the web servers with their groups
  jobwise.appliance.powerstore_info:
    type: volume
    filters:
      name: ilike.web*
      size: gte.1TiB
      type: in.(Primary,Clone)
    select: [id, name, size, "volume_groups(id,name)"]
    order: [size.desc, name]
  register: large

- name: Read a volume with its mappings and groups
  jobwise.appliance.powerstore_info:
    type: volume
    names: [web01]
  register: web01

- name: Show where the volume is mapped
  ansible.builtin.debug:
    msg: "{{ (item.host or item.host_group).name }} sees {{ web01.resources[0].size_text }} as
      LUN {{ item.logical_unit_number }}"
  loop: "{{ web01.resources[0].mapped_volumes }}"

- name: Find out which host has a port
  jobwise.appliance.powerstore_info:
    type: initiator
    names: ["58CCF09348000001"]
  register: ports

- name: Read the certificates
  jobwise.appliance.powerstore_info:
    type: x509_certificate
    select: [service, is_current, members]
  register: certificates

- name: Fail if a certificate in use expires within 30 days
  ansible.builtin.assert:
    that: certificates.resources | selectattr('is_current') | selectattr('days_left', 'lt', 30) | length == 0

- name: Read the snapshots that expire
  jobwise.appliance.powerstore_info:
    type: volume
    filters:
      type: eq.Snapshot
      protection_data->>expiration_timestamp: not.is.null
    select: [name, protection_data]
  register: snapshots

- name: Name those that expire within a week
  ansible.builtin.debug:
    msg: "{{ snapshots.resources | selectattr('days_left', 'lt', 7) | map(attribute='name') | list }}"

- name: Find snapshots of one volume
  jobwise.appliance.powerstore_info:
    type: volume
    filters:
      type: eq.Snapshot
      protection_data->>parent_id: "eq.{{ web01.resources[0].id }}"

- name: Read how full the array is
  jobwise.appliance.powerstore_info:
    type: space_metrics_by_cluster
    limit: 1
  register: space

- name: Fail if more than nine tenths are used
  ansible.builtin.assert:
    that: space.resources[0].physical_used < 0.9 * space.resources[0].physical_total

- name: Read two policies by name
  jobwise.appliance.powerstore_info:
    type: policy
    names: [gold, silver]
"""

RETURN = r"""
resources:
  description: The objects with the selected attributes, and what O(plain) describes.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
      name: web01
      size: 1099511627776
      size_text: 1 TiB
      volume_groups: [{id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1, name: web}]
count:
  description: Number of objects in RV(resources).
  returned: success
  type: int
  sample: 1
missing:
  description:
    - Values of O(ids) or O(names) that the array does not have.
    - Always empty with O(limit) or O(filters), since objects that are not returned may still exist.
  returned: success
  type: list
  elements: str
  sample: []
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.info_query import InfoQuery
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.metrics_query import (
    INTERVALS,
    MetricsQuery,
    is_metrics,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NOT_READ, found
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Caller, Task

SPEC: Json = {
    "type": {"type": "str", "required": True},
    "ids": {"type": "list", "elements": "str"},
    "names": {"type": "list", "elements": "str"},
    "filters": {"type": "dict"},
    "select": {"type": "list", "elements": "str"},
    "order": {"type": "list", "elements": "str"},
    "limit": {"type": "int"},
    "interval": {"type": "str", "choices": list(INTERVALS)},
    "plain": {"type": "bool", "default": False},
    "strict": {"type": "bool", "default": True},
}


def read(client: PowerStoreClient, caller: Caller) -> Json:
    """Return the objects that match the options of the task."""
    if is_metrics(caller.params["type"]):
        return found(*MetricsQuery.of(caller.params).ask(client), "select")
    resources, missing = InfoQuery.of(caller.params).ask(client)
    return found(resources, missing, "select")


TASK = Task("powerstore_info", POWERSTORE, SPEC, read, {"mutually_exclusive": [("ids", "names")]}, NOT_READ)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
