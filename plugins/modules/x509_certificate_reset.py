#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: x509_certificate_reset
short_description: Let a service of a Dell PowerStore go back to a self-signed certificate
version_added: 1.0.0
description:
  - Throws away the certificates of a service, and lets the array make a new self-signed one. Clients that trusted the
    one before, such as a vCenter, have to be told of the new one.
  - This is an action, not a state. It is carried out each time it is called, unless O(only_if_expires_within_days) says
    when it is called for.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.acts
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
attributes:
  idempotent:
    support: partial
    details:
      - Only with O(only_if_expires_within_days) does a second run change nothing. Without it, each run makes a new
        certificate.
options:
  service:
    description:
      - The service whose certificates are thrown away. There is no default. The array does it for this one only.
    type: str
    required: true
    choices: [VASA_HTTP]
  scope:
    description: Scope of the certificates, where the service has several.
    type: str
  only_if_expires_within_days:
    description:
      - Do nothing unless the server certificate in use, or one in its chain, runs out within so many days, or there is
        none.
    type: int
"""

EXAMPLES = r"""
- name: Make a new self-signed certificate for the VASA provider before the present one runs out
  jobwise.appliance.x509_certificate_reset:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    service: VASA_HTTP
    only_if_expires_within_days: 30

- name: Make a new one now
  jobwise.appliance.x509_certificate_reset:
    service: VASA_HTTP
"""

RETURN = r"""
resource:
  description:
    - The server certificate in use as the array shows it after the task, before the task in check mode.
    - Null if there is none, or if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    expires:
      description: When the first certificate of the chain runs out.
      type: str
    days_left:
      description: Whole days until then, negative when it is over.
      type: int
  sample:
    id: 37b76535-612b-456a-a694-1389f17632c7
    service: VASA_HTTP
    type: Server
    scope: null
    is_current: true
    is_valid: true
    expires: "2036-05-25T03:29:15Z"
    days_left: 3649
    members:
      - subject: CN=VASA provider
        valid_to: "2036-05-25T03:29:15.0Z"
plan:
  description: What was to be done, in words. The same in check mode.
  returned: always
  type: list
  elements: str
  sample: ["throw away the VASA_HTTP certificates and make a new self-signed one"]
jobs:
  description: The jobs on the array that the task started or adopted, as they were last seen.
  returned: always
  type: list
  elements: dict
  sample:
    - id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: reset_certificates
      state: done
      phase: Completed
      percent: 100
      adopted: false
error:
  description:
    - The facts of a failure. C(kind) is one word for playbooks to test. It is one of V(input), V(connection), V(tls),
      V(login), V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed),
      V(job_lost), V(wait_timeout), V(bug). The guide "What all modules return" says what each means.
  returned: failure
  type: dict
  sample:
    kind: refused
    method: POST
    path: /api/rest/x509_certificate/reset_certificates
    status: 403
    messages: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import Json
from ansible_collections.jobwise.appliance.plugins.module_utils.powerstore.certificate_reset import ResetSubject
from ansible_collections.jobwise.appliance.plugins.module_utils.powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils.run import WAITING, Task, bring_about, run_module

SPEC: Json = {
    "service": {"type": "str", "required": True, "choices": ["VASA_HTTP"]},
    "scope": {"type": "str"},
    "only_if_expires_within_days": {"type": "int"},
}

TASK = Task("x509_certificate_reset", POWERSTORE, {**SPEC, **WAITING}, bring_about(ResetSubject))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
