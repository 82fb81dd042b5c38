# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What options alone show: values that cannot be, and options that have an effect only beside others."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from tests.unit.engine.tables import SHELF, planned, shelf, task


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"name": "n" * 20, "new_name": "m" * 20},
        {"note": "n" * 10},
        {"note": ""},
        {"note": "Grüße, 本"},
        {"dusty": False},
        {"name": None, "id": "s1"},
        {"state": "absent"},
    ],
)
def test_good_options_pass(options: Json) -> None:
    check_options(SHELF, task(**options))


@pytest.mark.parametrize(
    "options, told",
    [
        ({"name": "n" * 21}, ["name has 21 characters", "at most 20", "'nnn"]),
        ({"new_name": "n" * 21}, ["new_name has 21 characters", "at most 20"]),
        ({"note": "n" * 11}, ["note has 11 characters", "at most 10"]),
        ({"name": "a\nb"}, ["name contains unprintable characters: '\\n'"]),
        ({"new_name": "a\x7fb"}, ["new_name contains unprintable characters: '\\x7f'"]),
        ({"note": "\t\x00\t"}, ["note contains unprintable characters: '\\x00', '\\t'"]),
        ({"wood": "o\u200bak"}, ["wood contains unprintable characters: '\\u200b'"]),
        ({"name": ""}, ["name is empty", "book shelf"]),
        ({"new_name": ""}, ["new_name is empty"]),
        ({"name": None, "id": ""}, ["id is empty"]),
        ({"state": "absent", "new_name": "x"}, ["new_name", "absent", "book shelf"]),
        ({"dusty": True}, ["dusty can only be set to false, not to true"]),
    ],
)
def test_values_that_cannot_be_are_told_by_name(options: Json, told: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        check_options(SHELF, task(**options))
    assert [words for words in told if words not in str(caught.value)] == []


@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_object_has_to_be_named(state: str) -> None:
    with pytest.raises(InputError, match="name or id"):
        check_options(SHELF, task(name=None, state=state))


def test_all_that_is_wrong_is_in_one_message() -> None:
    with pytest.raises(InputError) as caught:
        check_options(SHELF, task(name="a\nb", note="n" * 11, dusty=True, burn=True))
    for words in ("name contains", "note has 11", "dusty can only", "burn: true has an effect only with state: absent"):
        assert words in str(caught.value)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"burn": True}, "burn: true has an effect only with state: absent."),
        ({"books_mode": "add", "state": "absent"}, "books_mode has an effect only with state: present."),
        (
            {"books_mode": "remove", "books": [Reference(name="x")], "state": "absent"},
            "books_mode has an effect only with",
        ),
    ],
)
def test_what_would_destroy_or_mislead_is_refused(options: Json, words: str) -> None:
    with pytest.raises(InputError, match=words):
        check_options(SHELF, task(**options))


@pytest.mark.parametrize(
    "options, sentences",
    [
        ({}, []),
        ({"burn": True, "state": "absent"}, []),
        ({"burn": False}, ["burn: false has an effect only with state: absent."]),
        ({"books_mode": "add", "books": [Reference(name="x")]}, []),
        ({"books_mode": "remove"}, ["books_mode has an effect only with books."]),
        ({"books": [Reference(name="x")], "state": "absent"}, ["books has an effect only with state: present."]),
        ({"note": "x", "wood": "oak", "state": "absent"}, []),
    ],
)
def test_what_is_in_vain_leads_to_a_warning(options: Json, sentences: list[str]) -> None:
    check_options(SHELF, task(**options))
    current = shelf() if options.get("state") == "absent" else None
    assert list(planned(current, **options).warnings) == sentences


class Tagged(str):
    """A text as newer releases of Ansible hand it over."""


def test_a_tagged_text_is_a_text() -> None:
    check_options(SHELF, task(burn=True, state=Tagged("absent")))
    assert planned(shelf(), burn=True, state=Tagged("absent")).warnings == ()


@pytest.mark.parametrize("name, words", [("   ", "is blank"), ("a/b", "contains /"), ("x?y#", "contains # \\?")])
def test_only_a_name_that_is_written_has_to_be_one_that_the_appliance_takes(name: str, words: str) -> None:
    strict = dataclasses.replace(SHELF, key_without="/?#")
    for current, options in ((None, {"name": name}), (shelf(), {"new_name": name})):
        with pytest.raises(InputError, match=words):
            make_plan(strict, current, task(**options))
    assert not make_plan(strict, shelf(name=name), task(name=name)).steps
    assert make_plan(strict, shelf(name=name), task(name=name, new_name="good")).steps
    assert make_plan(strict, shelf(name=name), task(name=name, state="absent")).steps


def test_a_long_value_is_not_told_in_full() -> None:
    with pytest.raises(InputError) as caught:
        check_options(SHELF, task(note="secret " * 1000))
    assert len(str(caught.value)) < 200
