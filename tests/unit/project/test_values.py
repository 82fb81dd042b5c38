# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files in tests/values keep to their format, and a file that does not gets a clear error."""

from __future__ import annotations

import typing as t

import pytest

from tests import values
from tests.values import Setup, ValuesError, Wrong, parse

GROUP: dict[str, t.Any] = {"create": {"name": "g", "description": "1"}, "change": {"description": "2"}}


@pytest.mark.parametrize("module", values.MODULES)
def test_every_file_can_be_loaded(module: str) -> None:
    assert values.load(module).module == module


def test_a_named_object() -> None:
    group = parse(
        "volume_group",
        {
            **GROUP,
            "more": [{"volumes": ["v"], "volumes_mode": "add"}],
            "wrong": [{"options": {"volumes": ["x"]}, "says": "no volume x"}],
            "setup": [{"change": {"type": "volume", "create": {"name": "v"}}}, {"volume_group": {"name": "other"}}],
        },
    )
    assert (group.platform, group.identity, group.absent) == ("powerstore", ("name",), {"state": "absent"})
    assert group.changed == {"name": "g", "description": "2"}
    assert group.states[2] == {"name": "g", "volumes": ["v"], "volumes_mode": "add"}
    assert group.wrong == (Wrong({"volumes": ["x"]}, "no volume x", "input"),)
    assert [one.is_command for one in group.setup] == [True, False]
    assert group.setup[1] == Setup("volume_group", {"name": "other"})
    assert group.creates


def test_an_option_can_be_left_out_of_the_change() -> None:
    """Such as one that excludes another one."""
    group = parse("volume_group", {**GROUP, "change": {"description": None, "volumes": ["v"]}})
    assert group.changed == {"name": "g", "volumes": ["v"]}


def test_a_singleton() -> None:
    content = {"create": {"timezone": "UTC"}, "change": {"timezone": "Asia/Tokyo"}, "absent": None}
    time = parse("oneview_time_locale", content)
    assert (time.identity, time.of_object, time.creates) == ((), {}, False)


def test_secrets_are_known_also_inside_structures() -> None:
    user = {"create": {"name": "u", "user_password": "one"}, "change": {"user_password": "two"}}
    assert parse("local_user", user).secrets == ("one", "two")
    spec = {"hosts": {"options": {"key": {"no_log": True}, "name": {}}}}
    assert list(values.secrets_in({"hosts": [{"name": "a", "key": "three"}]}, spec)) == ["three"]


@pytest.mark.parametrize(
    "change, says",
    [
        ({"creates": {}}, "unknown keys: creates (there are create, change, "),
        ({"create": {}}, "create must hold options"),
        ({"create": None}, "create must hold options"),
        ({"change": {}}, "change must hold options, or be null"),
        ({"change": {"description": "1"}}, "change is what create already says"),
        ({"change": {"descripton": "1"}}, "change: the module has no option descripton"),
        ({"absent": {"stat": "absent"}}, "absent: the module has no option stat"),
        ({"restore": {"description": "1"}}, "restore is only for objects that nobody creates"),
        ({"release": 4.1}, "release must be a text, in quotes"),
        ({"more": {"description": "3"}}, "more must be a list of mappings"),
        ({"more": [{"nmae": "g"}]}, "more 1: the module has no option nmae"),
        ({"more": [{"new_name": "h"}]}, "more 1: new_name is left out"),
        ({"same": [{"description": "{{ x }}"}]}, "values are literal, without templates: same 1"),
        ({"wrong": [{"options": {"name": "g"}}]}, "must have options and says"),
        ({"wrong": [{"options": [], "says": "x"}]}, "must have a mapping of options"),
        ({"identity": ["id"]}, "identity must be a list of options of create, not ['id']"),
        ({"create": {"description": "1"}}, "identity is missing: create has no name"),
        ({"setup": [{"volumes": {}}]}, "setup: volumes is neither a module nor one of change, jobs"),
        ({"setup": [{"volume_group": {"nmae": "g"}}]}, "setup: volume_group: the module has no option nmae"),
        ({"setup": [{"change": {}, "jobs": {}}]}, "must have one key"),
    ],
)
def test_errors_say_what_is_wrong(change: dict[str, t.Any], says: str) -> None:
    with pytest.raises(ValuesError) as error:
        parse("volume_group", {**GROUP, **change})
    assert "tests/values/volume_group.yml: " in str(error.value) and says in str(error.value)


def test_all_errors_come_in_one_message() -> None:
    with pytest.raises(ValuesError, match="unknown keys: x.*create must.*change must"):
        parse("volume_group", {"x": 1})
    with pytest.raises(ValuesError, match="no module has this name"):
        parse("volume_groups", GROUP)
