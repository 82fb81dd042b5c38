#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_server_profile
short_description: Manage server profiles of HPE OneView
version_added: 1.0.0
description:
  - Creates server profiles, from a template or without one, changes, renames and deletes them, and assigns them to
    servers.
  - A profile is found by its name or by its URI. Names ignore case; where several differ in nothing else, the exact
    spelling counts. What others have set stays as it is.
  - A server is never powered off, unless O(power_off) says so. What the appliance cannot do while it is on is refused
    before anything is written, in check mode, too.
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
    description: Whether the profile is to exist.
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
    description: Free text, or an empty one for none.
    type: str
  template:
    description:
      - Template of server profiles, by name or URI, or an empty text for none.
      - A new profile is made from it. One that exists is only assigned to it; its settings stay as they are.
    type: str
  server_hardware:
    description:
      - Server that gets the profile, by name or URI, or an empty text for none. It must not have another profile.
      - Its type and its enclosure group become the profile's, unless the task gives others.
    type: str
  server_hardware_type:
    description:
      - Type of servers that the profile is for, by name or URI. Needed to create a profile without
        O(server_hardware) and O(template).
    type: str
  enclosure_group:
    description: Group of enclosures that the profile is for, by name or URI, or an empty text for none.
    type: str
  affinity:
    description: Whether the profile stays with the bay when another server is put into it.
    type: str
    choices: [Bay, BayAndServer]
  hide_unused_flex_nics:
    description: Whether the operating system does not see functions of adapters that no connection uses.
    type: bool
  serial_number_type:
    description: Where the serial number comes from. It can be set only when the profile is created.
    type: str
    choices: [Virtual, Physical, UserDefined]
  mac_type:
    description: Where MAC addresses come from. It can be set only when the profile is created.
    type: str
    choices: [Virtual, Physical, UserDefined]
  wwn_type:
    description: Where world wide names come from. It can be set only when the profile is created.
    type: str
    choices: [Virtual, Physical, UserDefined]
  manage_boot:
    description: Whether the profile sets the boot order, true unless given if there is an O(boot_order).
    type: bool
  boot_order:
    description: The devices to boot from, in this order.
    type: list
    elements: str
    choices: [CD, Floppy, USB, HardDisk, FibreChannelHba, PXE]
  manage_boot_mode:
    description: Whether the profile sets the boot mode, true unless given if there is anything of it.
    type: bool
  boot_mode:
    description: How the server boots.
    type: str
    choices: [UEFI, UEFIOptimized, BIOS]
  pxe_boot_policy:
    description:
      - How the server boots from the network, such as V(Auto), V(IPv4) or V(IPv6ThenIPv4). It has a meaning only in a
        UEFI mode.
    type: str
  secure_boot:
    description: Whether only signed systems boot, such as V(Unmanaged), V(Enabled) or V(Disabled).
    type: str
  connections:
    description:
      - The connections of the profile, all of them. They are matched by id, or by name where a connection gives no id.
        One that is listed twice, by its id and by its name, makes the task fail.
      - Of each connection, only what is given here is compared; addresses and whatever else the appliance or others
        have set stay as they are.
    type: list
    elements: dict
    suboptions:
      id:
        description: Number of the connection. The appliance picks one for a new connection that gives none.
        type: int
      name:
        description: Name of the connection, up to 63 characters.
        type: str
      function_type:
        description:
          - What the connection is for. Give V(FibreChannel) for storage networks that are named.
          - It can be set only when the connection is created.
        type: str
        choices: [Ethernet, FibreChannel, Iscsi]
      network:
        description:
          - Name or URI of the network or network set, or an empty text for none.
          - If a network and a network set have the same name, the network is meant.
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
      - Whether servers that are on may be shut down where that is needed to create, change or delete the profile.
      - Without it, a task that needs a server off fails while it is on. Some changes of connections are possible then;
        a warning says that the appliance may refuse them.
      - They are not powered on again; M(jobwise.appliance.oneview_server_power) does that.
    type: bool
seealso:
  - module: jobwise.appliance.oneview_server_power
  - module: jobwise.appliance.oneview_network_set
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: A web server from the template
  jobwise.appliance.oneview_server_profile:
    host: oneview.example.com
    username: automation
    password: "{{ oneview_password }}"
    name: web-02
    template: web
    server_hardware: encl1, bay 2
    wait_timeout: 3600

- name: Boot from the network first, and have another bandwidth
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
  # host, username and password from module_defaults or from the environment

- name: Delete it
  jobwise.appliance.oneview_server_profile:
    name: web-02
    state: absent
    power_off: true
"""

RETURN = r"""
resource:
  description:
    - The profile as the appliance shows it after the task, before the task in check mode.
    - Null if there is no such profile, or if the task did not wait for its last job.
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

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.resource_type import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.servers.profiles import PROFILE, ProfileHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about, run_module


def make_handler(client: OneViewClient, desired: Json) -> ProfileHandler:
    """Return the profile that the task names."""
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
