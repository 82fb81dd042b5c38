# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Translates the errors of requests and urllib3 into the engine's errors, in plain words."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import typing as t

from .._engine.errors import ApplianceError, ConnectionFailed, InputError, ResponseLost, TlsError, UnexpectedResponse
from .answers import BrokenOff, TooLarge

try:
    import requests
    from urllib3.exceptions import HTTPError, ReadTimeoutError
except ImportError:
    pass  # transport.py reports it

NOISE = re.compile(
    r"^.*object at 0x[0-9a-f]+>[:,]?\s*|^\w+\([^)]*\):\s*|Failed to establish a new connection:\s*|\[Errno -?\d+\]\s*"
    r"|\[SSL[^\]]*\]\s*|\s*\(_ssl\.c:\d+\)"
)

# OpenSSL's words for errors that end a connection before a request is sent. OpenSSL uses the same words for unencrypted
# bytes that arrive later, so they count only until the appliance has answered a first request.
HANDSHAKE = ("WRONG_VERSION", "UNSUPPORTED_PROTOCOL", "HANDSHAKE", "PROTOCOL_VERSION", "NO_PROTOCOLS", "HTTP_REQUEST")


@dataclasses.dataclass
class Attempt:
    """One request. url: the appliance's URL, without a path.

    seconds: limit for the whole exchange. connect_seconds: limit for opening the connection.
    is_cut_short: the end of a wait makes the limit shorter than the option timeout. has_proxy: a proxy is in between.
    is_known: the appliance has answered an earlier request. is_answered: it has begun to answer this request.
    """

    method: str
    path: str
    url: str
    seconds: float
    connect_seconds: float
    is_cut_short: bool = False
    has_proxy: bool = False
    is_known: bool = False
    is_answered: bool = False

    @property
    def facts(self) -> t.Dict[str, t.Any]:
        """Method and path, as keyword arguments of an error."""
        return {"method": self.method, "path": self.path}

    @contextlib.contextmanager
    def in_words(self) -> t.Iterator[None]:
        """Translate what requests and urllib3 raise inside the block.

        Raises ConnectionFailed or TlsError if the request had no effect, ResponseLost if it may have had one,
        UnexpectedResponse if the answer to a GET is too large, and InputError for an invalid URL.
        """
        try:
            yield
        except requests.exceptions.ProxyError as error:
            raise ConnectionFailed(
                f"The proxy does not lead to {self.url}: {root_cause(error)}.",
                hint="Check the option proxy, or HTTPS_PROXY and NO_PROXY.",
                **self.facts,
            ) from None
        except requests.exceptions.SSLError as error:
            raise self._tls_error(error) from None
        except requests.exceptions.ConnectTimeout:
            raise ConnectionFailed(
                f"{self.url} did not answer within {self.connect_seconds:g} s.",
                hint="Check host, port and the network's firewalls.",
                **self.facts,
            ) from None
        except (requests.exceptions.ReadTimeout, ReadTimeoutError):
            raise self._too_late() from None
        except requests.exceptions.ConnectionError as error:
            raise self._connection_error(error) from None
        except TooLarge as error:
            raise self._too_large(error) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise InputError(f"{self.url} is not a valid address: {error}.") from None
        except (BrokenOff, requests.exceptions.RequestException, HTTPError) as error:
            raise ResponseLost(f"The answer of {self.url} broke off: {root_cause(error)}.", **self.facts) from None

    def _too_late(self) -> ResponseLost:
        what = (
            "began to answer but did not come to an end" if self.is_answered else "took the request but gave no answer"
        )
        return ResponseLost(
            f"{self.url} {what} within {self.seconds:.3g} s.",
            hint="" if self.is_cut_short else "A larger timeout waits longer.",
            **self.facts,
        )

    def _too_large(self, error: TooLarge) -> ApplianceError:
        message = f"The answer of {self.url} has more than {error}, and was not read any further."
        if self.method == "GET":
            return UnexpectedResponse(message, **self.facts)
        return ResponseLost(message, **self.facts)

    def _connection_error(self, error: t.Any) -> ConnectionFailed | ResponseLost:
        reason = getattr(error.args[0], "reason", None) if error.args else None
        if type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError"):
            return ConnectionFailed(
                f"Cannot connect to {self.url}: {root_cause(error)}.", hint="Check host and port.", **self.facts
            )
        by = ", through the proxy," if self.has_proxy else ""
        return ResponseLost(
            f"The connection to {self.url}{by} broke before an answer came: {root_cause(error)}.", **self.facts
        )

    def _tls_error(self, error: BaseException) -> TlsError | ResponseLost:
        """Return TlsError if the connection failed before any request was sent, else ResponseLost."""
        url, cause, reason = self.url, str(innermost(error)), root_cause(error)
        mismatch = re.search(r"(?:Hostname|IP address) mismatch, certificate is not valid for '([^']+)'", cause)
        if mismatch:
            hint = "Use a name or address that the certificate carries as host."
            return TlsError(
                f"The certificate of {url} is not made out to {mismatch.group(1)}.", hint=hint, **self.facts
            )
        if "CERTIFICATE_VERIFY_FAILED" in cause:
            words = re.search(r"certificate verify failed: ([^(]+)", cause)
            why = words.group(1).strip() if words else cause
            hint = "Give the CA that signed it as ca_path (or, for a test only, validate_certs: false)."
            return TlsError(f"The certificate of {url} is not trusted: {why}.", hint=hint, **self.facts)
        if not self.is_known and any(word in cause.upper().replace(" ", "_") for word in HANDSHAKE):
            hint = "Is this the port of the REST API?"
            return TlsError(f"No TLS connection to {url}: {reason}.", hint=hint, **self.facts)
        return ResponseLost(f"The TLS connection to {url} broke before an answer came: {reason}.", **self.facts)


def innermost(error: BaseException) -> BaseException:
    """Return the innermost exception that requests and urllib3 have wrapped."""
    while True:
        causes = [arg for arg in reversed(error.args) if isinstance(arg, BaseException)]
        deeper = getattr(error, "reason", None)
        if not isinstance(deeper, BaseException):
            deeper = causes[0] if causes else None
        if deeper is None:
            return error
        error = deeper


def root_cause(error: BaseException) -> str:
    """Return the text of the innermost exception, without class names and object addresses."""
    inner = innermost(error)
    if isinstance(inner, OSError) and inner.strerror:
        return NOISE.sub("", str(inner.strerror)).strip().rstrip(".")
    return NOISE.sub("", str(inner) or type(inner).__name__).strip().rstrip(".")
