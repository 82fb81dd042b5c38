# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Removes secrets from what a task shows. Some servers and gateways echo the request in their errors."""

from __future__ import annotations

import base64
import html
import json
import re
import threading
import typing as t
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "********"
SHORTEST_LINE = 8
"""Length from which a single line of a secret with several lines, such as a key, counts as a secret by itself."""

KEY_MARK = "PRIVATE KEY-----"

JSON_ESCAPE = re.compile(r"(?<=\\u)[0-9a-f]{4}")
URL_ESCAPE = re.compile("%[0-9A-F]{2}")

SECRET_NAMES = re.compile(
    r"pass(word|phrase|wd)|private_?key|secret|community|token|session_?id|session_?key|credential|authorization|cookie",
    re.IGNORECASE,
)
"""Names of attributes with secret values. A task does not know the secrets that only an answer holds."""


class Secrets:
    """The secrets of one client, in every encoding in which an echo may show them. Threads may share it."""

    def __init__(self) -> None:
        self._change = threading.RLock()
        self._known: set[str] = set()
        self._forms: set[str] = set()
        self._pattern: t.Pattern[str] | None = None

    def add(self, *values: str | None) -> None:
        """Register secrets. Empty values are ignored."""
        for value in values:
            if value and value not in self._known:
                with self._change:
                    self._known.add(value)
                    self._forms |= forms_of(value)
                    self._pattern = None

    def add_login(self, username: str, password: str) -> str:
        """Register a password, alone and as the value of a Basic header. Return that value."""
        value = basic(username, password)
        self.add(password, value.partition(" ")[2])
        return value

    def add_proxy(self, url: str) -> None:
        """Register the login that the URL of a proxy may contain."""
        login = re.match(r"\w+://([^@/]*):([^@/]*)@", url)
        if login:
            self.add(url, login.group(2))
            self.add_login(unquote(login.group(1)), unquote(login.group(2)))

    def add_keys(self, body: t.Any) -> None:
        """Register all private keys in the body of a request."""
        if isinstance(body, str):
            self.add(body if KEY_MARK in body else None)
        elif isinstance(body, (dict, list)):
            for value in body.values() if isinstance(body, dict) else body:
                self.add_keys(value)

    def hide(self, value: t.Any) -> t.Any:
        """Return a copy of JSON data, or a text, with the secrets replaced. Names of attributes do not change."""
        search, sub = self._searcher()

        def hidden(value: t.Any) -> t.Any:
            if isinstance(value, str):
                return sub(HIDDEN, value) if search(value) else value
            if isinstance(value, dict):
                return {name: hidden(inner) for name, inner in value.items()}
            if isinstance(value, (list, tuple)):
                return [hidden(inner) for inner in value]
            return value

        return hidden(value) if self._forms else value

    def hide_all(self, value: t.Any) -> t.Any:
        """Return JSON data without secrets, also in names, and without texts whose names say that they are secret."""
        return _without_named(self.hide(value), self.hide_in)

    def hide_in(self, text: str) -> str:
        """Return a text with the secrets replaced."""
        return self._searcher()[1](HIDDEN, text) if self._forms else text

    def _searcher(self) -> t.Tuple[t.Callable[[str], t.Any], t.Callable[[str, str], str]]:
        """Return a function that searches a text for a secret, and one that replaces all secrets in it."""
        with self._change:
            pattern = self._pattern
            if pattern is None:  # the longest form first: one secret may be a part of another
                forms = sorted(self._forms, key=len, reverse=True)
                self._pattern = pattern = re.compile("|".join(re.escape(form) for form in forms))
        return pattern.search, pattern.sub


def _without_named(value: t.Any, hide: t.Callable[[str], str], is_secret: bool = False) -> t.Any:
    """Return a copy without secrets in attributes.

    hide: returns a name without the secrets in it. is_secret: whether the name of the value says that it is one.
    """
    if isinstance(value, dict):
        return {
            hide(str(name)): _without_named(inner, hide, bool(SECRET_NAMES.search(str(name))))
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_without_named(inner, hide, is_secret) for inner in value]
    if isinstance(value, str) and (KEY_MARK in value or (is_secret and value)):
        return HIDDEN
    return value


def basic(username: str, password: str) -> str:
    """Return the value of a Basic authorization header."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def forms_of(secret: str) -> set[str]:
    """Return a secret as it is, and as JSON, URLs, HTML and Python's messages encode it."""
    plain = {secret, *(line.strip() for line in secret.splitlines() if _is_secret_line(line.strip()))}
    plain |= {_misread(text) for text in plain}
    written = plain | {form for text in plain for form in _json_forms(text)}
    written |= {form for text in written for form in _json_forms(text)}  # JSON in a text in JSON
    written |= {html.escape(text) for text in written} | {
        html.escape(text).replace("&#x27;", "&#39;") for text in written
    }
    written |= {form for text in plain for form in _url_forms(text)}
    return written | {repr(text)[1:-1] for text in written}


def _is_secret_line(line: str) -> bool:
    return len(line) >= SHORTEST_LINE and not line.startswith("-----")


def _misread(text: str) -> str:
    """Return a text as a server shows it that decodes UTF-8 as Latin-1."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _json_forms(text: str) -> set[str]:
    ascii_only, as_it_is = json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]
    upper = JSON_ESCAPE.sub(lambda found: found.group().upper(), ascii_only)
    forms = {ascii_only, as_it_is, upper}
    return forms | {form.replace("/", "\\/") for form in forms}


def _url_forms(text: str) -> set[str]:
    encoded = text.encode("utf-8", "surrogatepass")
    forms = {quote(encoded, safe=""), quote(encoded), quote_plus(encoded)}
    return forms | {URL_ESCAPE.sub(lambda found: found.group().lower(), form) for form in forms}
