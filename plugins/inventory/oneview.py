# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of HPE OneView as inventory hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: oneview
short_description: "OneView: servers as inventory hosts"
version_added: 1.0.0
description:
  - Makes each server hardware of an HPE OneView a host, with what OneView knows of its profile. With O(hosts=profiles),
    each server profile is a host, with what OneView knows of its hardware.
  - The name of the file must end in C(.oneview.yml) or C(.oneview.yaml).
  - The names of all variables begin with C(oneview_). A variable is null if the appliance has no value for it.
  - The plugin logs in once and logs out. It sends seven requests for any number of servers, and more only if a list has
    several pages.
  - OneView does not know the address of a server's operating system. Use O(compose) to set C(ansible_host).
author:
  - The jobwise.appliance contributors (@jobwise)
requirements:
  - requests (on the controller)
extends_documentation_fragment:
  - jobwise.appliance.oneview.plugin
  - constructed
  - inventory_cache
options:
  plugin:
    description: The name of this plugin. Ansible recognises the file by it.
    type: str
    required: true
    choices: [jobwise.appliance.oneview]
  hosts:
    description:
      - What is a host.
      - V(hardware) stands for every server hardware, also without a profile.
      - V(profiles) stands for every server profile, also without hardware.
    type: str
    choices: [hardware, profiles]
    default: hardware
  hostnames:
    description:
      - Where the names of the hosts come from. The first entry that has a value for a host is used.
      - V(name) is the name of the hardware, or with O(hosts=profiles) that of the profile.
      - Patterns such as those of C(--limit) cannot contain blanks, commas, colons and others. Hyphens replace them, so
        that the server C(encl1, bay 1) is the host C(encl1-bay-1). The variable C(oneview_name) has the original name.
      - If two hosts would have the same name, the plugin fails, because a play must not take one server for another.
    type: list
    elements: str
    choices: [name, hardware, profile, serial_number, uuid, ilo_name]
    default: [name]
  filters:
    description:
      - Conditions on the attributes of the hardware, or with O(hosts=profiles) of the profiles. Only what meets all of
        them becomes a host.
      - They are written as the filters of M(jobwise.appliance.oneview_info), such as C(powerState) with the value
        V(On).
    type: dict
  scopes:
    description:
      - Names of scopes. Only what is in one of them becomes a host. The default is all.
    type: list
    elements: str
seealso:
  - module: jobwise.appliance.oneview_info
  - module: jobwise.appliance.oneview_server_power
  - module: jobwise.appliance.oneview_server_profile
notes:
  - "The variables of a host: C(oneview_name), C(oneview_uri), C(oneview_scopes) (names)."
  - "Of its hardware: C(oneview_hardware) (name), C(oneview_hardware_uri), C(oneview_serial_number), C(oneview_uuid),
    C(oneview_model), C(oneview_short_model), C(oneview_hardware_type) (name), C(oneview_power) (such as V(On)),
    C(oneview_state), C(oneview_status), C(oneview_enclosure) (name), C(oneview_bay), C(oneview_enclosure_group) (name),
    C(oneview_memory_mb), C(oneview_maintenance_mode), C(oneview_rom_version), C(oneview_licensing)."
  - "Of its iLO: C(oneview_ilo_address) (the first IPv4 or IPv6 address that is not link-local, else the name),
    C(oneview_ilo_addresses), C(oneview_ilo_name), C(oneview_ilo_model), C(oneview_ilo_firmware)."
  - "Of its profile: C(oneview_profile) (name), C(oneview_profile_uri), C(oneview_profile_description),
    C(oneview_profile_state), C(oneview_profile_status), C(oneview_template) (name), C(oneview_template_compliance)."
"""

EXAMPLES = r"""
# servers.oneview.yml: all servers, in groups by power, scope and template
plugin: jobwise.appliance.oneview
host: oneview.example.com
username: reader
password: "{{ lookup('ansible.builtin.env', 'ONEVIEW_PASSWORD') }}"
hostnames: [profile, name]
strict: true
compose:
  ansible_host: oneview_profile ~ '.example.com' if oneview_profile else oneview_ilo_address
groups:
  spare: not oneview_profile
keyed_groups:
  - key: oneview_power
    prefix: power
  - key: oneview_scopes
    prefix: scope
  - key: oneview_template
    prefix: template
    default_value: none
---
# Host, user and password come from the environment, as from an AWX credential. It is read at most once an hour.
plugin: jobwise.appliance.oneview
hosts: profiles
scopes: [Production]
filters:
  templateCompliance: NonCompliant
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/ansible-inventory
cache_timeout: 3600
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.inventory import hosts
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from ansible_collections.jobwise.appliance.plugins.plugin_utils.inventory import ApplianceInventory, inventory_work

SPEC = {
    "hosts": {"type": "str", "choices": ["hardware", "profiles"], "default": "hardware"},
    "hostnames": {
        "type": "list",
        "elements": "str",
        "choices": ["name", "hardware", "profile", "serial_number", "uuid", "ilo_name"],
        "default": ["name"],
    },
    "filters": {"type": "dict"},
    "scopes": {"type": "list", "elements": "str"},
}


class InventoryModule(ApplianceInventory):
    """Servers as hosts."""

    NAME = "jobwise.appliance.oneview"
    TASK = Task("oneview", ONEVIEW, SPEC, inventory_work(hosts))
    PREFIX = "oneview"
