# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that come back: hidden in every form that an echo may have, and nothing else is."""

from __future__ import annotations

import base64
import html
import json
import re
import typing as t
from urllib.parse import quote, quote_plus

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.secrets import HIDDEN, Secrets
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer

ODD = "Qu\"ot\\S/3cret!\u00e979 & <'>"
LINES = [
    "MIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQI/6d1kY+Vb3oCAggA",
    "MAwGCCqGSIb3DQIJBQAwFAYIKoZI/hvcNAwcECB+x",
    "abcdefgh==",
]
KEY = "\n".join(["-----BEGIN ENCRYPTED PRIVATE KEY-----", *LINES, "-----END ENCRYPTED PRIVATE KEY-----", ""])

FORMS: dict[str, t.Callable[[str], str]] = {
    "plain": str,
    "JSON": json.dumps,
    "JSON, not only ASCII": lambda text: json.dumps(text, ensure_ascii=False),
    "JSON, upper case": lambda text: json.dumps(text).replace("\\u00e9", "\\u00E9"),
    "JSON with slashes": lambda text: json.dumps(text).replace("/", "\\/"),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)),
    "URL": lambda text: quote(text, safe=""),
    "URL, lower case": lambda text: re.sub("%..", lambda found: found.group().lower(), quote(text, safe="")),
    "path": quote,
    "form": quote_plus,
    "HTML": html.escape,
    "JSON in HTML": lambda text: html.escape(json.dumps(text)),
    "Python": repr,
    "Latin-1": lambda text: text.encode().decode("latin-1"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "secret", [ODD, "plain-one", "\u6570\u636e\u5e93\u5bc6\u7801"], ids=["odd", "plain", "chinese"]
)
def test_every_form(secret: str, form: str) -> None:
    secrets = Secrets()
    secrets.add(secret)
    shown = secrets.hide(f"password={FORMS[form](secret)};")
    assert HIDDEN in shown
    assert shown.replace('\\"', "").replace('"', "").replace("&quot;", "").replace("'", "") == f"password={HIDDEN};"


@pytest.mark.parametrize("form", FORMS)
def test_no_line_of_a_key(form: str) -> None:
    secrets = Secrets()
    secrets.add_keys({"certificate": {"members": ["x", {"private_key": KEY}]}, "port": 443})
    shown = secrets.hide(f"echo: {FORMS[form](KEY)}, and again on lines of its own: {' '.join(LINES)}")
    assert not [line for line in LINES if line in shown or FORMS[form](line).strip("\"'\\") in shown], shown


def test_in_data_of_any_shape_but_not_in_names() -> None:
    secrets = Secrets()
    secrets.add("name", "", None)
    data = {"name": ["my name", {"a": ("name", 1, None, True)}], "b": 1.5}
    assert secrets.hide(data) == {"name": [f"my {HIDDEN}", {"a": [HIDDEN, 1, None, True]}], "b": 1.5}


def test_one_secret_may_be_a_part_of_another() -> None:
    secrets = Secrets()
    secrets.add("abc", "abcdef")
    assert secrets.hide("abcdef abc") == f"{HIDDEN} {HIDDEN}"


def test_nothing_is_hidden_before_there_is_a_secret() -> None:
    assert Secrets().hide({"a": "text"}) == {"a": "text"}


def test_a_login_alone_and_as_it_is_sent() -> None:
    secrets = Secrets()
    sent = secrets.add_login("admin", "Passw0rd!")
    assert base64.b64decode(sent.split()[1]) == b"admin:Passw0rd!"
    assert secrets.hide(f"Authorization: {sent}, Passw0rd!, admin") == f"Authorization: Basic {HIDDEN}, {HIDDEN}, admin"


def test_the_login_of_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:p%40ss-w@proxy.example.com:3128")
    secrets = Transport(Endpoint("array.example.com", validate_certs=False)).secrets
    shown = secrets.hide(f"p%40ss-w p@ss-w {base64.b64encode(b'me:p@ss-w').decode()} http://proxy.example.com")
    assert shown == f"{HIDDEN} {HIDDEN} {HIDDEN} http://proxy.example.com"


@pytest.mark.parametrize("before", range(0, 90, 10))
def test_a_text_is_cut_after_its_secrets_are_hidden(before: int) -> None:
    """Half a secret would not be known as one."""
    secrets = Secrets()
    secrets.add("Sup3r-Secret-Passw0rd")
    text = "x" * before + "Sup3r-Secret-Passw0rd"
    for page in (text, f"<title>{text}</title>"):
        assert "Sup3r" not in Response(500, {}, None, page, {}, secrets.hide_in).describe()


def test_keys_are_known_from_what_is_sent(start: Start) -> None:
    dummy, endpoint = start.script(Answer(400, KEY))
    it = Transport(endpoint)
    it.exchange("POST", "/x", body={"private_key": KEY})
    assert it.secrets.hide(LINES[0]) == HIDDEN
    it.close()
