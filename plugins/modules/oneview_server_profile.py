#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_server_profile
short_description: "OneView: manage server profiles"
version_added: 1.0.0
description:
  - Creates server profiles, from a template or without one, changes, renames and deletes them, and assigns them to
    servers.
  - The module finds a profile by its name or by its URI. Names ignore case; if several names differ only in case, the
    exact spelling counts. Attributes that the task does not give stay as they are.
  - The module never powers off a server unless O(power_off=true). If the appliance cannot make a change while the
    server is on, the task fails before it writes anything, in check mode too.
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
    description: Whether the profile must exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the profile. Give this or O(id).
    type: str
  id:
    description: URI of the profile, or the last part of it. Give this or O(name).
    type: str
  new_name:
    description: Name to give to the profile. A second run finds it under the new name and changes nothing.
    type: str
  description:
    description: Free text, or an empty string for none.
    type: str
  template:
    description:
      - Template of server profiles, by name or URI, or an empty string for none.
      - The module creates a new profile from the template. An existing profile is only assigned to the template, and
        its settings stay as they are.
    type: str
  server_hardware:
    description:
      - Server to assign the profile to, by name or URI, or an empty string for none. It must not have another profile.
      - The profile takes over the server's hardware type and enclosure group unless the task gives them.
    type: str
  server_hardware_type:
    description:
      - Type of the servers that can use the profile, by name or URI. Required to create a profile without
        O(server_hardware) and O(template).
    type: str
  enclosure_group:
    description: Enclosure group that the profile belongs to, by name or URI, or an empty string for none.
    type: str
  affinity:
    description: Whether the profile stays with the bay when another server is inserted into it.
    type: str
    choices: [Bay, BayAndServer]
  hide_unused_flex_nics:
    description: Whether adapter functions that no connection uses are hidden from the operating system.
    type: bool
  serial_number_type:
    description: Source of the serial number. It can be set only when the profile is created.
    type: str
    choices: [Virtual, Physical, UserDefined]
  mac_type:
    description: Source of MAC addresses. It can be set only when the profile is created.
    type: str
    choices: [Virtual, Physical, UserDefined]
  wwn_type:
    description: Source of world wide names. It can be set only when the profile is created.
    type: str
    choices: [Virtual, Physical, UserDefined]
  manage_boot:
    description: Whether the profile sets the boot order. If the task gives O(boot_order), the default is V(true).
    type: bool
  boot_order:
    description: Devices to boot from, in this order.
    type: list
    elements: str
    choices: [CD, Floppy, USB, HardDisk, FibreChannelHba, PXE]
  manage_boot_mode:
    description:
      - Whether the profile sets the boot mode. If the task gives an option of the boot mode, the default is V(true).
    type: bool
  boot_mode:
    description: Boot mode of the server.
    type: str
    choices: [UEFI, UEFIOptimized, BIOS]
  pxe_boot_policy:
    description:
      - How the server boots from the network, such as V(Auto), V(IPv4) or V(IPv6ThenIPv4). It has an effect only in a
        UEFI mode.
    type: str
  secure_boot:
    description: Whether the server boots only signed systems, such as V(Unmanaged), V(Enabled) or V(Disabled).
    type: str
  connections:
    description:
      - The complete list of the connections of the profile. The module matches them by id, or by name if an entry has
        no id. If two entries match the same connection, the task fails.
      - The module compares only the suboptions that an entry gives. Addresses and everything else that the appliance or
        other people have set stay as they are.
    type: list
    elements: dict
    suboptions:
      id:
        description: Number of the connection. If a new connection has no number, the appliance assigns one.
        type: int
      name:
        description: Name of the connection, up to 63 characters.
        type: str
      function_type:
        description:
          - Type of the connection. For storage networks given by name, set V(FibreChannel).
          - It can be set only when the connection is created.
        type: str
        choices: [Ethernet, FibreChannel, Iscsi]
      network:
        description:
          - Name or URI of the network or network set, or an empty string for none.
          - If a network and a network set have the same name, the module uses the network.
        type: str
      port_id:
        description: Port of the server, such as V(Mezz 3:1-a) or V(Auto).
        type: str
      requested_mbps:
        description: Bandwidth in Mb/s, or V(Auto).
        type: str
      boot_priority:
        description: Whether the server boots from the connection.
        type: str
        choices: [NotBootable, Primary, Secondary]
  power_off:
    description:
      - Whether the module may shut down servers if this is needed to create, change or delete the profile.
      - If not V(true), a task that needs a server to be off fails while the server is on. Some changes of connections
        are possible on a running server; for these, the task warns that the appliance may refuse them.
      - The module does not power servers on again. Use M(jobwise.appliance.oneview_server_power) for that.
    type: bool
seealso:
  - module: jobwise.appliance.oneview_server_power
  - module: jobwise.appliance.oneview_network_set
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Create a web server from a template
  jobwise.appliance.oneview_server_profile:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    name: web-02
    template: web
    server_hardware: encl1, bay 2
    wait_timeout: 3600

- name: Boot from the network first, and change a bandwidth
  jobwise.appliance.oneview_server_profile:
    name: web-02
    boot_order: [PXE, HardDisk, CD]
    connections:
      - name: mgmt
      - name: prod
        requested_mbps: 8000
      - name: san-a
    power_off: true
    wait_timeout: 3600
  # host, username and password come from module_defaults or from the environment

- name: Delete the profile
  jobwise.appliance.oneview_server_profile:
    name: web-02
    state: absent
    power_off: true
"""

RETURN = r"""
resource:
  description:
    - The profile as the appliance shows it after the task; in check mode, as it was before the task.
    - Null if the profile does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    uri: /rest/server-profiles/b8a0a1b6-1f0e-4a39-9d0a-6b3a1a3f2b11
    name: web-02
    serverHardwareUri: /rest/server-hardware/30373237-3132-4D32-3235-303930524D57
    serverProfileTemplateUri: /rest/server-profile-templates/6b3a1a3f-1f0e-4a39-9d0a-b8a0a1b62b11
    templateCompliance: Compliant
    boot:
      manageBoot: true
      order: [PXE, HardDisk, CD]
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["power off server encl1, bay 2", "change boot_order and connections of server profile web-02"]
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
      action: modify
      state: done
      phase: Completed
      percent: 100
      resource_id: /rest/server-profiles/b8a0a1b6-1f0e-4a39-9d0a-6b3a1a3f2b11
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
      - code: ServerPoweredOn
        severity: Error
        message: Some server profile attributes cannot be changed while the server hardware is powered on.
        arguments: []
        actions: ["Power off the server hardware, then try again."]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.servers.profiles import PROFILE, ProfileHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def make_handler(client: OneViewClient, desired: Json) -> ProfileHandler:
    """Return the handler for the profile that the task names."""
    return ProfileHandler(client, desired)


TASK = Task(
    "oneview_server_profile",
    ONEVIEW,
    {**PROFILE.argument_spec(), **WAITING},
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
