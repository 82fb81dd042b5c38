#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_info
short_description: "OneView: read resources of any type"
version_added: 1.0.0
description:
  - Reads resources of any collection of the REST API, with the appliance's own filters. It always reads all pages.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.oneview
options:
  type:
    description:
      - Name of the collection in the REST API, with or without the prefix C(/rest/), such as V(server-hardware),
        V(server-profiles), V(ethernet-networks), V(alerts), V(tasks), V(users) or V(backups).
      - The path may continue below a resource, as in C(server-profiles/fd3b52f4-9d5b-4b73-9d22-0a6a4cd2c4b1/messages).
      - For a single resource, such as V(appliance/configuration/time-locale), RV(resources) has one element.
    type: str
    required: true
  ids:
    description:
      - Read only the resources with these URIs, or last parts of URIs. RV(missing) lists those that do not exist.
      - The module reads them one by one, so it does not accept O(filters) or O(order) with them.
    type: list
    elements: str
  names:
    description:
      - Read only the resources with these names. If a resource has exactly this spelling, only the exact spelling
        matches; otherwise names ignore case. RV(missing) lists the names that do not exist.
      - With O(filters), resources that exist but do not meet the conditions are neither returned nor missing.
    type: list
    elements: str
  filters:
    description:
      - Conditions by attribute. A resource must meet all of them. A list gives several conditions for one attribute.
      - A plain value must be equal to the attribute, ignoring case.
      - An operator, a space and a value make a comparison. C(eq) and C(ne) compare text and ignore case; C(seq) and
        C(sne) respect case. C(gt), C(ge), C(lt) and C(le) compare numbers. C(matches) and C(smatches) compare with a
        pattern, in which C(%) stands for any text and C(_) for any single character; a backslash escapes them.
        C(regex) and C(sregex) search for a regular expression in the value. The prefix C(not) negates.
      - V(eq NULL) is true if the attribute has no value, V(ne NULL) if it has one.
      - Dots reach nested attributes, as in C(associatedResource.resourceName).
    type: dict
  fields:
    description: Attributes to return. The default is all.
    type: list
    elements: str
  order:
    description: Attributes to sort by. The suffix C(:desc) sorts in descending order.
    type: list
    elements: str
  limit:
    description: Largest number of resources to return. The default is all.
    type: int
seealso:
  - module: jobwise.appliance.oneview_backup
  - module: jobwise.appliance.oneview_backup_schedule
  - module: jobwise.appliance.oneview_certificate
  - module: jobwise.appliance.oneview_ethernet_network
  - module: jobwise.appliance.oneview_fc_network
  - module: jobwise.appliance.oneview_network_set
  - module: jobwise.appliance.oneview_scope
  - module: jobwise.appliance.oneview_server_power
  - module: jobwise.appliance.oneview_server_profile
  - module: jobwise.appliance.oneview_snmp_trap
  - module: jobwise.appliance.oneview_storage_system
  - module: jobwise.appliance.oneview_task
  - module: jobwise.appliance.oneview_time_locale
  - module: jobwise.appliance.oneview_user
  - module: jobwise.appliance.oneview_volume
"""

EXAMPLES = r"""
- name: Find the servers that are powered on, largest first
  jobwise.appliance.oneview_info:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    type: server-hardware
    filters:
      powerState: "On"
      model: matches ProLiant%
    fields: [name, model, serialNumber, memoryMb]
    order: [memoryMb:desc]
  register: running

- name: Read two networks by name
  jobwise.appliance.oneview_info:
    type: ethernet-networks
    names: [vm-120, vm-121]
  # host, username and password come from module_defaults or from the environment

- name: Read the ten newest alerts that are neither cleared nor harmless
  jobwise.appliance.oneview_info:
    type: alerts
    filters:
      alertState: ne Cleared
      severity: [ne OK, ne Unknown]
    order: [created:desc]
    limit: 10
"""

RETURN = r"""
resources:
  description: The resources as the appliance shows them. If the task gives O(fields), only with these attributes.
  returned: success
  type: list
  elements: dict
  sample:
    - name: encl1, bay 3
      model: ProLiant BL460c Gen10
      serialNumber: SGH100X4J1
      memoryMb: 262144
count:
  description: Number of resources in RV(resources).
  returned: success
  type: int
  sample: 1
missing:
  description: The O(ids) or O(names) that do not exist on the appliance, regardless of O(filters).
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
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.info_query import InfoQuery
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NOT_READ, found
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Caller, Task

SPEC: Json = {
    "type": {"type": "str", "required": True},
    "ids": {"type": "list", "elements": "str"},
    "names": {"type": "list", "elements": "str"},
    "filters": {"type": "dict"},
    "fields": {"type": "list", "elements": "str"},
    "order": {"type": "list", "elements": "str"},
    "limit": {"type": "int"},
}


def read(client: OneViewClient, caller: Caller) -> Json:
    """Return the resources that the task asks for."""
    resources, missing = InfoQuery.of(caller.params).ask(client)
    return found(resources, missing, "fields")


TASK = Task("oneview_info", ONEVIEW, SPEC, read, {"mutually_exclusive": [("ids", "names")]}, NOT_READ)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
