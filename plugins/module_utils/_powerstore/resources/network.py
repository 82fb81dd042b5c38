# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ports and networks. Source: PowerStore REST API 4.0, 4.1, eth_port, fc_port."""

from __future__ import annotations

from ..._engine.table.resource_type import EXISTING
from ..define import define

AUTO = "Auto"
PORT_READS = ("current_speed", "supported_speeds", "is_link_up", "port_connector_type", "stale_state")

ETH_PORT = define(
    "eth_port",
    title="Ethernet port",
    kind=EXISTING,
    offer=("requested_speed",),
    reads=(*PORT_READS, "mac_address", "current_mtu"),
)

FC_PORT = define(
    "fc_port",
    title="FC port",
    kind=EXISTING,
    offer=("requested_speed",),
    reads=(*PORT_READS, "wwn"),
)
