#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: x509_certificate_reset
short_description: "PowerStore: replace certificates of a service with a self-signed one"
version_added: 1.0.0
description:
  - Deletes the certificates of a service and makes the array create a new self-signed one. Clients that trusted the
    previous one, such as a vCenter, must then be configured to trust the new one.
  - This is an action, not a state. Each run resets the certificates, unless O(only_if_expires_within_days) limits it.
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
      - A second run changes nothing only with O(only_if_expires_within_days). Without it, each run creates a new
        certificate.
options:
  service:
    description:
      - The service whose certificates are replaced. There is no default. The array supports only this service.
    type: str
    required: true
    choices: [VASA_HTTP]
  scope:
    description: Scope of the certificates, if the service has several.
    type: str
  only_if_expires_within_days:
    description:
      - Reset the certificates only if the server certificate in use, or one in its chain, expires within this number of
        days, or if no server certificate is in use.
    type: int
seealso:
  - module: jobwise.appliance.x509_certificate
  - module: jobwise.appliance.x509_certificate_exchange
  - module: jobwise.appliance.x509_certificate_request
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Create a new self-signed certificate for the VASA provider before the current one expires
  jobwise.appliance.x509_certificate_reset:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    service: VASA_HTTP
    only_if_expires_within_days: 30

- name: Create a new one now
  jobwise.appliance.x509_certificate_reset:
    service: VASA_HTTP
"""

RETURN = r"""
resource:
  description:
    - The server certificate in use as the array returns it after the task, or before the task in check mode.
    - Null if no server certificate is in use, or if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    expires:
      description: When the first certificate of the chain expires.
      type: str
    days_left:
      description: Whole days until then, negative after that time.
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
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["throw away the VASA_HTTP certificates and make a new self-signed one"]
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
      action: reset_certificates
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
    path: /api/rest/x509_certificate/reset_certificates
    status: 403
    messages: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.reset import ResetHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "service": {"type": "str", "required": True, "choices": ["VASA_HTTP"]},
    "scope": {"type": "str"},
    "only_if_expires_within_days": {"type": "int"},
}

TASK = Task("x509_certificate_reset", POWERSTORE, {**SPEC, **WAITING}, bring_about(ResetHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
