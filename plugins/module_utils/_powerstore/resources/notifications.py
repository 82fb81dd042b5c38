# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the cluster sends its notifications: e-mail, SNMP, syslog.

Source: PowerStore REST API 4.0, 4.1, smtp_config, email_notify_destination, snmp_server, remote_syslog_server.
"""

from __future__ import annotations

from ..._engine.options.rules import calls_for, requires
from ..._engine.table.attribute import CANNOT
from ..._engine.table.resource_type import SINGLETON
from ..define import define
from ..formats import SERVER_NAME, as_audit_types, as_server

SMTP_CONFIG = define(
    "smtp_config",
    title="SMTP settings",
    kind=SINGLETON,
    unset_id="0",
    offer=("address", "smtp_port", "source_email"),
    names={"smtp_port": "port"},
    format={"address": SERVER_NAME},
    normalize={"address": as_server},
    clear={"address": CANNOT, "source_email": CANNOT},
    state_rules=(
        requires("address", "source_email"),
        requires("smtp_port", "address"),
        requires("source_email", "address"),
    ),
)

EMAIL_NOTIFY_DESTINATION = define(
    "email_notify_destination",
    title="e-mail destination",
    identity=("email_address",),
    offer=("notify_critical", "notify_major", "notify_minor", "notify_info"),
)

AUTHENTICATED = ("MD5", "SHA256")
ENCRYPTED = ("AES256", "TDES")

SNMP_SERVER = define(
    "snmp_server",
    title="SNMP server",
    identity=("ip_address",),
    offer=(
        "server_port",
        "version",
        "alert_severity",
        "trap_community",
        "user_name",
        "auth_protocol",
        "privacy_protocol",
        "authpass",
    ),
    names={"server_port": "port"},
    format={"ip_address": SERVER_NAME},
    belongs_to={"authpass": ("user_name", "auth_protocol", "privacy_protocol")},
    state_rules=(
        calls_for("version", ("V2c",), "trap_community"),
        calls_for("version", ("V3",), "user_name"),
        requires("trap_community", "version", "V2c"),
        requires("user_name", "version", "V3"),
        calls_for("auth_protocol", AUTHENTICATED, "user_name"),
        calls_for("auth_protocol", AUTHENTICATED, "authpass", readable=False),
        requires("authpass", "auth_protocol", *AUTHENTICATED),
        calls_for("privacy_protocol", ENCRYPTED, "auth_protocol", AUTHENTICATED),
    ),
)

REMOTE_SYSLOG_SERVER = define(
    "remote_syslog_server",
    title="syslog server",
    identity=("remote_server_address",),
    offer=(
        "server_port",
        "protocol_type",
        "encryption",
        "audit_types",
        "is_enabled",
        "is_alert_events_included",
    ),
    names={"server_port": "port"},
    format={"remote_server_address": SERVER_NAME},
    normalize={"audit_types": as_audit_types},
    state_rules=(calls_for("encryption", ("TLS",), "protocol_type", ("TCP",)),),
)
