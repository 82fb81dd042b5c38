# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query language: what is built, what passes, and what is said of a filter that no array would understand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.query import (
    check_filter,
    one_of,
    quoted,
    render_select,
    split_list,
    total_of,
)

KNOWN = ("id", "name", "type", "size", "state", "is_cluster", "purposes", "description", "protection_data->>parent_id")


def find(name: str) -> None:
    """Know a few attributes."""
    if name not in KNOWN:
        raise InputError(f"unknown: {name}")


def refusal(name: str, expression: str) -> str:
    """Check a filter that is not understood; return what is said of it."""
    with pytest.raises(InputError) as caught:
        check_filter(name, expression, find)
    return str(caught.value)


def test_a_select_list_with_relations() -> None:
    fields = {"id": (), "name": (), "volumes": ("id", "name"), "protection_policy": ("id",)}
    assert render_select(fields) == "id,name,volumes(id,name),protection_policy(id)"


@pytest.mark.parametrize(
    "values, expression",
    [
        (["a"], "in.(a)"),
        (["a", "b"], "in.(a,b)"),
        (["a b", "c"], "in.(a b,c)"),
        (["a,b", "c"], 'in.("a,b",c)'),
        (["web (old)"], 'in.("web (old)")'),
        (['5"', "c\\d"], 'in.("5\\"","c\\\\d")'),
        (["a.b", "a:b", "a*b"], "in.(a.b,a:b,a*b)"),
    ],
)
def test_one_of(values: list[str], expression: str) -> None:
    assert one_of(values) == expression


@pytest.mark.parametrize(
    "text, items",
    [
        ("a", ["a"]),
        ("a,b", ["a", "b"]),
        (" a , b ", ["a", "b"]),
        ("id,volumes(id,name),name", ["id", "volumes(id,name)", "name"]),
        ("hosts(id,maps(id,host_id)),id", ["hosts(id,maps(id,host_id))", "id"]),
        ("purposes.cs.{A,B},id.eq.1", ["purposes.cs.{A,B}", "id.eq.1"]),
        ('name.in.("a,b",c),id.eq.1', ['name.in.("a,b",c)', "id.eq.1"]),
        ('"a(",b', ['"a("', "b"]),
        ('"a\\",b",c', ['"a\\",b"', "c"]),
        ("a,,b", ["a", "", "b"]),
    ],
)
def test_a_list_is_split_at_its_own_commas(text: str, items: list[str]) -> None:
    assert split_list(text) == items


@pytest.mark.parametrize("text", ["a(", "a)", ")(", "a(b", "a(b))", 'a"', "{a", "a}"])
def test_parentheses_have_to_match_up(text: str) -> None:
    with pytest.raises(InputError) as caught:
        split_list(text)
    assert str(caught.value) == f"Parentheses or quotes do not match up in {text!r}."


CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Zs"], exclude_characters="{}\\")


@given(st.lists(st.text(CHARACTERS, min_size=1), min_size=1))
def test_whatever_a_name_holds_it_stays_one_element(names: list[str]) -> None:
    """Names of objects may hold commas, quotes and parentheses."""
    assert split_list(",".join(quoted(name) for name in names)) == [quoted(name) for name in names]


@pytest.mark.parametrize("value", [" lead", "trail ", " ", ""])
def test_outer_blanks_are_quoted(value: str) -> None:
    """A list's elements are trimmed otherwise."""
    assert quoted(value) == f'"{value}"'
    assert quoted("in between") == "in between"


def test_a_quoted_element_may_end_in_a_backslash() -> None:
    assert split_list(f"{quoted(chr(92))},b") == [quoted(chr(92)), "b"]


GOOD = [
    ("name", "eq.web"),
    ("name", "eq."),
    ("name", "eq.a.b.c"),
    ("name", "ilike.web*"),
    ("name", "not.ilike.*test*"),
    ("name", "in.(a,b)"),
    ("name", "not.in.(a,b)"),
    ("name", 'in.("a,b",c)'),
    ("size", "gte.1073741824"),
    ("description", "is.null"),
    ("description", "not.is.null"),
    ("is_cluster", "is.True"),
    ("purposes", "cs.{A}"),
    ("purposes", "cd.{A,B}"),
    ("protection_data->>parent_id", "eq.1"),
    ("or", "(type.eq.Primary,type.eq.Clone)"),
    ("or", "(type.eq.Primary, type.eq.Clone)"),
    ("and", "(size.gt.1,or(id.eq.X,state.eq.Ready))"),
    ("and", "(size.gt.1,not.or(id.eq.X,and(state.eq.Ready,name.in.(a,b))))"),
    ("or", "(name.not.eq.a,name.not.in.(b,c))"),
    ("or", "(protection_data->>parent_id.eq.1,name.eq.and)"),
    ("or", "(name.eq.a.eq.b)"),
]


@pytest.mark.parametrize("name, expression", GOOD)
def test_what_the_array_understands_passes(name: str, expression: str) -> None:
    check_filter(name, expression, find)


@pytest.mark.parametrize(
    "name, expression, words",
    [
        ("name", "web", "no operator that the array knows: 'web'. Did you mean eq.web?"),
        ("name", "", "no operator that the array knows: ''"),
        ("name", "eq", "no operator that the array knows: 'eq'. Did you mean eq."),
        ("name", "equals.web", "no operator that the array knows: 'equals.web'"),
        ("name", "ilke.web*", "Did you mean ilike.web*?"),
        ("name", "not.web", "no operator that the array knows: 'not.web'"),
        ("name", "EQ.web", "no operator that the array knows"),
        ("name", "web.example.com", "Did you mean eq.web.example.com?"),
        ("description", "is.empty", "is takes null, true or false, not 'empty'"),
        ("name", "in.a,b", "in takes a list in parentheses, as in in.(a,b), not 'a,b'"),
        ("name", "in.()", "in takes a list in parentheses"),
        ("purposes", "cs.(A)", "cs takes a list in braces, as in cs.{a,b}, not '(A)'"),
        ("purposes", "cd.A", "cd takes a list in braces, as in cd.{a,b}, not 'A'"),
    ],
)
def test_a_condition_that_is_none(name: str, expression: str, words: str) -> None:
    said = refusal(name, expression)
    assert said.startswith(f"The filter on {name}") and words in said, said


def test_the_operators_are_listed() -> None:
    words = "Operators: eq, neq, gt, gte, lt, lte, like, ilike, in, is, cs, cd; the prefix not. negates one."
    assert refusal("name", "web").endswith(words)


@pytest.mark.parametrize(
    "expression, guess", [("not.web", "not.eq.web"), ("not.ilke.web*", "not.ilike.web*"), ("EQ.web", "eq.web")]
)
def test_the_guess_is_what_was_meant(expression: str, guess: str) -> None:
    assert f"Did you mean {guess}?" in refusal("name", expression)


@pytest.mark.parametrize(
    "name, expression, words",
    [
        ("or", "type.eq.Primary", "The filter or takes a list of conditions in parentheses"),
        ("and", "", "The filter and takes a list of conditions in parentheses"),
        ("or", "(type=eq.Primary)", "'type=eq.Primary' in the filter or is not of the form attribute.operator.value"),
        ("or", "()", "'' in the filter or is not of the form"),
        ("or", "(name.eq.a,)", "'' in the filter or is not of the form"),
        ("or", "(name.is.gone)", "is takes null, true or false, not 'gone'"),
        ("or", "(name.in.(a,b)", "do not match up"),
        ("and", "(size.gt.1,or(nmae.eq.X))", "unknown: nmae"),
        ("or", "(nmae.not.eq.X)", "unknown: nmae"),
    ],
)
def test_a_group_that_is_none(name: str, expression: str, words: str) -> None:
    assert words in refusal(name, expression)


def test_an_attribute_that_is_unknown_is_named() -> None:
    assert refusal("nmae", "eq.web") == "unknown: nmae"


@pytest.mark.parametrize(
    "header, total",
    [("0-99/1000", 1000), ("*/7", 7), ("0-99/1000 ", 1000), ("0-99/*", None), ("", None), (None, None), ("all", None)],
)
def test_the_size_of_the_whole_set(header: str | None, total: int | None) -> None:
    assert total_of(header) == total
