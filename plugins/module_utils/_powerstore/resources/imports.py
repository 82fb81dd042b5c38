# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What imports need on this array. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..define import define
from ..formats import ADDRESS, IDENTIFIER

FILE_IMPORT_INTERFACE = define(
    "file_import_interface",
    identity=("ip_address",),
    offer=("prefix_length", "gateway", "vlan_id", "ip_port_id"),
    format={"ip_address": ADDRESS, "gateway": ADDRESS, "ip_port_id": IDENTIFIER},
)
