#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: nas_server
short_description: "PowerStore: manage NAS servers"
version_added: 1.0.0
description:
  - Creates, changes and deletes NAS servers. File systems, exports and shares belong to a NAS server.
  - A new NAS server has no address. M(jobwise.appliance.file_interface) gives it one, and modules such as
    M(jobwise.appliance.file_dns) the services that it uses.
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
      - With V(present), the NAS server exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the NAS server does not exist. Its interfaces and services go with it. The task refuses to
        delete a NAS
        server with file systems.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing NAS server.
    type: str
  name:
    description:
      - Name of the NAS server, up to 255 characters.
      - Either O(name) or O(id) is required.
    type: str
  new_name:
    description:
      - New name of the NAS server. If the NAS server already has this name, it stays unchanged, so a second run does
        not fail.
      - If neither name exists, the task creates the NAS server with this name.
    type: str
  description:
    description: Description of the NAS server, up to 255 characters. V("") clears it.
    type: str
  current_node:
    description:
      - Id of the node on which the NAS server runs, such as V(N1). The array chooses the node of a new NAS server.
      - Another node moves the NAS server, and its clients must connect again. A new NAS server with another node than
        the
        array has chosen is moved at once.
    type: str
  preferred_node:
    description: Id of the node on which the NAS server should run, such as V(N2). It does not move the NAS server.
    type: str
  current_unix_directory_service:
    description:
      - Where the NAS server looks up Unix users. V(Local_Files) means files that were uploaded.
      - V(NIS) and V(Local_Then_NIS) need M(jobwise.appliance.file_nis).
      - V(LDAP) and V(Local_Then_LDAP) need M(jobwise.appliance.file_ldap).
    type: str
    choices: [None, NIS, LDAP, Local_Files, Local_Then_NIS, Local_Then_LDAP]
  default_unix_user:
    description:
      - The Unix user for Windows users that map to no other one, up to 63 characters.
      - V("") clears it. Without one, such users have no access.
    type: str
  default_windows_user:
    description:
      - The Windows user for Unix users that map to no other one, up to 1023 characters.
      - V("") clears it. Without one, such users have no access.
    type: str
  is_auto_user_mapping_enabled:
    description:
      - Whether the array makes up a user id for Windows users that map to no Unix user.
      - It is meant for NAS servers with SMB alone, or without file systems for both protocols.
    type: bool
  is_username_translation_enabled:
    description: Whether Windows and Unix users can map although their names differ.
    type: bool
  protection_policy:
    description:
      - Protection policy, by name or id. It needs a replication rule.
      - V("") removes it.
    type: str
  performance_policy:
    description:
      - QoS policy for files, by name or id. All file systems of the NAS server share its bandwidth.
      - V("") removes it.
      - On PowerStoreOS 4.1 and later.
    type: str
  file_events_publisher:
    description:
      - The publisher of file events, by name or id.
      - V("") removes it.
    type: str
  file_events_publishing_mode:
    description: The protocols of which the NAS server publishes events.
    type: str
    choices: [None, SMB_Only, NFS_Only, All]
  is_replication_destination:
    description:
      - Whether the NAS server is the destination of a replication.
      - Only V(false) can be given, and only while no replication uses the NAS server. It then is an ordinary one.
    type: bool
  is_production_mode_enabled:
    description: Whether the destination of a replication serves its clients. Other NAS servers always do.
    type: bool
  production_ipv4_interface:
    description:
      - The interface for IPv4 over which the NAS server reaches others, such as its DNS servers, by IP address or id.
      - It must be one of its own interfaces with C(role=Production), so the NAS server must exist.
    type: str
  production_ipv6_interface:
    description: The same for IPv6, by IP address or id.
    type: str
  backup_ipv4_interface:
    description:
      - The interface for IPv4 over which the NAS server reaches others while it is the destination of a replication, by
        IP address or id.
      - It must be one of its own interfaces with C(role=Backup).
    type: str
  backup_ipv6_interface:
    description: The same for IPv6, by IP address or id.
    type: str
  passwd:
    description:
      - Content of the file V(passwd). Unix users, one in a line, as in V(/etc/passwd).
      - The task downloads the present file and uploads the new one only if the two differ. Diff and result have a sum
        of the
        content in its place.
    type: str
  group:
    description:
      - Content of the file V(group). Unix groups, as in V(/etc/group).
    type: str
  hosts:
    description:
      - Content of the file V(hosts). Names and addresses of hosts, as in V(/etc/hosts).
    type: str
  netgroup:
    description:
      - Content of the file V(netgroup). Groups of hosts for NFS exports, as in V(/etc/netgroup).
    type: str
  nsswitch:
    description:
      - Content of the file V(nsswitch). The order in which the NAS server asks its services, as in
        V(/etc/nsswitch.conf).
    type: str
  ntxmap:
    description:
      - Content of the file V(ntxmap). Which Windows and Unix users are the same although their names differ.
    type: str
  homedir:
    description:
      - Content of the file V(homedir). The home directories of SMB users.
    type: str
  force:
    description:
      - Removes the protection policy of a destination whose replication no longer exists.
      - It has an effect only in a task that removes the policy, with V("") for O(protection_policy).
    type: bool
  domain_user_name:
    description:
      - User who may remove the accounts of SMB servers from their domain, when the NAS server is deleted.
      - If an SMB server of the NAS server is joined, O(state=absent) needs this option and O(domain_password), or
        O(is_skip_domain_unjoin=true).
    type: str
  domain_password:
    description: Password of O(domain_user_name).
    type: str
  is_skip_domain_unjoin:
    description: Whether a deletion leaves the accounts of SMB servers in their domain.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.nas_server_clone
"""

EXAMPLES = r"""
- name: Create a NAS server
  jobwise.appliance.nas_server:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: nas01
    description: Home directories

- name: Let it run on the other node
  jobwise.appliance.nas_server:
    name: nas01
    current_node: N2
    preferred_node: N2
  # host, username and password can come from module_defaults or from the environment, too

- name: Look up users in files
  jobwise.appliance.nas_server:
    name: nas01
    passwd: |
      homes:x:2001:2001:Owner of the home directories:/:/bin/false
    group: |
      staff:x:2001:homes
    current_unix_directory_service: Local_Files

- name: Give it a second interface
  jobwise.appliance.file_interface:
    nas_server: nas01
    ip_address: 192.0.2.22
    prefix_length: 24

- name: Prefer that one
  jobwise.appliance.nas_server:
    name: nas01
    production_ipv4_interface: 192.0.2.22

- name: Delete the NAS server with its interfaces
  jobwise.appliance.nas_server:
    name: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The NAS server as the array returns it after the task, or before the task in check mode.
    - Null if the NAS server does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    name: nas01
    operational_status: Started
    description: Home directories
    current_node_id: N1
    preferred_node_id: N1
    current_unix_directory_service: None
    default_unix_user: null
    default_windows_user: null
    is_auto_user_mapping_enabled: false
    is_username_translation_enabled: false
    protection_policy_id: null
    protection_policy: null
    file_events_publishers: []
    file_events_publishing_mode: None
    is_replication_destination: false
    is_production_mode_enabled: true
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create NAS server nas01"]
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
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.server import NasServerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.nas_servers import NAS_SERVER
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, NAS_SERVER, NasServerHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
