# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One kept-alive HTTPS connection to an appliance, and what can go wrong on the way, told in a person's words.

It knows neither sessions nor jobs, repeats nothing and logs nothing.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import json
import os
import re
import ssl
import traceback
import typing as t
import warnings
from http.cookiejar import DefaultCookiePolicy

from ..engine.errors import InputError, NotReached, ReplyLost, TlsError

try:
    import requests
    from requests.adapters import HTTPAdapter
    from requests.utils import get_environ_proxies
    from urllib3.exceptions import InsecureRequestWarning

    REQUESTS_MISSING = None
except ImportError:
    REQUESTS_MISSING = traceback.format_exc()

NOISE = re.compile(
    r"^.*object at 0x[0-9a-f]+>[:,]?\s*|^\w+\([^)]*\):\s*|Failed to establish a new connection:\s*|\[Errno -?\d+\]\s*"
    r"|\[SSL[^\]]*\]\s*|\s*\(_ssl\.c:\d+\)"
)

HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?"
)
# Words of OpenSSL's for what ends a connection before any request goes through it. It has the same ones for plain bytes
# that come later, so they are believed only as long as nothing has ever been answered.
HANDSHAKE = ("WRONG_VERSION", "UNSUPPORTED_PROTOCOL", "HANDSHAKE", "PROTOCOL_VERSION", "NO_PROTOCOLS", "HTTP_REQUEST")

CONNECT_TIMEOUT = 10.0
"""Seconds to open a connection; shorter when the whole timeout is."""


@dataclasses.dataclass(frozen=True)
class Endpoint:
    """Where an appliance is and how far to trust what answers there.

    timeout: seconds for each read. ca_path: PEM file, or folder of hashed certificates. proxy: URL, or None for the
    environment's (HTTPS_PROXY, NO_PROXY).
    """

    host: str
    port: int = 443
    validate_certs: bool = True
    ca_path: str | None = None
    timeout: float = 60.0
    proxy: str | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port; an IPv6 address gets its brackets."""
        host = f"[{self.host}]" if ":" in self.host and not self.host.startswith("[") else self.host
        return f"https://{host}:{self.port}"


@dataclasses.dataclass(frozen=True)
class Reply:
    """Status, headers (any case), and the body: parsed where it is JSON, else None with its text."""

    status: int
    headers: t.Mapping[str, str]
    body: t.Any
    text: str
    cookies: t.Mapping[str, str]

    @property
    def is_json(self) -> bool:
        """Whether the body was JSON; an empty body counts, it is what a reply without content has."""
        return not self.text.strip() or self.body is not None or self.text.strip() == "null"

    def describe(self) -> str:
        """Return what a body that is not JSON seems to be, in a few words, for messages."""
        title = re.search(r"<title[^>]*>(.*?)</title>", self.text, re.IGNORECASE | re.DOTALL)
        if title:
            return f"an HTML page titled {' '.join(title.group(1).split())[:80]!r}"
        if re.match(r"\s*<(!doctype|html)", self.text, re.IGNORECASE):
            return "an HTML page"
        return f"{self.text.strip()[:80]!r}"


class Transport:
    """Sends requests to one endpoint over one connection that is kept alive."""

    def __init__(self, endpoint: Endpoint) -> None:
        check_endpoint(endpoint)
        self.endpoint = endpoint
        self._answered = False
        self._session = requests.Session()
        # Settings from the environment are resolved here, once: requests would also take logins from a .netrc file.
        self._session.trust_env = False
        # Sessions are the client's business: cookies are told in the reply and never sent by themselves.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.verify = trust_anchor(endpoint)
        self._session.proxies = self._proxies()
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0)
        self._session.mount("https://", adapter)

    def _proxies(self) -> dict[str, str]:
        if self.endpoint.proxy:
            return {"https": self.endpoint.proxy}
        return dict(get_environ_proxies(self.endpoint.url))

    def exchange(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, str] | None = None,
        body: t.Any = None,
        headers: t.Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Reply:
        """Send one request and return its reply, whatever its status.

        path: from the root, already quoted. Raises NotReached or TlsError when the request cannot have had an effect,
        ReplyLost when it may have had one.
        """
        read_timeout = timeout or self.endpoint.timeout
        asked: dict[str, t.Any] = {"method": method, "path": path}
        try:
            with warnings.catch_warnings():
                if not self.endpoint.validate_certs:
                    warnings.simplefilter("ignore", InsecureRequestWarning)
                response = self._session.request(
                    method,
                    self.endpoint.url + path,
                    params=query,
                    json=body,
                    headers=headers,
                    timeout=(min(CONNECT_TIMEOUT, read_timeout), read_timeout),
                    allow_redirects=False,
                )
        except requests.exceptions.ProxyError as error:
            raise NotReached(
                f"The proxy does not lead to {self.endpoint.url}: {root_cause(error)}.",
                hint="Check the option proxy, or HTTPS_PROXY and NO_PROXY.",
                **asked,
            ) from None
        except requests.exceptions.SSLError as error:
            raise self._tls_error(error, asked) from None
        except requests.exceptions.ConnectTimeout:
            raise NotReached(
                f"{self.endpoint.url} did not answer within {min(CONNECT_TIMEOUT, read_timeout):g} s.",
                hint="Check host, port and the network's firewalls.",
                **asked,
            ) from None
        except requests.exceptions.ReadTimeout:
            raise ReplyLost(
                f"{self.endpoint.url} took the request but gave no answer within {read_timeout:g} s.",
                hint="A larger timeout waits longer.",
                **asked,
            ) from None
        except requests.exceptions.ConnectionError as error:
            raise self._connection_error(error, asked) from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
            raise ReplyLost(f"The answer of {self.endpoint.url} broke off: {root_cause(error)}.", **asked) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidProxyURL) as error:
            raise InputError(f"{self.endpoint.url} is no address to connect to: {error}.") from None
        self._answered = True
        return Reply(
            response.status_code, response.headers, parse(response.text), response.text, response.cookies.get_dict()
        )

    def _connection_error(self, error: t.Any, asked: dict[str, t.Any]) -> NotReached | ReplyLost:
        reason = getattr(error.args[0], "reason", None) if error.args else None
        if type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError"):
            return NotReached(
                f"Cannot connect to {self.endpoint.url}: {root_cause(error)}.", hint="Check host and port.", **asked
            )
        return ReplyLost(
            f"The connection to {self.endpoint.url} broke before an answer came: {root_cause(error)}.", **asked
        )

    def _tls_error(self, error: BaseException, asked: dict[str, t.Any]) -> TlsError | ReplyLost:
        """Tell what ends a connection before any request from what breaks one that may have carried a request."""
        url, cause, told = self.endpoint.url, str(innermost(error)), root_cause(error)
        mismatch = re.search(r"(?:Hostname|IP address) mismatch, certificate is not valid for '([^']+)'", cause)
        if mismatch:
            hint = "Use a name or address that the certificate carries as host."
            return TlsError(f"The certificate of {url} is not made out to {mismatch.group(1)}.", hint=hint, **asked)
        if "CERTIFICATE_VERIFY_FAILED" in cause:
            words = re.search(r"certificate verify failed: ([^(]+)", cause)
            why = words.group(1).strip() if words else cause
            hint = "Give the CA that signed it as ca_path (or, for a test only, validate_certs: false)."
            return TlsError(f"The certificate of {url} is not trusted: {why}.", hint=hint, **asked)
        if not self._answered and any(word in cause.upper().replace(" ", "_") for word in HANDSHAKE):
            return TlsError(f"No TLS connection to {url}: {told}.", hint="Is this the port of the REST API?", **asked)
        return ReplyLost(f"The TLS connection to {url} broke before an answer came: {told}.", **asked)

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def parse(text: str) -> t.Any:
    """Return the body as data, None where it is not JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def innermost(error: BaseException) -> BaseException:
    """Return the innermost reason that requests and urllib3 have wrapped."""
    while True:
        causes = [arg for arg in reversed(error.args) if isinstance(arg, BaseException)]
        deeper = getattr(error, "reason", None)
        if not isinstance(deeper, BaseException):
            deeper = causes[0] if causes else None
        if deeper is None:
            return error
        error = deeper


def root_cause(error: BaseException) -> str:
    """Return the innermost reason in its own words, without object addresses."""
    inner = innermost(error)
    if isinstance(inner, OSError) and inner.strerror:
        return NOISE.sub("", str(inner.strerror)).strip().rstrip(".")
    return NOISE.sub("", str(inner) or type(inner).__name__).strip().rstrip(".")


def _ascii(host: str) -> str:
    """Return an international name the way it is looked up; what is none stays as it is."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def check_endpoint(endpoint: Endpoint) -> None:
    """Raise InputError for a host, a proxy or a file of CAs that cannot be one, before anything is sent."""
    host = endpoint.host
    if not HOST.fullmatch(_ascii(host)):
        bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
        try:
            ipaddress.IPv6Address(bare.partition("%")[0])
        except ValueError:
            raise InputError(
                f"{host} is no address to connect to.",
                hint="host takes a name or an address; the port has an option of its own.",
            ) from None
    proxy = endpoint.proxy
    if proxy and not re.match(r"https?://[^/]", proxy, re.IGNORECASE):
        raise InputError("The proxy given is no URL of an HTTP proxy, such as http://proxy.example.com:3128.")


def trust_anchor(endpoint: Endpoint) -> bool | str:
    """Return what certificates are held against: ca_path, else REQUESTS_CA_BUNDLE, else the system's store.

    The system's store is where an administrator installs the company's CA; the bundle that comes with requests does not
    know it. Raises InputError for a ca_path that does not exist.
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
