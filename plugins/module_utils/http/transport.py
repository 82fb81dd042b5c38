# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One kept-alive HTTPS connection to an appliance, and what can go wrong on the way, told in a person's words.

It knows neither sessions nor jobs, repeats nothing and logs nothing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import traceback
import typing as t
import warnings
from http.cookiejar import DefaultCookiePolicy

from ..engine.errors import InputError, NotReached, ReplyLost, TlsError
from .endpoint import Endpoint, check_endpoint, trust_anchor

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

# Words of OpenSSL's for what ends a connection before any request goes through it. It has the same ones for plain bytes
# that come later, so they are believed only as long as nothing has ever been answered.
HANDSHAKE = ("WRONG_VERSION", "UNSUPPORTED_PROTOCOL", "HANDSHAKE", "PROTOCOL_VERSION", "NO_PROTOCOLS", "HTTP_REQUEST")

PIECE = 65536
"""Bytes of a download that are in memory at a time."""

CONNECT_TIMEOUT = 10.0
"""Seconds to open a connection; shorter when the whole timeout is."""


Query = t.Union[t.Mapping[str, str], t.Sequence[t.Tuple[str, str]], None]
"""Parameters of a URL; as pairs where a name comes more than once."""


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
        query: Query = None,
        body: t.Any = None,
        headers: t.Mapping[str, str] | None = None,
        timeout: float | None = None,
        files: t.Mapping[str, t.Any] | None = None,
    ) -> Reply:
        """Send one request and return its reply, whatever its status.

        path: from the root, already quoted. files: parts of a multipart body, in the form that requests takes.
        Raises NotReached or TlsError when the request cannot have had an effect, ReplyLost when it may have had one.
        """
        with self._told(method, path, timeout):
            response = self._request(method, path, query, headers, timeout, json=body, files=files)
        return reply_of(response)

    @contextlib.contextmanager
    def download(
        self, path: str, query: Query = None, headers: t.Mapping[str, str] | None = None, timeout: float | None = None
    ) -> t.Iterator[tuple[Reply, t.Iterator[bytes]]]:
        """Read something large: the reply and its bytes, piece by piece. Unless the status is 200, the reply is whole.

        Raises as `exchange` does, also while the bytes come.
        """
        with self._told("GET", path, timeout):
            response = self._request("GET", path, query, headers, timeout, stream=True)
            try:
                if response.status_code != 200:
                    yield reply_of(response), iter(())
                else:
                    yield Reply(200, response.headers, None, "", {}), response.iter_content(PIECE)
            finally:
                response.close()

    def _request(
        self,
        method: str,
        path: str,
        query: Query,
        headers: t.Mapping[str, str] | None,
        timeout: float | None,
        **more: t.Any,
    ) -> t.Any:
        read_timeout = timeout or self.endpoint.timeout
        with warnings.catch_warnings():
            if not self.endpoint.validate_certs:
                warnings.simplefilter("ignore", InsecureRequestWarning)
            response = self._session.request(
                method,
                self.endpoint.url + path,
                params=query,
                headers=headers,
                timeout=(min(CONNECT_TIMEOUT, read_timeout), read_timeout),
                allow_redirects=False,
                **more,
            )
        self._answered = True
        return response

    @contextlib.contextmanager
    def _told(self, method: str, path: str, timeout: float | None) -> t.Iterator[None]:
        """Tell in a person's words what goes wrong on the way."""
        read_timeout = timeout or self.endpoint.timeout
        asked: dict[str, t.Any] = {"method": method, "path": path}
        try:
            yield
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

    def _connection_error(self, error: t.Any, asked: dict[str, t.Any]) -> NotReached | ReplyLost:
        reason = getattr(error.args[0], "reason", None) if error.args else None
        if type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError"):
            return NotReached(
                f"Cannot connect to {self.endpoint.url}: {root_cause(error)}.", hint="Check host and port.", **asked
            )
        by = ", through the proxy," if self._session.proxies.get("https") else ""
        return ReplyLost(
            f"The connection to {self.endpoint.url}{by} broke before an answer came: {root_cause(error)}.", **asked
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


def reply_of(response: t.Any) -> Reply:
    """Return what requests has read as a reply."""
    text = response.text
    return Reply(response.status_code, response.headers, parse(text), text, response.cookies.get_dict())


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
