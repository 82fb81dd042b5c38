# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts and their initiators. Source: PowerStore REST API 4.0, 4.1, host."""

from __future__ import annotations

from ..._engine.lists import Item, List, Patch
from ..define import define, items_of
from ..formats import PORT_NAME, as_port_name

INITIATORS = List(
    "initiators",
    read="host_initiators",
    required=True,
    item=Item(
        "initiator",
        key=("port_name",),
        attributes=items_of(
            "host",
            "add_initiators",
            "modify_initiators",
            port_name={"format": PORT_NAME, "normalize": as_port_name},
            port_type={"required": True},
            chap_single_password={"belongs_to": "chap_single_username"},
            chap_mutual_password={"belongs_to": "chap_mutual_username"},
        ),
    ),
    channel=Patch("add_initiators", "remove_initiators", "modify_initiators", create="initiators"),
)

HOST = define(
    "host",
    offer=("description", "os_type", "host_connectivity"),
    lists=(INITIATORS,),
    reads=("type", "host_group_id"),
)
