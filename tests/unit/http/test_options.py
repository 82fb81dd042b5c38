# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connection options that cannot be: refused on all platforms alike, everything in one message, with nothing sent."""

from __future__ import annotations

import math
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.platform import Platform
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE

PLATFORMS = pytest.mark.parametrize("platform", [POWERSTORE, ONEVIEW, ONTAP_SELECT], ids=lambda one: one.title)


def options(platform: Platform, **given: t.Any) -> dict[str, t.Any]:
    """Return a task's connection options as Ansible hands them over."""
    defaults = {name: option.get("default") for name, option in platform.options.items()}
    return {**defaults, "host": "appliance.invalid", "username": "ops", "password": "Sup3r-Secret", **given}


def refusal(platform: Platform, **given: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        platform.connect(options(platform, **given))
    return str(caught.value)


@PLATFORMS
@pytest.mark.parametrize("name", ["username", "password"])
@pytest.mark.parametrize("value", ["", None])
def test_an_empty_login(platform: Platform, name: str, value: str | None) -> None:
    words = refusal(platform, **{name: value})
    assert f"{name} must not be empty." in words or words.startswith("Give username and password, or the session_id")


@PLATFORMS
@pytest.mark.parametrize(
    "given, words",
    [
        ({"username": "ops\n"}, "username ends in a line break."),
        ({"password": "Sup3r\r\n"}, "password ends in a line break."),
        ({"password": "Sup3r\nSecret"}, "password has a line break or a like character in it."),
        ({"username": "ops "}, "username begins or ends with a blank: 'ops '."),
        ({"username": " ops"}, "username begins or ends with a blank: ' ops'."),
        ({"timeout": math.inf}, "timeout has to be more than 0 and at most 86400 seconds, not inf."),
        ({"timeout": math.nan}, "timeout has to be more than 0 and at most 86400 seconds, not nan."),
        ({"timeout": 99999999999.0}, "timeout has to be more than 0 and at most 86400 seconds, not 1e+11."),
        ({"timeout": -math.inf}, "timeout has to be more than 0"),
        ({"timeout": 0.0}, "timeout has to be more than 0"),
        ({"host": None}, "host takes a name or an address"),
        ({"host": "fe80::1%eth0"}, "fe80::1%eth0 names a zone, which cannot be a part of an address here."),
        ({"host": "[fe80::1%25eth0]"}, "names a zone"),
        ({"host": "fe80::1%"}, "names a zone"),
        ({"host": "array%eth0"}, "is not a valid name or address"),
    ],
)
def test_what_cannot_be(platform: Platform, given: dict[str, t.Any], words: str) -> None:
    refused = refusal(platform, **given)
    assert words in refused
    assert "Sup3r" not in refused


@PLATFORMS
def test_everything_is_told_at_once(platform: Platform) -> None:
    words = refusal(platform, host="::1%1", port=0, timeout=0.0, username="ops ", password="x\n")
    parts = ("names a zone", "port has", "timeout has", "username begins", "password ends")
    assert [part for part in parts if part not in words] == []


@pytest.mark.parametrize("platform", [POWERSTORE, ONTAP_SELECT], ids=lambda one: one.title)
def test_a_colon_in_a_user_name_would_end_it(platform: Platform) -> None:
    assert "username must not have a colon in it: 'ops:1'" in refusal(platform, username="ops:1")


@PLATFORMS
@pytest.mark.parametrize(
    "given, count", [({}, 0), ({"password": " x"}, 1), ({"password": "x "}, 1), ({"timeout": 86400.0}, 0)]
)
def test_a_blank_at_an_end_of_a_password_may_be_meant(platform: Platform, given: dict[str, t.Any], count: int) -> None:
    client = platform.connect(options(platform, **given))
    assert client.warnings == ["The password begins or ends with a blank. It is sent as it is."] * count
    client.close()


@pytest.mark.parametrize("session_id", ["mine\n", " mine", "m\u20acne", "m\r\nX: y"])
def test_a_session_id_that_no_request_can_carry(session_id: str) -> None:
    words = refusal(ONEVIEW, session_id=session_id)
    assert words.startswith("session_id is not valid") and "mine" not in words


def test_a_session_needs_no_login() -> None:
    ONEVIEW.connect(options(ONEVIEW, session_id="mine", username=None, password=None)).close()
    ONEVIEW.connect(options(ONEVIEW, session_id="mine", username=" ", password="")).close()


def test_a_colon_and_a_domain_in_oneview() -> None:
    ONEVIEW.connect(options(ONEVIEW, username="corp:ops", login_domain="corp")).close()
    assert "login_domain begins or ends with a blank" in refusal(ONEVIEW, login_domain="corp\n")
