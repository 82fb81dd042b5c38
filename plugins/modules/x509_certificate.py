#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: x509_certificate
short_description: "PowerStore: import certificates and CA chains"
version_added: 1.0.0
description:
  - Makes sure that the array has a certificate or a CA chain for a service. The task compares the content of the
    certificates, not their text, so a second run changes nothing.
  - If the array created the key, with M(jobwise.appliance.x509_certificate_request), the task adds the signed
    certificate to the waiting request. Otherwise it imports the certificate; a server or client certificate needs its
    key.
  - If a CA renewed a certificate for a key that the array already has, the task stores it with that key.
  - The array cannot delete certificates on request. Only one server or client certificate is in use; when the task puts
    another one into use, the array deletes the previous one, and the plan says so.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
requirements:
  - cryptography (optional, on the machine where the task runs; checks before the first request that O(private_key)
    belongs to the certificate)
notes:
  - The array accepts the same certificate more than once. Tasks that run at the same time, as for several hosts of a
    play, may each import it, and nothing can delete the copies. Use C(run_once) for one array, or C(throttle=1). If the
    array has several entries of one chain, the task warns and names them.
  - After you replace the certificate of the management server, later tasks must trust the new one, with O(ca_path).
options:
  service:
    description: The service that uses the certificate. Either O(service) and O(type) or O(id) is required.
    type: str
    choices:
      - Import_HTTP
      - KMIP_HTTP
      - LDAP_HTTP
      - Management_HTTP
      - Remote_Backup_HTTP
      - Replication_HTTP
      - SecurID_HTTP
      - Syslog_HTTP
      - VASA_HTTP
      - VIM_HTTP
      - Witness_HTTP
  type:
    description:
      - How the service uses the certificate. With V(CA_Server_Validation), the array verifies the servers that it
        connects to; with V(CA_Client_Validation), the clients that connect to it.
    type: str
    choices: [Server, Client, CA_Client_Validation, CA_Server_Validation]
  scope:
    description:
      - Distinguishes several certificates of one service. CA certificates need it for V(Import_HTTP) (management
        address of the external array), V(LDAP_HTTP) (name of the domain), V(Remote_Backup_HTTP) (management address of
        the PowerProtect DD), V(Replication_HTTP) (global id of the remote cluster) and V(SecurID_HTTP) (id of the MFA
        service).
      - The server certificate of V(Management_HTTP) has the scope V(External), which you need not give.
    type: str
  id:
    description:
      - Id of the array's entry, such as the one that M(jobwise.appliance.x509_certificate_request) returned.
      - You need it only if several requests for the same service, type and scope are waiting.
    type: str
  certificate:
    description:
      - The certificate as PEM, followed by those of its issuers up to the root. Each certificate must have been issued
        by the next one.
      - The same order applies to CA certificates. The task imports unrelated CA certificates one by one.
      - Either O(certificate) or O(certificate_path) is required, unless O(id) names a certificate that the array has.
    type: str
  certificate_path:
    description: File with the certificates of O(certificate), on the machine where the task runs.
    type: path
  private_key:
    description:
      - Key of a server or client certificate to import, as encrypted PKCS#8 in PEM. The array accepts no other format.
        Convert a key with C(openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY.pem -out ENCRYPTED.pem).
      - A certificate that the array already has and a certificate for a waiting request need no key.
    type: str
  private_key_path:
    description:
      - File with the key of O(private_key), on the machine where the task runs. The task reads it only if it must send
        the key.
    type: path
  passphrase:
    description: Passphrase of the key.
    type: str
  is_current:
    description:
      - Whether the service uses the certificate now.
      - By default, the task puts a certificate into use when it imports it or adds it to a waiting request. Later runs
        do not change that.
      - For a CA certificate, you can choose it only when the certificate is imported.
    type: bool
  renew_before_days:
    description:
      - Days for which the certificate and those of its issuers must still be valid. The task always reports a
        certificate that has expired.
    type: int
    default: 0
  on_expiry:
    description:
      - What to do if a certificate expires within O(renew_before_days). With V(warn), the task warns and continues.
        With V(fail), it fails before it writes anything.
    type: str
    choices: [warn, fail]
    default: warn
seealso:
  - module: jobwise.appliance.x509_certificate_exchange
  - module: jobwise.appliance.x509_certificate_request
  - module: jobwise.appliance.x509_certificate_reset
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Trust the CA of the LDAP servers
  jobwise.appliance.x509_certificate:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    service: LDAP_HTTP
    type: CA_Server_Validation
    scope: example.com
    certificate: "{{ lookup('ansible.builtin.file', 'corporate-ca.pem') }}"

- name: Import the certificate that a CA issued for the management server's request
  jobwise.appliance.x509_certificate:
    service: Management_HTTP
    type: Server
    certificate_path: /etc/pki/powerstore/chain.pem

- name: Import a client certificate for syslog with its key
  jobwise.appliance.x509_certificate:
    service: Syslog_HTTP
    type: Client
    certificate_path: /etc/pki/powerstore/syslog.pem
    private_key_path: /etc/pki/powerstore/syslog.key
    passphrase: "{{ syslog_key_passphrase }}"

- name: Fail if a certificate of the array expires within 30 days
  jobwise.appliance.x509_certificate:
    id: 37b76535-612b-456a-a694-1389f17632c7
    renew_before_days: 30
    on_expiry: fail
"""

RETURN = r"""
resource:
  description:
    - The entry as the array returns it after the task, or before the task in check mode. It never contains keys.
    - Null if the certificate is not imported yet, or if the task did not wait for its last job.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the entry.
      type: str
    members:
      description: The chain, leaf first, each certificate with C(subject), C(issuer), C(valid_to) and C(thumbprint).
      type: list
      elements: dict
    expires:
      description: When the first of the certificates expires.
      type: str
    days_left:
      description: Whole days until then, negative after that time.
      type: int
  sample:
    id: 37b76535-612b-456a-a694-1389f17632c7
    service: Syslog_HTTP
    type: Client
    scope: null
    is_current: true
    is_valid: true
    expires: "2027-05-25T03:29:15Z"
    days_left: 364
    members:
      - subject: CN=syslog.powerstore.example.com,O=Example,C=US
        issuer: CN=Example CA,O=Example,C=US
        valid_to: "2027-05-25T03:29:15.0Z"
        thumbprint: 6f1d3c0e5a1f41b2a8f9d2a2b6f0f7c1d7d9a5b0c4e3f2a190807060504030201
        depth: 1
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["import the Syslog_HTTP Client certificate (syslog.powerstore.example.com)"]
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
      action: create
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
    kind: refused
    method: POST
    path: /api/rest/x509_certificate
    status: 422
    messages: [{code: "0xE09010010013", severity: Error, message: Certificate store update failed., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.handler import (
    CertificateHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.x509 import SERVICES, USAGES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "service": {"type": "str", "choices": list(SERVICES)},
    "type": {"type": "str", "choices": list(USAGES)},
    "scope": {"type": "str"},
    "id": {"type": "str"},
    "certificate": {"type": "str"},
    "certificate_path": {"type": "path"},
    "private_key": {"type": "str", "no_log": True},
    "private_key_path": {"type": "path", "no_log": False},
    "passphrase": {"type": "str", "no_log": True},
    "is_current": {"type": "bool"},
    "renew_before_days": {"type": "int", "default": 0},
    "on_expiry": {"type": "str", "choices": ["warn", "fail"], "default": "warn"},
}

TASK = Task(
    "x509_certificate",
    POWERSTORE,
    {**SPEC, **WAITING},
    bring_about(CertificateHandler),
    {
        "required_one_of": [("service", "id"), ("certificate", "certificate_path", "id")],
        "required_together": [("service", "type")],
        "mutually_exclusive": [("certificate", "certificate_path"), ("private_key", "private_key_path")],
    },
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
