#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: x509_certificate_request
short_description: "PowerStore: create a key and a certificate signing request"
version_added: 1.0.0
description:
  - Makes the array create a key pair and a certificate signing request. The key never leaves the array. A CA signs the
    request, and M(jobwise.appliance.x509_certificate) imports the signed certificate.
  - The task creates no new key while a request for the same service, type and scope waits for its certificate, nor
    while that certificate is in use. The task recognizes the certificate by its key if O(dest) still contains the
    request, or by its issuer with O(unless_issued_by).
  - The array returns a request only when it creates it, and in the record of that job for as long as it keeps the
    record. If a request is waiting but neither the array nor O(dest) has its text any more, O(force) creates a new one.
    The array cannot delete the old one; give M(jobwise.appliance.x509_certificate) the id of the request that was
    signed.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.acts
  - jobwise.appliance.powerstore
attributes:
  idempotent:
    support: partial
    details:
      - With O(force=true), each run creates a new key.
      - Without O(unless_issued_by) and without the request in O(dest), the task does not recognize a certificate that
        is in use, and creates a new key.
options:
  service:
    description: The service that uses the certificate.
    type: str
    required: true
    choices: [KMIP_HTTP, Management_HTTP, SecurID_HTTP, Syslog_HTTP, VASA_HTTP]
  type:
    description:
      - How the service uses the certificate. The default is V(Server) for V(Management_HTTP) and V(VASA_HTTP), and
        V(Client) for V(Syslog_HTTP) and V(KMIP_HTTP).
    type: str
    choices: [Server, Client, CA_Client_Validation, CA_Server_Validation]
  scope:
    description: Distinguishes several certificates of one service. For V(Management_HTTP), it is V(External).
    type: str
  key_length:
    description: Length of the RSA key in bits.
    type: int
    choices: [2048, 4096]
    default: 2048
  common_name:
    description: Common name of the subject, at most 64 characters.
    type: str
  dns_names:
    description: Host names for which the certificate is valid.
    type: list
    elements: str
  ip_addresses:
    description: IP addresses for which the certificate is valid.
    type: list
    elements: str
  organization:
    description: Organization of the subject, at most 64 characters.
    type: str
  organizational_unit:
    description: Organizational unit of the subject, at most 64 characters.
    type: str
  locality:
    description: Locality of the subject, at most 128 characters.
    type: str
  state_or_province:
    description: State or province of the subject, at most 128 characters.
    type: str
  country:
    description: Country of the subject, two letters.
    type: str
  dest:
    description:
      - File for the request, on the machine where the task runs. The task replaces it atomically, with mode 0644. Check
        mode does not write it.
      - Keep the file after the CA has signed the request, so that later runs recognize the certificate. The task does
        not touch a file that contains anything other than a signing request.
      - If the array already has a certificate for the request in the file, the task replaces the file's content with
        the waiting request. If several requests are waiting, the task uses the one in the file, and fails if it cannot
        identify that one.
    type: path
  unless_issued_by:
    description:
      - Common name of a CA. The task creates no request as long as the certificate in use was issued by this CA and is
        valid for O(common_name), O(dns_names) and O(ip_addresses).
      - Use it if no file outlives the run, as in an execution environment.
    type: str
  renew_before_days:
    description:
      - The task creates a new request if the certificate in use, or a certificate of its issuers, is valid for fewer
        days than this.
    type: int
    default: 0
  force:
    description: Whether to create a new key and a new request in any case.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for the job, more than 0. After that time, the task fails, but the job continues. The next run
        adopts it. The task always waits, since the job's result is the request.
    type: float
    default: 600.0
seealso:
  - module: jobwise.appliance.x509_certificate
  - module: jobwise.appliance.x509_certificate_exchange
  - module: jobwise.appliance.x509_certificate_reset
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Create a request for the management server
  jobwise.appliance.x509_certificate_request:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    service: Management_HTTP
    common_name: powerstore.example.com
    dns_names: [powerstore.example.com]
    ip_addresses: [192.0.2.10]
    organization: Example
    country: US
    dest: /etc/pki/powerstore/management.csr
    renew_before_days: 30
  register: request

- name: Sign the request, unless its certificate is in use
  ansible.builtin.command: sign-it /etc/pki/powerstore/management.csr /etc/pki/powerstore/management.pem
  when: request.resource and not request.resource.answered

- name: Import the signed certificate
  jobwise.appliance.x509_certificate:
    service: Management_HTTP
    type: Server
    certificate_path: /etc/pki/powerstore/management.pem

- name: Create a request without a file that outlives the run
  jobwise.appliance.x509_certificate_request:
    service: VASA_HTTP
    common_name: powerstore.example.com
    unless_issued_by: Example CA
"""

RETURN = r"""
resource:
  description:
    - The request that waits for its certificate, or that certificate if it is in use, as the array returns it.
    - In check mode, the state before the task. Null if neither existed.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the entry. M(jobwise.appliance.x509_certificate) takes it.
      type: str
    answered:
      description: Whether this is a certificate in use. If so, there is nothing to sign.
      type: bool
    certificate_request:
      description: The request as PEM. Null if neither the file nor the array has it.
      type: str
    expires:
      description: When the first certificate of the chain expires. Null for a waiting request.
      type: str
    days_left:
      description: Whole days until then. Null for a waiting request.
      type: int
  sample:
    id: 37b76535-612b-456a-a694-1389f17632c7
    service: Management_HTTP
    type: Server
    scope: External
    is_current: false
    is_valid: false
    members: []
    answered: false
    certificate_request: "-----BEGIN CERTIFICATE REQUEST-----\nMIIC...\n-----END CERTIFICATE REQUEST-----\n"
    expires: null
    days_left: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample:
    - make a new key and a request for the Management_HTTP Server certificate of scope External
    - write the request to /etc/pki/powerstore/management.csr
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
      action: csr
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
  sample:
    kind: input
    messages: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.signing_request import (
    RequestHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.x509 import USAGES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SERVICES = ["KMIP_HTTP", "Management_HTTP", "SecurID_HTTP", "Syslog_HTTP", "VASA_HTTP"]

SPEC: Json = {
    "service": {"type": "str", "required": True, "choices": SERVICES},
    "type": {"type": "str", "choices": list(USAGES)},
    "scope": {"type": "str"},
    "key_length": {"type": "int", "choices": [2048, 4096], "default": 2048, "no_log": False},
    "common_name": {"type": "str"},
    "dns_names": {"type": "list", "elements": "str"},
    "ip_addresses": {"type": "list", "elements": "str"},
    "organization": {"type": "str"},
    "organizational_unit": {"type": "str"},
    "locality": {"type": "str"},
    "state_or_province": {"type": "str"},
    "country": {"type": "str"},
    "dest": {"type": "path"},
    "unless_issued_by": {"type": "str"},
    "renew_before_days": {"type": "int", "default": 0},
    "force": {"type": "bool", "default": False},
    "wait_timeout": WAITING["wait_timeout"],
}

TASK = Task("x509_certificate_request", POWERSTORE, SPEC, bring_about(RequestHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
