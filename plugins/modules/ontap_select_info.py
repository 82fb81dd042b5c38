#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_info
short_description: "ONTAP Select: read records of any type"
version_added: 1.0.0
description:
  - Reads records from any collection of the Deploy REST API, with Deploy's own filters.
  - The task reads events page by page, so it returns all of them, whatever their number. It reads them with one request
    if O(order), O(ids) or O(names) is given, or if a condition on C(time) is more than a lower bound.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.ontap_select
options:
  type:
    description:
      - Path of the collection in the REST API, such as V(clusters), V(hosts), V(images), V(jobs), V(events), V(deploy),
        V(licensing/licenses) or V(security/credentials).
      - A path can continue below a record, as in C(clusters/9317b4d4-80d2-11ea-b7df-00505694379e/nodes).
    type: str
    required: true
  ids:
    description:
      - Return only records with these ids. RV(missing) lists the ids that do not exist.
      - An empty list returns nothing.
    type: list
    elements: str
  names:
    description:
      - Return only records with these names, in any case. RV(missing) lists the names that do not exist.
      - An empty list returns nothing.
    type: list
    elements: str
  filters:
    description:
      - Conditions by attribute, with Deploy's operators. A record must meet all of them.
      - A plain value must match exactly. V(<), V(>), V(<=), V(>=) and V(!) in front of a value compare, V(|) between
        values means or, V(*) matches any text, and V(null) and V(!null) test whether the attribute is set.
      - Dots refer to attributes in structures and lists, as in C(nodes.serial_number).
    type: dict
  fields:
    description:
      - Attributes to return. Deploy always adds those that identify a record, such as its id and name. V(*) stands for
        all attributes that Deploy can read at low cost, V(**) for all attributes.
      - Which attributes V(*) returns can change between releases, so name the attributes that a playbook relies on.
    type: list
    elements: str
    default: ["*"]
  order:
    description: Attributes to sort by, each followed by a space and C(asc) or C(desc), such as V(name asc).
    type: list
    elements: str
  limit:
    description: Highest number of records to return, at least 1. All records by default.
    type: int
seealso:
  - module: jobwise.appliance.ontap_select_backup
  - module: jobwise.appliance.ontap_select_cluster
  - module: jobwise.appliance.ontap_select_credential
  - module: jobwise.appliance.ontap_select_deployment
  - module: jobwise.appliance.ontap_select_host
  - module: jobwise.appliance.ontap_select_job
  - module: jobwise.appliance.ontap_select_license
  - module: jobwise.appliance.ontap_select_network_check
  - module: jobwise.appliance.ontap_select_node
  - module: jobwise.appliance.ontap_select_power
  - module: jobwise.appliance.ontap_select_resize
"""

EXAMPLES = r"""
- name: Find the clusters that are deployed, with their nodes
  jobwise.appliance.ontap_select_info:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    type: clusters
    filters:
      is_deployed: true
    fields: [id, name, ip, state, nodes]
    order: [name asc]

- name: List the ONTAP images that clusters can be made of
  jobwise.appliance.ontap_select_info:
    type: images
    fields: [id]

- name: Read what has happened since midnight
  jobwise.appliance.ontap_select_info:
    type: events
    filters:
      time: ">={{ now(utc=true, fmt='%Y-%m-%d') }}T00:00:00Z"

- name: Read the events of one request, whose id is in the message of a failed task
  jobwise.appliance.ontap_select_info:
    type: events
    filters:
      request_id: e6d4a5b2-80d2-11ea-b7df-00505694379e
"""

RETURN = r"""
resources:
  description: The records with the selected attributes.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 9317b4d4-80d2-11ea-b7df-00505694379e
      name: c1
      ip: 192.0.2.10
      state: powered_on
count:
  description: Number of records in RV(resources).
  returned: success
  type: int
  sample: 1
missing:
  description: The O(ids) or O(names) that Deploy does not have.
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
  sample: {kind: refused, method: GET, path: /api/v3/clusters, status: 400, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.client import SelectClient
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.info_query import InfoQuery
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NOT_READ, found
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Caller, Task

SPEC: Json = {
    "type": {"type": "str", "required": True},
    "ids": {"type": "list", "elements": "str"},
    "names": {"type": "list", "elements": "str"},
    "filters": {"type": "dict"},
    "fields": {"type": "list", "elements": "str", "default": ["*"]},
    "order": {"type": "list", "elements": "str"},
    "limit": {"type": "int"},
}


def read(client: SelectClient, caller: Caller) -> Json:
    """Return the records that the task asks for."""
    resources, missing = InfoQuery.of(caller.params).ask(client)
    return found(resources, missing, "fields")


TASK = Task("ontap_select_info", ONTAP_SELECT, SPEC, read, {"mutually_exclusive": [("ids", "names")]}, NOT_READ)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
