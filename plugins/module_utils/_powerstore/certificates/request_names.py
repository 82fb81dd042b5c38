# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names in a signing request: check them, and compare a certificate with them.

Source: PowerStore REST API 4.0, x509_certificate csr (lengths, format of country).
"""

from __future__ import annotations

import ipaddress
import re
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError

WIRE = {
    "common_name": "common_name",
    "dns_names": "dns_name",
    "ip_addresses": "ip_addresses",
    "organizational_unit": "organizational_unit",
    "organization": "organization",
    "locality": "locality",
    "state_or_province": "state",
    "country": "country",
}
"""Options and their names in the request."""

LONGEST = {"common_name": 64, "organizational_unit": 64, "organization": 64, "locality": 128, "state_or_province": 128}
HOST = re.compile(r"(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?\.?")


def wanted_names(desired: Json) -> Json:
    """Return the names of the task by their names in the request's body."""
    return {wire: desired[option] for option, wire in WIRE.items() if desired.get(option)}


def check_names(desired: Json) -> None:
    """Raise InputError for a name that the array would refuse."""
    for option, limit in LONGEST.items():
        value = desired.get(option) or ""
        if len(value) > limit:
            raise InputError(f"{option} has {len(value)} characters, at most {limit} are allowed.")
        if not value.isprintable():
            raise InputError(f"{option} contains unprintable characters.")
    if desired.get("country") and not re.fullmatch("[A-Za-z]{2}", desired["country"]):
        raise InputError(f"country takes two letters, such as US, not {desired['country']!r}.")
    for name in desired.get("dns_names") or ():
        if len(name) > 253 or not HOST.fullmatch(name):
            raise InputError(f"dns_names takes host names, not {name!r}.")
    for address in desired.get("ip_addresses") or ():
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise InputError(f"ip_addresses takes IP addresses, not {address!r}.") from None


def covers(leaf: t.Mapping[str, t.Any], desired: Json) -> bool:
    """Return whether a certificate covers all hosts of the task. leaf: the member as the array shows it."""
    subject = re.findall(r"CN\s*=\s*([^,/+]+)", str(leaf.get("subject") or ""))
    names = {str(name).strip().lower() for name in [*subject, *(leaf.get("subject_alternative_names") or ())]}
    wanted = [desired.get("common_name"), *(desired.get("dns_names") or ()), *(desired.get("ip_addresses") or ())]
    return {name.lower() for name in wanted if name} <= names


def is_issued_by(leaf: t.Mapping[str, t.Any], authority: str) -> bool:
    """Return whether the issuer of a certificate has this common name. leaf: the member as the array shows it."""
    pattern = rf"(^|[,/+])\s*CN\s*=\s*{re.escape(authority)}\s*($|[,/+])"
    return bool(re.search(pattern, str(leaf.get("issuer") or ""), re.IGNORECASE))
