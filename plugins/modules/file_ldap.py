#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_ldap
short_description: "PowerStore: manage the LDAP of NAS servers"
version_added: 1.0.0
description:
  - Says which LDAP servers a NAS server asks for users, groups and hosts, and how it logs in there. Each NAS server has
    an LDAP configuration, or none.
  - The NAS server asks LDAP only if its Unix directory service says so, which M(jobwise.appliance.nas_server) sets.
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
      - With V(present), the NAS server uses LDAP as given. Options that are not given leave theirs unchanged.
      - With V(absent), the NAS server has no LDAP configuration. The array refuses that while its Unix directory
        service is LDAP, with local files or without.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing LDAP configuration.
    type: str
  nas_server:
    description:
      - The NAS server, by name or id. It cannot be changed later.
      - Either O(nas_server) or O(id) is required.
    type: str
  base_dn:
    description:
      - Where searches in the directory begin, 3 to 255 characters, as a domain such as V(example.com) or as
        V(dc=example,dc=com). Required to create the configuration.
      - Both forms mean the same, and upper and lower case do, too.
    type: str
  addresses:
    description:
      - IPv4 or IPv6 addresses of the LDAP servers, up to 10. Required to create the configuration.
      - The list replaces the present one. With an empty list, the NAS server asks its DNS for LDAP servers.
    type: list
    elements: str
  port_number:
    description:
      - Port of the LDAP servers, 1 to 65535. Required to create the configuration.
      - LDAPS usually has port 636, LDAP without encryption 389. The array does not choose a port by O(protocol).
    type: int
  protocol:
    description: Whether the NAS server encrypts what it asks. A new configuration uses V(LDAPS).
    type: str
    choices: [LDAP, LDAPS]
  is_verify_server_certificate:
    description:
      - Whether the NAS server checks the certificate of the LDAP server with O(certificate).
      - V(true) needs a certificate. It is uploaded first if the task gives one.
    type: bool
  certificate:
    description:
      - Certificates of the CA that issued those of the LDAP servers, as PEM.
      - The task downloads the present ones and uploads the new ones only if the two differ. Diff and result have a sum
        of the content in its place. Nothing removes an uploaded certificate.
    type: str
  config:
    description:
      - Content of the configuration file V(ldap.conf), which says where the directory has what the NAS server asks for.
      - It is compared and uploaded in the same way as O(certificate).
    type: str
  authentication_type:
    description:
      - How the NAS server logs in. Required to create the configuration.
      - V(Simple) needs O(bind_dn) and O(bind_password).
      - V(Kerberos) needs O(is_smb_account_used=true), or O(principal), O(realm) and O(principal_password).
    type: str
    choices: [Anonymous, Simple, Kerberos]
  bind_dn:
    description:
      - Distinguished name of the user as whom the NAS server logs in with O(authentication_type=Simple), up to 1023
        characters.
      - V("") clears it.
    type: str
  bind_password:
    description:
      - Password of O(bind_dn), up to 1023 characters.
      - O(update_secrets) says when it is written.
    type: str
  is_smb_account_used:
    description:
      - Whether the NAS server logs in with the account that its SMB server has in the domain.
      - It needs O(authentication_type=Kerberos), and an SMB server that has joined a domain.
    type: bool
  principal:
    description:
      - User as whom the NAS server logs in with O(authentication_type=Kerberos), up to 1023 characters.
      - V("") clears it.
    type: str
  realm:
    description:
      - Kerberos realm of O(principal), up to 255 characters. Realms are usually written in upper case.
      - V("") clears it.
    type: str
  principal_password:
    description:
      - Password of O(principal), up to 1023 characters.
      - O(update_secrets) says when it is written.
    type: str
  profile_dn:
    description:
      - For an iPlanet server, the distinguished name of the entry with the configuration profile, up to 255 characters.
      - V("") clears it.
    type: str
  is_destination_override_enabled:
    description:
      - Whether O(addresses) differ from those of the source while the NAS server is the destination of a replication.
      - V(false) takes the addresses of the source again.
    type: bool
  update_secrets:
    description:
      - The array does not return passwords, so the task cannot compare them.
      - With V(on_create), the task writes a password when it creates the configuration, and when the user that the
        password belongs to or the way to log in changes.
      - With V(always), every run writes the given passwords and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Let a NAS server ask the LDAP servers of the site
  jobwise.appliance.file_ldap:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas01
    base_dn: dc=example,dc=com
    addresses: [192.0.2.71, 192.0.2.72]
    port_number: 636
    authentication_type: Simple
    bind_dn: cn=nas01,ou=services,dc=example,dc=com
    bind_password: "{{ nas01_ldap_password }}"

- name: Check the certificates of the LDAP servers with that of the CA
  jobwise.appliance.file_ldap:
    nas_server: nas01
    certificate: "{{ lookup('ansible.builtin.file', 'corporate-ca.pem') }}"
    is_verify_server_certificate: true
  # host, username and password can come from module_defaults or from the environment, too

- name: Write a new password
  jobwise.appliance.file_ldap:
    nas_server: nas01
    bind_password: "{{ new_ldap_password }}"
    update_secrets: always

- name: Stop asking LDAP
  jobwise.appliance.file_ldap:
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The LDAP configuration as the array returns it after the task, or before the task in check mode.
    - Null if the NAS server has no such configuration, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    nas_server_id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01, is_production_mode_enabled: true}
    base_DN: dc=example,dc=com
    addresses: [192.0.2.71, 192.0.2.72]
    port_number: 636
    protocol: LDAPS
    is_verify_server_certificate: false
    is_certificate_uploaded: false
    is_config_file_uploaded: false
    authentication_type: Simple
    bind_DN: cn=nas01,ou=services,dc=example,dc=com
    is_smb_account_used: false
    principal: null
    realm: null
    profile_DN: null
    schema_type: Unknown
    is_destination_override_enabled: false
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create LDAP of NAS server nas01"]
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
    path: /api/rest/file_ldap/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.directories import LdapHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.nas_servers import FILE_LDAP
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_LDAP, LdapHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
