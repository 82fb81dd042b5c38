# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the appliance: time and locale, trap destinations of SNMP v1, users and destinations of SNMP v3.

HPE OneView REST API: time and locale are set by a POST, and ``dateTime`` is always the present; the client chooses the
number of a trap destination; passphrases of SNMP v3 users are never shown.
"""

from __future__ import annotations

import ipaddress
import re

import zoneinfo

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import conflict, invalid, not_found
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.tasks import Effect, Work

LOCALES = {
    "en_US.UTF-8": "English (United States)",
    "ja_JP.UTF-8": "Japanese (Japan)",
    "zh_CN.UTF-8": "Chinese (China)",
}
V3 = "appliance/snmpv3-trap-forwarding"
LEVELS = {
    "None": (),
    "Authentication": ("authenticationProtocol", "authenticationPassphrase"),
    "Authentication and privacy": (
        *("authenticationProtocol", "authenticationPassphrase", "privacyProtocol", "privacyPassphrase"),
    ),
}
HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")


def check_host(text: str | None, name: str) -> None:
    """An address or a host name."""
    try:
        ipaddress.ip_address(text or "")
    except ValueError:
        if not HOST.fullmatch(text or "") or re.fullmatch(r"[\d.]+", text or ""):
            details = None if text is None else f"{text!r}"
            raise invalid(f"INVALID_{name.upper()}", f"{name} is not valid.", details, "Give a host.") from None


def check_port(port: int | None) -> None:
    """A port of UDP."""
    if port is not None and not 1 <= port <= 65535:
        raise invalid("INVALID_PORT", "The port is not valid.", f"{port}", "Give 1 to 65535.")


# Time and locale


def check_time(dummy: Call, body: Json, entry: Json | None) -> None:
    """Locale and time zone are known, servers are hosts."""
    if body.get("locale") and body["locale"] not in LOCALES:
        raise invalid("INVALID_LOCALE", "The locale is not supported.", body["locale"], f"Use {', '.join(LOCALES)}.")
    if body.get("timezone") and body["timezone"] not in zoneinfo.available_timezones():
        raise invalid("INVALID_TIMEZONE", "The time zone is not known.", body["timezone"], "Use a name such as UTC.")
    for host in body.get("ntpServers") or ():
        check_host(host, "ntpServers")
    if body.get("pollingInterval") is not None and body["pollingInterval"] < 1:
        raise invalid("INVALID_POLLING_INTERVAL", "The interval is not valid.", None, "Give seconds above 0.")


TIME = Kind(
    path="appliance/configuration/time-locale",
    type="TimeAndLocale",
    title="time and locale",
    key="uri",
    required=(),
    writable={"locale": str, "timezone": str, "ntpServers": [str], "pollingInterval": int},
    defaults={"locale": "en_US.UTF-8", "timezone": "UTC", "ntpServers": [], "pollingInterval": None},
    shown={"dateTime": None, "localeDisplayName": None},
    check=check_time,
    view=lambda world, entry, version: {
        **entry,
        "dateTime": world.now(),
        "localeDisplayName": LOCALES.get(entry["locale"]),
    },
)


def only(world: ApplianceState, kind: Kind) -> Json:
    """The only one of its kind."""
    return world.all(kind.path)[0]


def set_time(call: Call) -> Reply:
    """POST replaces the settings. The eTag is held against theirs if there is one."""
    entry, body = only(call.world, TIME), crud.body_of(call, TIME)
    call.check_version(entry, body, needed=False)
    return crud.replace(call, TIME, entry, body, versioned=False)


def locales(dummy: Call) -> Reply:
    """What can be chosen."""
    members = [{"locale": name, "displayName": title, "localeName": title} for name, title in LOCALES.items()]
    return Reply(200, {"type": "LocaleCollection", "members": members, "count": len(members), "total": len(members)})


# SNMP v1


def check_trap(call: Call, body: Json, entry: Json | None) -> None:
    """A destination and port once."""
    check_host(body.get("destination"), "destination")
    check_port(body.get("port"))
    if not body.get("communityString"):
        raise invalid("INVALID_COMMUNITY_STRING", "communityString is missing.", None, "Give communityString.")
    pair = (body["destination"].lower(), body.get("port") or 162)
    for other in call.world.all(TRAPS.path):
        if other is not entry and (other["destination"].lower(), other["port"]) == pair:
            text = f"The trap destination {body['destination']} exists already."
            raise conflict("TRAP_DESTINATION_EXISTS", text, other["uri"], "Change that one.")


TRAPS = Kind(
    path="appliance/trap-destinations",
    type="TrapDestination",
    title="trap destination",
    key="uri",
    required=("destination", "communityString"),
    writable={"destination": str, "communityString": str, "port": int},
    defaults={"port": 162},
    check=check_trap,
)


def add_trap(call: Call) -> Reply:
    """POST to the number that the client chose."""
    number = call.keys[0]
    uri = f"/rest/{TRAPS.path}/{number}"
    if not number.isdigit() or int(number) < 1:
        raise invalid("INVALID_TRAP_ID", "The number of a trap destination is 1 or more.", number, "Choose another.")
    body = crud.body_of(call, TRAPS)

    def prepare() -> Effect:
        if call.world.exists(uri):
            raise conflict("TRAP_ID_EXISTS", f"There is a trap destination {number}.", uri, "Choose another number.")
        check_trap(call, body, None)
        return lambda: call.world.add(TRAPS, {**crud.sent(TRAPS, body), "uri": uri})

    return call.perform(TRAPS, "create", Work("Create", TRAPS.category, None, number, prepare), 201)


def validate_trap(call: Call) -> Reply:
    """Whether there could be such a destination."""
    shape = {**TRAPS.shape, "existingDestinations": [str]}
    check_trap(call, bodies.parse(call.request, shape, call.world.exists), None)
    return Reply(200, True)


# SNMP v3


def check_user(call: Call, body: Json, entry: Json | None) -> None:
    """What the security level needs is given; passphrases have at least 8 characters."""
    needed = LEVELS[body.get("securityLevel") or "None"]
    for name in needed:
        if not body.get(name) and not (entry or {}).get(name):
            raise invalid("SNMPV3_USER_INCOMPLETE", f"{name} is missing.", None, f"The security level needs {name}.")
        if name.endswith("Passphrase") and 0 < len(body.get(name) or "") < 8:
            raise invalid("SNMPV3_PASSPHRASE_TOO_SHORT", f"{name} is too short.", None, "Give 8 characters or more.")
    other = call.world.named(USERS.path, body.get("userName") or "", "userName")
    if other is not None and other is not entry:
        text = f"The user {body['userName']} exists already."
        raise conflict("USER_ALREADY_EXIST", text, other["uri"], "Choose another name.")


def user_leaving(world: ApplianceState, entry: Json) -> None:
    """A user whom a destination names stays."""
    if any(one["userUri"] == entry["uri"] for one in world.all(DESTINATIONS.path)):
        text = f"The user {entry['userName']} is in use."
        raise conflict("USER_IN_USE", text, "A trap destination names it.", "Delete that first.")


def numbered(dummy: ApplianceState, entry: Json) -> None:
    """A resource tells its id."""
    entry["id"] = entry["uri"].rpartition("/")[2]


PASSPHRASES = ("authenticationPassphrase", "privacyPassphrase")
USERS = Kind(
    path=f"{V3}/users",
    type="Users",
    title="SNMPv3 user",
    key="userName",
    required=("userName",),
    writable={
        "userName": str,
        "securityLevel": tuple(LEVELS),
        "authenticationProtocol": str,
        "privacyProtocol": str,
        **dict.fromkeys(PASSPHRASES, str),
    },
    defaults={
        "securityLevel": "None",
        "authenticationProtocol": None,
        "privacyProtocol": None,
        **dict.fromkeys(PASSPHRASES),
    },
    shown={"id": None},
    fixed=("userName",),
    unique=False,
    keeps=PASSPHRASES,
    check=check_user,
    made=numbered,
    leaving=user_leaving,
    view=lambda world, entry, version: {**entry, **dict.fromkeys(PASSPHRASES)},
)


def check_destination(call: Call, body: Json, entry: Json | None) -> None:
    """A destination and port once, with a user that there is."""
    check_host(body.get("destinationAddress"), "destinationAddress")
    check_port(body.get("port"))
    user = user_of(call.world, body)
    if user is None:
        raise invalid("SNMPV3_USER_NOT_FOUND", "There is no such user.", None, "Give userName, userId or userUri.")
    pair = (body["destinationAddress"].lower(), body.get("port") or 162)
    for other in call.world.all(DESTINATIONS.path):
        if other is not entry and (other["destinationAddress"].lower(), other["port"]) == pair:
            text = f"The trap destination {body['destinationAddress']} exists already."
            raise conflict("TRAP_DESTINATION_EXISTS", text, other["uri"], "Change that one.")


def user_of(world: ApplianceState, body: Json) -> Json | None:
    """The user of a destination, named one way or another."""
    if body.get("userUri"):
        return world.find(body["userUri"])
    if body.get("userId"):
        return world.find(f"/rest/{USERS.path}/{body['userId']}")
    return world.named(USERS.path, body.get("userName") or "", "userName")


def link(world: ApplianceState, entry: Json, *dummy: Json) -> None:
    """A destination tells its user in each of the ways."""
    user = user_of(world, entry)
    if user is None:
        raise not_found("user")
    entry.update(userUri=user["uri"], userName=user["userName"], userId=user["uri"].rpartition("/")[2])
    entry["id"] = entry["uri"].rpartition("/")[2]


DESTINATIONS = Kind(
    path=f"{V3}/destinations",
    type="Destination",
    title="SNMPv3 trap destination",
    key="uri",
    required=("destinationAddress",),
    writable={"destinationAddress": str, "port": int, "userId": str, "userUri": str, "userName": str},
    defaults={"port": 162, "userId": None, "userUri": None, "userName": None},
    shown={"id": None},
    check=check_destination,
    made=link,
    changed=link,
)


def validate_destination(call: Call) -> Reply:
    """Whether there could be a destination with this address beside the ones that the request names."""
    shape = {**DESTINATIONS.shape, "existingDestinations": [str]}
    body = bodies.parse(call.request, shape, call.world.exists)
    address = body.get("destinationAddress")
    check_host(address, "destinationAddress")
    if str(address).lower() in {other.lower() for other in body.get("existingDestinations") or ()}:
        text = f"The trap destination {address} exists already."
        raise conflict("TRAP_DESTINATION_EXISTS", text, None, "Change that one.")
    return Reply(200, True)


KINDS = (TIME, TRAPS, USERS, DESTINATIONS)
_TRAPS = crud.routes(TRAPS)
_TRAPS[TRAPS.path].pop("POST")
_TRAPS[f"{TRAPS.path}/{{}}"]["POST"] = add_trap
ROUTES: crud.Routes = {
    **_TRAPS,
    **crud.routes(USERS),
    **crud.routes(DESTINATIONS),
    TIME.path: {"GET": lambda call: call.shown(TIME, only(call.world, TIME)), "POST": set_time},
    "appliance/configuration/timeconfig/locales": {"GET": locales},
    f"{TRAPS.path}/validation": {"POST": validate_trap},
    f"{V3}/destinations/validation": {"POST": validate_destination},
}
