# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the array sends notifications, and the banner that people see before they log in.

Source: PowerStore REST 4.0, smtp_config, email_notify_destination, snmp_server, remote_syslog_server, login_banner.
That a new array shows no mail server, but takes a change of it, is what users of the vendor's modules have reported.
The rules for SNMP version 3, and that syslog encrypts over TCP alone, are what these modules check. That a banner needs
a text is an assumption.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect

SNMP_PORT, FIRST_FREE_PORT = 162, 1024
NONE = "None"


def after(call: Call) -> Json:
    """The object as it will be."""
    return {**call.target, **{name: value for name, value in call.body.items() if value is not None}}


def check_mail(call: Call) -> None:
    """422 for a mail server without an address or a sender."""
    wanted = after(call)
    missing = [name for name in ("address", "source_email") if not wanted.get(name)]
    if missing:
        raise Refused(422, "0xE0D010010010", f"{missing[0]} is required for the mail server.", missing[0])


def keep_mail(call: Call, entry: Json) -> None:
    """The first change makes the settings."""
    if entry.get("port") is None:
        entry["port"] = 25
    if not call.world.store.all("smtp_config"):
        call.world.store.add("smtp_config", entry)


def send_test(call: Call) -> Effect:
    """422 for a test mail while there is no mail server."""
    if not call.world.store.all("smtp_config"):
        raise Refused(422, "0xE0D010010011", "No mail server is configured.")
    return lambda: None


def check_snmp(call: Call) -> None:
    """400 for a port in between, and for what a version of SNMP lacks or does not know."""
    wanted = after(call)
    port, version = wanted["port"], wanted["version"]
    if port != SNMP_PORT and port < FIRST_FREE_PORT:
        raise invalid(f"The port must be {SNMP_PORT}, or {FIRST_FREE_PORT} and above.", "port")
    needed, foreign = {"V2c": ("trap_community", ("user_name", "authpass")), "V3": ("user_name", ("trap_community",))}[
        version
    ]
    if not wanted.get(needed):
        raise Refused(422, "0xE0F010010010", f"{needed} is required for {version}.", needed)
    given = [name for name in foreign if call.body.get(name)]
    if given:
        raise Refused(422, "0xE0F010010011", f"{given[0]} is not relevant for {version}.", given[0])
    has_auth = wanted.get("auth_protocol") not in (None, NONE)
    if wanted.get("privacy_protocol") not in (None, NONE) and not has_auth:
        raise Refused(422, "0xE0F010010012", "A privacy protocol needs an authentication protocol.", "auth_protocol")
    if has_auth and not (call.body.get("authpass") or call.target.get("@authpass")):
        raise Refused(422, "0xE0F010010013", "authpass is required with an authentication protocol.", "authpass")
    if call.body.get("authpass") and not has_auth:
        raise Refused(422, "0xE0F010010014", "authpass is only for an authentication protocol.", "authpass")


def complete_snmp(world: ApplianceState, entry: Json) -> None:
    """A server that names no protocols has none."""
    for name in ("auth_protocol", "privacy_protocol"):
        if entry.get(name) is None:
            entry[name] = NONE


def check_syslog(call: Call) -> None:
    """422 for TLS over UDP."""
    wanted = after(call)
    if wanted.get("encryption") == "TLS" and wanted["protocol_type"] != "TCP":
        raise Refused(422, "0xE0F020010010", "TLS is only possible over TCP.", "encryption")


def complete_syslog(world: ApplianceState, entry: Json) -> None:
    """A new server is in use, without encryption. It gets all audit events, and no alerts."""
    for name, value in (("is_enabled", True), ("encryption", NONE), ("is_alert_events_included", False)):
        if name in world.catalog.attributes("remote_syslog_server") and entry.get(name) is None:
            entry[name] = value
    if entry.get("status") is None:
        entry["status"] = "Connected"


def complete_mailbox(world: ApplianceState, entry: Json) -> None:
    """Who says nothing gets mail about critical alerts only."""
    for name in ("critical", "major", "minor", "info"):
        if entry.get(f"notify_{name}") is None:
            entry[f"notify_{name}"] = name == "critical"


def check_banner(call: Call) -> None:
    """422 for a banner without a text."""
    wanted = after(call)
    if wanted["is_enabled"] and not str(wanted.get("banner_text") or "").strip():
        raise Refused(422, "0xE09040070010", "The login banner has no text.", "banner_text")


def keep_text(call: Call, entry: Json) -> None:
    """The array drops empty lines at the end of a banner."""
    entry["banner_text"] = str(entry.get("banner_text") or "").rstrip()


RULES = {
    "smtp_config": Rules({"test": send_test}, unset_id="0", before={"modify": check_mail}, after={"modify": keep_mail}),
    "email_notify_destination": Rules({"test": send_test}, complete=complete_mailbox),
    "snmp_server": Rules(complete=complete_snmp, before={"create": check_snmp, "modify": check_snmp}),
    "remote_syslog_server": Rules(complete=complete_syslog, before={"create": check_syslog, "modify": check_syslog}),
    "login_banner": Rules(before={"modify": check_banner}, after={"modify": keep_text}),
}
