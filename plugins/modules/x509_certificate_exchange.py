#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: x509_certificate_exchange
short_description: "PowerStore: exchange CA certificates with another cluster"
version_added: 1.0.0
description:
  - Exchanges CA certificates between the cluster that the task logs in to and its peer, so that replication between
    them can be set up. One task covers both directions.
  - The task first checks on both clusters whether they already trust each other. If they do, it exchanges nothing.
  - The task sends the peer's password only in the exchange request and in its login to the peer, and never shows it.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  service:
    description: The service for which the clusters trust each other.
    type: str
    choices: [Replication_HTTP]
    default: Replication_HTTP
  peer_address:
    description: Name or management address at which the cluster reaches the peer.
    type: str
    required: true
  peer_port:
    description: Port of the peer's REST API.
    type: int
    default: 443
  peer_username:
    description: User of the peer, an administrator or security administrator.
    type: str
    required: true
  peer_password:
    description: Password of O(peer_username).
    type: str
    required: true
  peer_global_id:
    description:
      - Global id of the peer, as the peer's C(cluster) object shows it.
      - With it, the task does not log in to the peer and checks only this cluster. Without it, the task opens a session
        on the peer, reads the id and whether the peer trusts this cluster, and closes the session.
    type: str
  peer_validate_certs:
    description: Whether the task verifies the peer's certificate. The default is the value of O(validate_certs).
    type: bool
  peer_ca_path:
    description: PEM file with the CA that signed the peer's certificate. The default is the value of O(ca_path).
    type: path
notes:
  - The cluster itself connects to O(peer_address) and O(peer_port). So does the task, unless O(peer_global_id) is
    given.
seealso:
  - module: jobwise.appliance.x509_certificate
  - module: jobwise.appliance.x509_certificate_request
  - module: jobwise.appliance.x509_certificate_reset
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Make two clusters trust each other for replication
  jobwise.appliance.x509_certificate_exchange:
    host: east.example.com
    username: "{{ east_user }}"
    password: "{{ east_password }}"
    peer_address: west.example.com
    peer_username: "{{ west_user }}"
    peer_password: "{{ west_password }}"

- name: Exchange certificates if the cluster can reach the peer, but the task cannot
  jobwise.appliance.x509_certificate_exchange:
    peer_address: 192.0.2.20
    peer_username: "{{ west_user }}"
    peer_password: "{{ west_password }}"
    peer_global_id: PS11AA22BB33CC
"""

RETURN = r"""
resource:
  description:
    - Which cluster trusts which after the task, or before the task in check mode.
    - Null if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    peer_global_id:
      description: Global id of the peer.
      type: str
    this_trusts_peer:
      description: Whether this cluster has valid CA certificates of the peer, for servers and for clients.
      type: bool
    peer_trusts_this:
      description: Whether the peer has such certificates of this cluster. Null if the task did not log in to the peer.
      type: bool
    certificates:
      description: The peer's CA certificates that this cluster holds.
      type: list
      elements: dict
  sample:
    id: PS11AA22BB33CC
    peer_global_id: PS11AA22BB33CC
    this_trusts_peer: true
    peer_trusts_this: true
    certificates:
      - id: 37b76535-612b-456a-a694-1389f17632c7
        service: Replication_HTTP
        type: CA_Client_Validation
        scope: PS11AA22BB33CC
        is_current: true
        is_valid: true
        expires: "2036-05-25T03:29:15Z"
        days_left: 3650
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["exchange Replication_HTTP certificates with west.example.com (PS11AA22BB33CC)"]
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
      action: exchange
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
    path: /api/rest/x509_certificate/exchange
    status: 422
    messages: [{code: "0xE09010010029", severity: Error, message: The peer cannot be reached., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.exchange import TrustHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "service": {"type": "str", "choices": ["Replication_HTTP"], "default": "Replication_HTTP"},
    "peer_address": {"type": "str", "required": True},
    "peer_port": {"type": "int", "default": 443},
    "peer_username": {"type": "str", "required": True},
    "peer_password": {"type": "str", "required": True, "no_log": True},
    "peer_global_id": {"type": "str"},
    "peer_validate_certs": {"type": "bool"},
    "peer_ca_path": {"type": "path"},
}

TASK = Task("x509_certificate_exchange", POWERSTORE, {**SPEC, **WAITING}, bring_about(TrustHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
