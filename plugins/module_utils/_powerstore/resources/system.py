# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of the cluster. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..._engine.table.resource_type import EXISTING, SINGLETON
from ..define import define
from ..formats import ADDRESSES, SERVERS, as_servers

DNS = define("dns", title="DNS settings", kind=SINGLETON, offer=("addresses",), format={"addresses": ADDRESSES})

NTP = define(
    "ntp",
    title="NTP settings",
    kind=SINGLETON,
    offer=("addresses",),
    format={"addresses": SERVERS},
    normalize={"addresses": as_servers},
)

SERVICE_CONFIG = define(
    "service_config", title="SSH access", kind=EXISTING, identity=("appliance",), offer=("is_ssh_enabled",)
)
