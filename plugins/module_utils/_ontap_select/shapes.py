# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes that Deploy's responses must have, derived from the fields that a request names.

Source: NetApp's documentation of the Deploy REST API, version 3. A field has the same kind everywhere.
"""

from __future__ import annotations

import functools
import typing as t

from .._engine.shape import ANY, FLAG, ID, NAME, NUMBER, TEXT, TEXTS, Kind, Shape, each, one

KINDS: t.Mapping[str, Kind] = {
    "id": ID,
    **dict.fromkeys(("is_deployed", "passthrough_disks", "is_storage_efficiency_enabled"), FLAG),
    **dict.fromkeys(("mtu", "capacity", "vlan_id", "cpu_reservation_percentage"), NUMBER),
    **dict.fromkeys(("host", "license"), one(id=TEXT)),
    "ntp_servers": TEXTS,
    "dns_info": one(domains=TEXTS, dns_ips=TEXTS),
    "nodes": each({"id": ID, "name": NAME}),
    **dict.fromkeys(
        (
            *("name", "hostname", "username", "type", "state", "message", "last_modified", "ip", "netmask", "gateway"),
            *("hypervisor_type", "management_server", "ontap_image_version", "instance_type", "purpose"),
        ),
        TEXT,
    ),
}
# Objects that always have a name, by the last part of their path.
NAMED = ("clusters", "hosts", "nodes")


@functools.lru_cache(maxsize=None)
def shape_of(path: str, fields: str) -> Shape:
    """Return the shape of the records at a path, with the requested fields. fields: separated by commas."""
    shape = {name: KINDS.get(name, ANY) for name in fields.split(",")}
    parts = path.split("/")
    if "name" in shape and (parts[-1] in NAMED or parts[-2:-1] and parts[-2] in NAMED):
        shape["name"] = NAME
    return shape
