# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of the cluster. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..._engine.options.rules import Requires, requires
from ..._engine.table.resource_type import EXISTING, SINGLETON, RequestParameter
from ..define import define
from ..formats import ADDRESSES, SERVERS, as_servers

CLUSTER = define(
    "cluster",
    title="cluster settings",
    kind=SINGLETON,
    offer=("cluster_name", "physical_mtu"),
    names={"cluster_name": "name"},
    reads=("global_id", "state", "management_address"),
)

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

MAINTENANCE_WINDOW = define(
    "maintenance_window",
    kind=EXISTING,
    identity=("appliance",),
    offer=("is_enabled", "end_offset"),
    own_parameters=(RequestParameter("at_least", on=(), type="int"),),
    reads=("end_time",),
    rules=(Requires("at_least", "end_offset"),),
    state_rules=(requires("end_offset", "is_enabled", True),),
)

REMOTE_SUPPORT_CONTACT = define(
    "remote_support_contact",
    title="support contact",
    kind=EXISTING,
    identity=("id",),
    offer=("first_name", "last_name", "email", "phone"),
)
