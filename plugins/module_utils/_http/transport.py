# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One persistent HTTPS connection to an appliance, with limits on the size and the time of answers.

It knows neither sessions nor jobs. It repeats nothing and logs nothing.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
import traceback
import typing as t
import warnings
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy

from .._engine.errors import ConnectionFailed, UnexpectedResponse
from .._engine.text.paths import check_path
from .answers import LARGEST, Response, pieces_of, reply_of
from .deadline import Deadline, bounded_adapter
from .endpoint import Endpoint, check_endpoint, trust_anchor
from .failures import Attempt
from .secrets import Secrets

try:
    import requests
    from requests.utils import get_environ_proxies
    from urllib3.exceptions import InsecureRequestWarning

    REQUESTS_MISSING = None
except ImportError:
    REQUESTS_MISSING = traceback.format_exc()

CONNECT_TIMEOUT = 10.0
"""Seconds to open a connection, or fewer if the timeout of the whole exchange is shorter."""

LARGEST_DOWNLOAD = 16 * 1024**3
"""Largest download in bytes. Backups are much smaller."""

LONGEST_DOWNLOAD = 3600.0
"""Seconds that a download may take in all. The option timeout limits each of its pauses."""

HEADER_VALUE = re.compile(r"(?![ \t])[\t\x20-\x7e\x80-\xff]*(?<![ \t])")

Query = t.Union[t.Mapping[str, str], t.Sequence[t.Tuple[str, str]], None]
"""Parameters of a URL. Pairs allow a name to occur more than once."""

Headers = t.Optional[t.Mapping[str, str]]


class Transport:
    """Sends requests to one endpoint over one persistent connection.

    now: returns seconds of a monotonic clock. secrets: those of the client and of its task; several connections of one
    client share them.
    """

    def __init__(
        self, endpoint: Endpoint, now: t.Callable[[], float] = time.monotonic, secrets: Secrets | None = None
    ) -> None:
        check_endpoint(endpoint)
        self.endpoint = endpoint
        self.deadline = Deadline(now)
        self.secrets = Secrets() if secrets is None else secrets
        self.clock_offset = 0.0
        """Seconds that the appliance's clock is ahead of ours."""
        self._answered = False
        self._session = requests.Session()
        # The environment's proxies and CAs are resolved here, once: requests would also take logins from a .netrc file.
        self._session.trust_env = False
        # The client manages sessions itself: it finds cookies in the Response, and requests never sends them.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # Only an encoding that answers.py can decompress in small pieces is requested.
        self._session.headers["Accept-Encoding"] = "gzip"
        # Redirects are never followed. Without this, requests would parse their target and read their body unlimited.
        self._session.get_redirect_target = lambda resp: None  # type: ignore[method-assign]
        self._session.verify = trust_anchor(endpoint)
        self._session.proxies = self._proxies()
        self._session.mount("https://", bounded_adapter(self.deadline))

    def _proxies(self) -> dict[str, str]:
        if self.endpoint.proxy:
            proxies = {"https": self.endpoint.proxy}
        else:
            proxies = dict(get_environ_proxies(self.endpoint.url))
        for proxy in proxies.values():
            self.secrets.add_proxy(proxy)
        return proxies

    def exchange(
        self,
        method: str,
        path: str,
        query: Query = None,
        body: t.Any = None,
        headers: Headers = None,
        timeout: float | None = None,
        files: t.Mapping[str, t.Any] | None = None,
    ) -> Response:
        """Send one request and return its response, whatever the status.

        path: absolute and quoted. timeout: seconds for the whole exchange, by default the endpoint's. files: the parts
        of a multipart body, as requests takes them.
        Raises ConnectionFailed or TlsError if the request had no effect, ResponseLost if it may have had one, and
        UnexpectedResponse for an answer to a GET that is too large, or for an invalid path or header, which the
        appliance must have supplied.
        """
        self.secrets.add_keys(body)
        attempt = self._attempt(method, path, headers, timeout)
        with attempt.in_words():
            response = self._request(attempt, query, headers, json=body, files=files)
            with contextlib.closing(response):
                self._note_clock(response.headers)
                return reply_of(response, self.secrets.hide_in, LARGEST)

    def _note_clock(self, headers: t.Mapping[str, str]) -> None:
        """Keep what the header Date says of the appliance's clock."""
        with contextlib.suppress(TypeError, ValueError, IndexError, OverflowError):
            date = parsedate_to_datetime(str(headers.get("Date") or ""))
            self.clock_offset = date.timestamp() - time.time()

    @contextlib.contextmanager
    def download(
        self, path: str, query: Query = None, headers: Headers = None, timeout: float | None = None
    ) -> t.Iterator[tuple[Response, t.Iterator[bytes]]]:
        """Download something large. Yield the response and an iterator over the bytes of its body.

        With a status other than 200, the response has its body, and the iterator is empty.
        timeout: seconds until the first byte, and between two bytes. Raises as `exchange` does, also while the caller
        reads the bytes.
        """
        attempt = self._attempt("GET", path, headers, timeout)
        with attempt.in_words():
            response = self._request(attempt, query, headers)
            with contextlib.closing(response):
                if response.status_code != 200:
                    yield reply_of(response, self.secrets.hide_in, LARGEST), iter(())
                else:
                    self.deadline.begin(LONGEST_DOWNLOAD, pause=attempt.seconds)
                    yield Response(200, response.headers, None, "", {}), pieces_of(response, LARGEST_DOWNLOAD)

    def _attempt(self, method: str, path: str, headers: Headers, timeout: float | None) -> Attempt:
        """Return the request with its time limits.

        Raises UnexpectedResponse for an invalid path or header, ConnectionFailed if no time is left.
        """
        url = self.endpoint.url
        for name, value in (headers or {}).items():
            if not HEADER_VALUE.fullmatch(value):
                raise UnexpectedResponse(
                    f"{url} gave a value for the header {name} that no request can carry.", method=method, path=path
                )
        if not path.startswith("/"):
            raise UnexpectedResponse(f"{url} gave an invalid path: {path!r}.", method=method, path=path)
        check_path(method, path)
        whole = timeout or self.endpoint.timeout
        seconds = min(whole, self.deadline.left())
        if seconds <= 0:
            raise ConnectionFailed(f"No time was left to ask {url}.", method=method, path=path)
        return Attempt(
            method=method,
            path=path,
            url=url,
            seconds=seconds,
            connect_seconds=min(CONNECT_TIMEOUT, seconds),
            is_cut_short=seconds < whole,
            has_proxy=bool(self._session.proxies.get("https")),
            is_known=self._answered,
        )

    def _request(self, attempt: Attempt, query: Query, headers: Headers, **more: t.Any) -> t.Any:
        """Send a request and return the response of requests. Its body has not been read yet."""
        self.deadline.begin(attempt.seconds)
        with contextlib.nullcontext() if self.endpoint.validate_certs else _QUIET:
            response = self._session.request(
                attempt.method,
                attempt.url + attempt.path,
                params=query,
                headers=headers,
                timeout=(attempt.connect_seconds, attempt.seconds),
                allow_redirects=False,
                stream=True,
                **more,
            )
        self._answered = attempt.is_known = attempt.is_answered = True
        return response

    def hang_up(self) -> None:
        """Close the connection. The next request opens a new one."""
        self._session.close()

    def close(self) -> None:
        """Close the connection."""
        self.hang_up()


class _Quiet:
    """Suppresses the warnings about certificates that nobody checks, while any thread is inside.

    The filters of ``warnings`` belong to the process, so the first thread sets them and the last one restores them.
    """

    def __init__(self) -> None:
        self._change = threading.RLock()
        self._inside = 0
        self._filters = contextlib.ExitStack()

    def __enter__(self) -> None:
        with self._change:
            if not self._inside:
                self._filters.enter_context(warnings.catch_warnings())
                warnings.simplefilter("ignore", InsecureRequestWarning)
            self._inside += 1

    def __exit__(self, *exc_info: object) -> None:
        with self._change:
            self._inside -= 1
            if not self._inside:
                self._filters.close()


_QUIET = _Quiet()
