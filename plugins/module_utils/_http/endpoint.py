# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The address of an appliance and how its certificate is verified."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
import re
import ssl
from urllib.parse import SplitResult, urlsplit

from .._engine.errors import InputError

HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?"
)


@dataclasses.dataclass(frozen=True)
class Endpoint:
    """The address of an appliance and how its certificate is verified.

    ca_path: a PEM file, or a directory of hashed certificates; None for the system's CAs. timeout: seconds for one
    exchange. proxy: URL; None to use the environment's (HTTPS_PROXY, NO_PROXY).
    """

    host: str
    port: int = 443
    validate_certs: bool = True
    ca_path: str | None = None
    timeout: float = 60.0
    proxy: str | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port, with an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host and not self.host.startswith("[") else self.host
        return f"https://{host}:{self.port}"


def _ascii(host: str) -> str:
    """Return the ASCII form of an international host name, or the host unchanged if it has none."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def check_endpoint(endpoint: Endpoint) -> None:
    """Raise InputError for an invalid host or proxy."""
    host = endpoint.host
    if not HOST.fullmatch(_ascii(host)):
        bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
        address, mark, dummy = bare.partition("%")
        try:
            ipaddress.IPv6Address(address)
            if mark:
                raise InputError(
                    f"{host} names a zone, which cannot be a part of an address here.",
                    hint="Give a name or an address of the appliance that is not link-local.",
                )
        except ValueError:
            raise InputError(
                f"{host} is not a valid name or address.",
                hint="host takes a name or an address; the port has an option of its own.",
            ) from None
    proxy = endpoint.proxy
    if proxy and not re.match(r"https?://[^/]", proxy, re.IGNORECASE):
        raise InputError("The option proxy takes the URL of an HTTP proxy, such as http://proxy.example.com:3128.")


def parts_of(url: str) -> SplitResult:
    """Return the parts of a URL that comes from an appliance; empty parts if the URL is malformed."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def trust_anchor(endpoint: Endpoint) -> bool | str:
    """Return the path of the trusted CAs: ca_path, else REQUESTS_CA_BUNDLE, else the system's store.

    Administrators install a company's CA in the system's store; the bundle that comes with requests does not have it.
    Returns False if certificates are not verified, True for the bundle of requests if the system has no store.
    Raises InputError for a ca_path that does not exist or is not a PEM file.
    """
    if not endpoint.validate_certs:
        return False
    if endpoint.ca_path:
        if not os.path.exists(endpoint.ca_path):
            raise InputError(
                f"ca_path {endpoint.ca_path} does not exist.",
                hint="It names a PEM file on the machine where the task runs.",
            )
        if os.path.isfile(endpoint.ca_path):
            _check_certificates(endpoint.ca_path)
        return endpoint.ca_path
    system = ssl.get_default_verify_paths()
    known = (os.environ.get("REQUESTS_CA_BUNDLE"), os.environ.get("CURL_CA_BUNDLE"), system.cafile, system.capath)
    return next((path for path in known if path and os.path.exists(path)), True)


def _check_certificates(path: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except (ssl.SSLError, OSError) as error:
        raise InputError(f"ca_path {path} cannot be read as CA certificates in PEM form: {error.strerror}.") from None
