# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How people write values that PowerStore takes in another form, and normal forms in which values are compared.

Source: PowerStore REST API 4.0, initiator, snapshot_rule, dns, ntp, volume, io_limit_rule, file_system,
file_tree_quota, file_user_quota, file_interface, file_ldap, file_kerberos,
smb_share.
"""

from __future__ import annotations

import ipaddress
import re
import typing as t

from .._engine.errors import InputError
from .._engine.options.capacity import in_bytes, in_units
from .._engine.table.attribute import Format
from .timestamps import canonical

WWN = re.compile(r"(?:[0-9a-f]{2}[:-]){7}[0-9a-f]{2}|(?:0x)?[0-9a-f]{16}", re.IGNORECASE)
"""As storage arrays, Linux (0x...) and Windows (with hyphens) show it."""
SERVER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
SHA256 = re.compile(r"[0-9a-fA-F]{64}")
NUMBERS = re.compile(r"[\d.]+")
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")
AUDIT_TYPES = ("AIDE", "Authentication", "Authorization", "Config", "Logout", "Service", "System")
MEGABYTE = 1024**2
WEEK = 7 * 24 * 3600
SECURITY_ID = re.compile(r"S-1-\d+(-\d+)+", re.IGNORECASE)
A_SID = "S-1-5-21-843271493-548684746-1849754324-32"
RETENTION_TIME = re.compile(r"\d+[DMY]|infinite")
BLOCK = 8192
PERFORMANCE = "default_"
SELECTED_BY_ARRAY = "System_Selected_"
SELECT = "System_Select_At_Attach"


def port_name(value: t.Any, option: str) -> str:
    """Return the name of an initiator's port. A WWN gets the colons that the array demands."""
    text = str(value).strip()
    if not WWN.fullmatch(text):
        return text
    digits = re.sub(r"^0x|[:-]", "", text.lower())
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def as_port_name(value: t.Any) -> t.Any:
    """Return a port's name without regard to case, and a WWN without regard to its colons."""
    return port_name(value, "").lower() if value else value


def port_name_forms(names: t.Iterable[str]) -> list[str]:
    """Return the spellings in which the array may have ports' names: it keeps a WWN as a client wrote it."""
    spelled = [port_name(name, "") for name in names]
    return list(dict.fromkeys(form for name in spelled for form in (name, name.lower(), name.upper())))


def time_of_day(value: t.Any, option: str) -> str:
    """Return a time of day as hh:mm; raise InputError for others."""
    text = str(value).strip()
    found = TIME.fullmatch(text)
    if found is None:
        hint = f"YAML reads {int(text) // 60}:{int(text) % 60:02} without quotes as {text}." if text.isdecimal() else ""
        raise InputError(f"{option} takes a time with 24 hours in quotes, such as '03:30', not {value!r}.", hint=hint)
    return f"{int(found.group(1)):02}:{found.group(2)}"


def as_time_of_day(value: t.Any) -> t.Any:
    """Return a time of day without its seconds, which the array adds when it shows one."""
    return str(value)[: len("hh:mm")] if value else value


def addresses(value: t.Any, option: str) -> list[str]:
    """Return IP addresses as the array shows them; raise InputError for others, or for one that is listed twice."""
    found = []
    for text in value:
        try:
            found.append(str(ipaddress.ip_address(str(text).strip())))
        except ValueError:
            raise InputError(f"{option} takes IP addresses, not {text!r}.") from None
    return _distinct(found, option)


def address(value: t.Any, option: str) -> str:
    """Return an IP address as the array shows it; raise InputError for another text."""
    text = str(value).strip()
    if not _is_address(text):
        raise InputError(f"{option} takes an IPv4 or IPv6 address, not {text!r}.")
    return _address(text)


def interface_address(text: str) -> str:
    """Return the address that a task names an interface with, as the array shows it; raise InputError for others."""
    if not _is_address(text.strip()):
        raise InputError(f"Interfaces are named by their IP address, or by id, not {text!r}.")
    return _address(text.strip())


def quota_path(text: str) -> str:
    """Return the path that a task names a tree quota with, as the array shows it; raise InputError for others."""
    path = path_text(text, "tree_quota")
    if not path.startswith("/"):
        raise InputError(f"Tree quotas are named by their path, such as /projects, or by id, not {text!r}.")
    return path


def identifier(value: t.Any, option: str) -> str:
    """Return the id of an object that has no name."""
    return str(value).strip()


def node(value: t.Any, option: str) -> str:
    """Return the id of a node, as the array shows it; raise InputError for another text. Nodes have no names."""
    text = str(value).strip().upper()
    if not re.fullmatch(r"N\d+", text):
        raise InputError(f"{option} takes the id of a node, such as N1, not {value!r}.")
    return text


def as_base_dn(value: t.Any) -> str:
    """Return where a search in a directory begins. A domain stands for its parts: example.com is dc=example,dc=com."""
    text = str(value or "").strip().lower()
    if "=" not in text:
        return ",".join(f"dc={part}" for part in text.split(".")) if text else ""
    return ",".join("=".join(side.strip() for side in part.split("=", 1)) for part in text.split(","))


def servers(value: t.Any, option: str) -> list[str]:
    """Return names and IP addresses of servers; raise InputError for others, or for one that is listed twice."""
    found = []
    for text in value:
        server = _address(str(text).strip())
        is_address = NUMBERS.fullmatch(server) or ":" in server
        if not (SERVER.fullmatch(server) or is_address) or (is_address and not _is_address(server)):
            raise InputError(f"{option} takes names and IP addresses, not {text!r}.")
        found.append(server)
    return _distinct(found, option)


def host_names(value: t.Any, option: str) -> list[str]:
    """Return full names of hosts; raise InputError for others, or for one that is listed twice."""
    found = [str(text).strip() for text in value]
    for text in found:
        if not SERVER.fullmatch(text) or NUMBERS.fullmatch(text) or "." not in text.rstrip("."):
            raise InputError(f"{option} takes full names of hosts, such as kdc1.example.com, not {text!r}.")
    return _distinct(found, option)


def as_names(value: t.Any) -> t.Any:
    """Return names of hosts in their order, without regard to case."""
    return [str(text).lower() for text in value or ()]


def server_name(value: t.Any, option: str) -> str:
    """Return the name or the IP address of one server; raise InputError for another text."""
    return servers([value], option)[0]


def as_server(value: t.Any) -> t.Any:
    """Return the name or the address of a server without regard to case, and to how IPv6 is written."""
    return _address(str(value).strip().lower()) if value else ""


def thumbprint(value: t.Any, option: str) -> str:
    """Return a SHA-256 thumbprint as the array takes it, without colons; raise InputError for another text."""
    digits = re.sub(r"[:\s]", "", str(value))
    if not SHA256.fullmatch(digits):
        raise InputError(
            f"{option} takes the SHA-256 thumbprint of a certificate, 64 hexadecimal digits, not {value!r}."
        )
    return digits.lower()


def as_audit_types(value: t.Any) -> list[str]:
    """Return types of audit events without regard to their order. Null stands for all of them."""
    return sorted(set(AUDIT_TYPES if value is None else value))


def masks(value: t.Any, option: str) -> list[str]:
    """Return names of files with wildcards; raise InputError for an empty one, or for one that is listed twice."""
    found = [str(text).strip() for text in value]
    if not all(found):
        raise InputError(f"{option} has an empty entry: give names of files, such as '*.exe'.")
    return _distinct(found, option)


def _distinct(values: list[str], option: str) -> list[str]:
    """Return the values; raise InputError for one that is listed twice."""
    known = [value.lower() for value in values]
    twice = [value for place, value in enumerate(values) if value.lower() in known[:place]]
    if twice:
        raise InputError(f"{option} lists {', '.join(dict.fromkeys(twice))} twice.")
    return values


def whole_number(value: t.Any, option: str) -> int:
    """Return a whole number; raise InputError for others. As a text, it can be empty, which unsets the attribute."""
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal()):
        raise InputError(f"{option} takes a whole number, not {value!r}.")
    return int(text)


def as_servers(value: t.Any) -> t.Any:
    """Return names and addresses of servers without regard to their order, to case, and to how IPv6 is written."""
    return sorted({_address(str(text).strip().lower()) for text in value or ()})


def _address(text: str) -> str:
    """Return an IP address as the array shows it, and another text as it is."""
    return str(ipaddress.ip_address(text)) if _is_address(text) else text


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def as_node_affinity(value: t.Any) -> t.Any:
    """Return a node affinity. At the first attach the array selects a node itself, which is as asked for."""
    return SELECT if str(value).startswith(SELECTED_BY_ARRAY) else value


def in_blocks(value: t.Any, option: str) -> int:
    """Return the size of a volume in bytes; raise InputError if it is no multiple of the array's block size."""
    size = in_bytes(value, option)
    if size % BLOCK:
        larger = in_units(size + BLOCK - size % BLOCK)
        raise InputError(
            f"{option} must be a multiple of {BLOCK} bytes, not {size} bytes.",
            hint=f"The next larger one is {larger}.",
        )
    return size


def quota(value: t.Any, option: str) -> int:
    """Return a quota in bytes; 0 sets no limit."""
    return 0 if str(value).strip() == "0" else in_bytes(value, option)


def as_quota(value: t.Any) -> str:
    """Return a quota as people write it."""
    return in_units(value) if value else "0"


def performance_policy(value: t.Any, option: str) -> str:
    """Return the id of a performance policy. There are three, which nobody can add to or change."""
    return f"{PERFORMANCE}{value}"


def as_performance(value: t.Any) -> t.Any:
    """Return a performance policy as people name it."""
    text = str(value)
    return text[len(PERFORMANCE) :] if text.startswith(PERFORMANCE) else value


def file_size(value: t.Any, option: str) -> int:
    """Return the size of a file system in bytes. The array rounds it up to a megabyte, and shows it so."""
    return _up(in_bytes(value, option), MEGABYTE)


def limit(value: t.Any, option: str) -> int:
    """Return a limit of a quota in bytes, which the array rounds up to a block; 0 sets none."""
    return 0 if str(value).strip() == "0" else _up(in_bytes(value, option), BLOCK)


def _up(size: int, unit: int) -> int:
    return -(-size // unit) * unit


def retention(value: t.Any, option: str) -> str:
    """Return a retention time as the array writes it; raise InputError for others."""
    text = str(value).strip()
    text = text.lower() if text.lower() == "infinite" else text.upper()
    if not RETENTION_TIME.fullmatch(text):
        raise InputError(
            f"{option} takes a number of days, months or years, such as 30D, 6M or 2Y, or infinite, not {value!r}."
        )
    return text


def as_limit(value: t.Any) -> int:
    """Return a limit. File systems that take no quotas have null."""
    return int(value or 0)


def as_grace_period(value: t.Any) -> int:
    """Return a grace period in seconds. 0 stands for one week."""
    return int(value or WEEK)


def path_text(value: t.Any, option: str) -> str:
    """Return a path without the slash at its end, which the array drops; raise InputError if it has odd parts."""
    text = str(value).strip().rstrip("/") or "/"
    if text != "/" and any(part in ("", ".", "..") for part in text.strip("/").split("/")):
        raise InputError(f"{option} takes a path without '.', '..' and '//', not {value}.")
    return text


def umask(value: t.Any, option: str) -> str:
    """Return the three octal digits of a umask; raise InputError for others."""
    text = str(value).strip()
    if not re.fullmatch("[0-7]{3}", text):
        # A YAML parser takes digits behind a zero for an octal number, and shows the number in decimal digits.
        hint = f"YAML reads 0{int(text):o} without quotes as {text}." if re.fullmatch(r"\d{1,2}", text) else ""
        raise InputError(f"{option} takes three octal digits in quotes, such as '022', not {value!r}.", hint=hint)
    return text


def windows_name(value: t.Any, option: str) -> str:
    """Return the name of a Windows user as the array keeps it, with the domain in small letters."""
    domain, backslash, name = str(value).strip().rpartition("\\")
    return f"{domain.lower()}{backslash}{name}"


def sid(value: t.Any, option: str) -> str:
    """Return a Windows security identifier; raise InputError for another text."""
    text = str(value).strip().upper()
    if not SECURITY_ID.fullmatch(text):
        raise InputError(f"{option} takes a SID such as {A_SID}, not {value}.")
    return text


def as_account(value: t.Any) -> t.Any:
    """Return the name of a Windows account, in which case does not count."""
    return str(value).casefold()


def as_host(value: t.Any) -> str:
    """Return a host of an NFS export without regard to its notation: the array shows IPv4 networks with a netmask."""
    text = str(value).strip()
    return text if text.startswith("@") else _network(text) or text.lower()


def is_host(value: t.Any) -> bool:
    """Return whether a text is a name, an address, a network, or a netgroup."""
    text = str(value).strip()
    if text.startswith("@"):
        return len(text) > 1
    return bool(_network(text) or (SERVER.fullmatch(text) and not NUMBERS.fullmatch(text)))


def _network(text: str) -> str:
    """Return an address or a network in one notation, an empty text for something else."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return ""
    return str(network.network_address if network.num_addresses == 1 else network)


PORT_NAME = Format(port_name)
SIZE = Format(in_blocks, in_units)
QUOTA = Format(quota, as_quota)
PERFORMANCE_POLICY = Format(performance_policy, as_performance)
PERFORMANCE_LEVELS = ("low", "medium", "high")
TIME_OF_DAY = Format(time_of_day, as_time_of_day)
ADDRESS = Format(address)
ADDRESSES = Format(addresses)
HOST_NAMES = Format(host_names)
IDENTIFIER = Format(identifier)
NODE = Format(node)
SERVERS = Format(servers)
MASKS = Format(masks)
SERVER_NAME = Format(server_name)
THUMBPRINT = Format(thumbprint)
NUMBER = Format(whole_number)
FILE_SIZE = Format(file_size, in_units)
LIMIT = Format(limit, as_quota)
RETENTION = Format(retention)
PATH = Format(path_text)
UMASK = Format(umask)
INSTANT = Format(canonical)
WINDOWS_NAME = Format(windows_name)
SID = Format(sid)
