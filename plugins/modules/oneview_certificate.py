#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_certificate
short_description: "OneView: manage trusted certificates"
version_added: 1.0.0
description:
  - Makes the appliance trust the certificate of a server or of a certificate authority (CA) under an alias, or stop
    trusting it.
  - The task gives the certificate as PEM, or the appliance fetches it from the server.
  - The module compares certificates, not their text. Different line wrapping is not a change.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.oneview.force
  - jobwise.appliance.wait
options:
  state:
    description: Whether the appliance must trust the certificate.
    type: str
    choices: [present, absent]
    default: present
  type:
    description: Whether the certificate belongs to a server, or to an authority that signs server certificates.
    type: str
    choices: [server, authority]
    default: server
  alias:
    description: Name of the certificate on the appliance. For a server, this is usually its host name.
    type: str
    required: true
  certificate:
    description:
      - The certificate as PEM, without the certificates of its issuers.
      - One of O(certificate), O(certificate_path) and O(remote_host) is required with O(state=present).
    type: str
  certificate_path:
    description: File with the certificate as PEM, on the machine where the task runs.
    type: path
  remote_host:
    description:
      - Name or address of a server. The appliance fetches its certificate with each run, so that a run replaces the
        certificate after the server has got a new one. Set O(sha256) to protect against a machine in the middle.
      - With O(type=authority), the appliance trusts the root CA certificate in the chain that the server sends.
    type: str
  remote_port:
    description: Port of O(remote_host).
    type: int
    default: 443
  sha256:
    description:
      - SHA-256 thumbprint that the certificate must have, in hexadecimal digits. If it differs, the task fails.
    type: str
  leaf_only:
    description:
      - Whether to trust a server's certificate even if the appliance does not know the authority that signed it.
    type: bool
    default: false
seealso:
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Trust the company's CA
  jobwise.appliance.oneview_certificate:
    host: oneview.example.com
    username: administrator
    password: "{{ oneview_password }}"
    type: authority
    alias: example-root
    certificate: "{{ lookup('ansible.builtin.file', 'corporate-ca.pem') }}"

- name: Trust a storage system with a known thumbprint
  jobwise.appliance.oneview_certificate:
    alias: array1.example.com
    remote_host: array1.example.com
    sha256: "{{ array1_thumbprint }}"
    leaf_only: true

- name: Stop trusting the storage system
  jobwise.appliance.oneview_certificate:
    alias: array1.example.com
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The certificate as the appliance shows it after the task; in check mode, as it was before the task.
    - Null if the certificate does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    type: CertificateInfoV2
    uri: /rest/certificates/servers/array1.example.com
    certificateDetails:
      - aliasName: array1.example.com
        base64Data: "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n"
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample:
    - "trust server certificate array1.example.com: array1.example.com until 2027-11-30,
      SHA-256 6f0b8de3f2a1c47d9e5b20a8c3d4e6f70918273645546372819a0bcd1e2f3041"
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
    - id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
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
    kind: job_failed
    job_id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
    messages:
      - code: CERT_EXPIRED
        severity: Error
        message: The certificate has expired.
        arguments: []
        actions: [Provide a valid certificate.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.security.certificates import (
    AUTHORITY,
    SERVER,
    CertificateHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "type": {"type": "str", "choices": [SERVER, AUTHORITY], "default": SERVER},
    "alias": {"type": "str", "required": True},
    "certificate": {"type": "str"},
    "certificate_path": {"type": "path"},
    "remote_host": {"type": "str"},
    "remote_port": {"type": "int", "default": 443},
    "sha256": {"type": "str"},
    "leaf_only": {"type": "bool", "default": False},
    "force": {"type": "bool"},
}


def make_handler(client: OneViewClient, desired: Json) -> CertificateHandler:
    """Return the handler for the certificate that the task names."""
    return CertificateHandler(client, desired)


TASK = Task(
    "oneview_certificate",
    ONEVIEW,
    {**SPEC, **WAITING},
    bring_about(make_handler),
    {"mutually_exclusive": [("certificate", "certificate_path", "remote_host")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
