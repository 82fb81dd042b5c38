#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ldap_domain
short_description: "PowerStore: manage directories that users log in with"
version_added: 1.0.0
description:
  - Connects the cluster to a directory, so that its users and groups can log in to the array.
  - Who of them may do what is set with M(jobwise.appliance.ldap_account).
  - For V(LDAPS), first import the certificate of the authority with M(jobwise.appliance.x509_certificate).
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
      - With V(present), the LDAP domain exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the LDAP domain does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing LDAP domain.
    type: str
  domain_name:
    description:
      - Name of the LDAP domain, up to 1023 characters.
      - Either O(domain_name) or O(id) is required.
    type: str
  bind_password:
    description:
      - Password of O(bind_user).
      - Up to 1023 characters.
    type: str
  bind_user:
    description:
      - Distinguished name of the user who searches the directory.
      - Up to 1023 characters.
    type: str
  group_member_attribute:
    description:
      - Attribute of a group that names its members. A new domain has V(member) by default.
      - Up to 1023 characters.
    type: str
  group_name_attribute:
    description:
      - Attribute that holds the name of a group. A new domain has V(cn) by default.
      - Up to 1023 characters.
    type: str
  group_object_class:
    description:
      - Object class of groups. A new domain has V(group) by default.
      - Up to 1023 characters.
    type: str
  group_search_level:
    description:
      - How deep groups in groups are searched. V(0) sets no limit.
      - 0 to 65535.
    type: int
  group_search_path:
    description:
      - Where groups are searched. It is empty for a global catalog.
      - Up to 1023 characters.
    type: str
  is_global_catalog:
    description: Whether the servers are a global catalog of Active Directory.
    type: bool
  ldap_server_type:
    description: Kind of the directory.
    type: str
    choices: [AD, OpenLDAP]
  ldap_servers:
    description:
      - IP addresses of the directory servers. The list replaces the present one. Its order does not matter.
      - Up to 1200 entries.
    type: list
    elements: str
  ldap_timeout:
    description:
      - Milliseconds to wait for a server.
      - 0 to 170000.
    type: int
  domain_port:
    description:
      - Port of the servers. It does not follow O(protocol). Usual are V(389) for V(LDAP) and V(636) for V(LDAPS), 3268
        and 3269 for a global catalog.
      - 0 to 65535.
    type: int
  protocol:
    description: Protocol between the array and the servers.
    type: str
    choices: [LDAP, LDAPS]
  user_id_attribute:
    description:
      - Attribute that holds the name of a user. A new domain has V(sAMAccountName) by default.
      - Up to 1023 characters.
    type: str
  user_object_class:
    description:
      - Object class of users. A new domain has V(user) by default.
      - Up to 1023 characters.
    type: str
  user_search_path:
    description:
      - Where users are searched. It is empty for a global catalog.
      - Up to 1023 characters.
    type: str
  update_secrets:
    description:
      - With V(on_create), the task sets the password when it creates the LDAP domain, and when O(bind_user) changes.
      - With V(always), every run sets it and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Let the users of the directory log in
  jobwise.appliance.ldap_domain:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    domain_name: example.com
    ldap_servers: [192.0.2.10, 192.0.2.11]
    protocol: LDAPS
    domain_port: 636
    bind_user: cn=array,ou=services,dc=example,dc=com
    bind_password: "{{ directory_password }}"
    user_search_path: ou=people,dc=example,dc=com
    group_search_path: ou=groups,dc=example,dc=com

- name: Use another server
  jobwise.appliance.ldap_domain:
    domain_name: example.com
    ldap_servers: [192.0.2.11, 192.0.2.12]
  # host, username and password come from module_defaults or from the environment

- name: Forget a directory
  jobwise.appliance.ldap_domain:
    domain_name: old.example.com
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The LDAP domain as the array returns it after the task, or before the task in check mode.
    - Null if the LDAP domain does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: '1'
    domain_name: example.com
    ldap_servers: [192.0.2.10, 192.0.2.11]
    protocol: LDAPS
    port: 636
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change bind_password of LDAP domain target"]
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
    path: /api/rest/ldap_domain/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.security import LDAP_DOMAIN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.table_handler import TableHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, LDAP_DOMAIN, TableHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
