# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts and their initiators, and host groups. Source: PowerStore REST API 4.0, 4.1, host, host_group."""

from __future__ import annotations

from ..._engine.lookup.references import Ref
from ..._engine.options.rules import Requires
from ..._engine.table.lists import Item, List, Patch
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
            chap_single_password={"belongs_to": ("chap_single_username",)},
            chap_mutual_password={"belongs_to": ("chap_mutual_username",)},
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

HOSTS = List(
    "hosts",
    api_name="host_ids",
    read="hosts[]",
    required=True,
    item=Item("host", ref=Ref("host")),
    channel=Patch("add_host_ids", "remove_host_ids", create="host_ids"),
    deleted_by="delete_hosts",
)

HOST_GROUP = define(
    "host_group",
    offer=("description", "host_connectivity"),
    lists=(HOSTS,),
    own_parameters=("delete_hosts",),
    rules=(Requires("delete_hosts", "state", ("absent",), refuses=(True,)),),
)
