# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Questions about any resource type: which ones are refused before anything is sent, and with what words."""

from __future__ import annotations

import re
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.info_catalog import Catalog
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.info_query import InfoQuery
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import TYPES, facts_of

UNFILTERED = [name for name in TYPES if "list" in facts_of(name).verbs and not facts_of(name).filters]

NOTHING: dict[str, t.Any] = {
    "ids": None,
    "names": None,
    "filters": None,
    "select": None,
    "order": None,
    "limit": None,
    "strict": True,
    "plain": True,
}


def question(type_: str, **options: t.Any) -> InfoQuery:
    return InfoQuery.of({**NOTHING, "type": type_, **options})


def refusal(type_: str, **options: t.Any) -> str:
    """Ask what cannot be asked; return what is said of it."""
    with pytest.raises(InputError) as caught:
        question(type_, **options)
    return str(caught.value)


def test_everything_of_a_type_is_asked_with_all_its_plain_attributes() -> None:
    assert question("volume") == InfoQuery("volume", select="*", plain=True)


def test_lists_are_what_a_person_writes_and_become_what_the_array_reads() -> None:
    asked = question(
        "volume",
        ids=["b", "a", "b"],
        select=["id", " name ", "volume_groups(id,name)"],
        order=["size.desc", " name"],
        limit=5,
        filters={"name": ["ilike.web*", "not.ilike.*test"], " size ": " gt.1 "},
    )
    assert (asked.ids, asked.select, asked.order, asked.limit) == (
        ("b", "a"),
        "id,name,volume_groups(id,name)",
        "size.desc,name",
        5,
    )
    assert asked.filters == (("name", "ilike.web*"), ("name", "not.ilike.*test"), ("size", "gt.1"))


def test_a_type_that_no_array_has() -> None:
    assert refusal("volum_group").startswith("PowerStore has no resource type 'volum_group'. Did you mean volume_group")
    said = refusal("zzz")
    assert re.search(r"The nearest of \d+ are \w+(, \w+){4}\. Dell's PowerStore REST API reference lists all\.$", said)


@pytest.mark.parametrize(
    "select",
    [
        ["*"],
        ["*", "volume_groups"],
        ["*", "volume_groups(id,name)"],
        ["id", "name", "state_l10n"],
        ["protection_data"],
        ["volume_groups(*)"],
        ["mapped_volumes(id,host(id,name))"],
        ["mapped_volumes(id, host (id, name))"],
        ["id,name"],
        ["protection_data(source_id)", "volume_groups(id,protection_data(source_id))"],
    ],
)
def test_a_select_list_that_passes(select: list[str]) -> None:
    assert question("volume", select=select).select


@pytest.mark.parametrize(
    "select, words",
    [
        (["nmae"], "select: volume has no attribute 'nmae'. Did you mean name"),
        (["xyzzy"], "select: volume has no attribute 'xyzzy'. Known: app_type, "),
        (["xyzzy_l10n"], "select: volume has no attribute 'xyzzy_l10n'."),
        ([""], "select: volume has no attribute ''."),
        (["volume_groups(id,nmae)"], "select: volume_group has no attribute 'nmae'."),
        (["mapped_volumes(id,host(nmae))"], "select: host has no attribute 'nmae'."),
        (["name(id)"], "select: name of volume has no parts, so nothing can be selected in it."),
        (["volume_groups()"], "select: 'volume_groups()' lists no attributes; write volume_groups(id,name)."),
        (["volume_groups( )"], "lists no attributes"),
        (["volume_groups(id"], "Parentheses or quotes do not match up"),
        (["volume_groups(id)x"], "'volume_groups(id)x'"),
    ],
)
def test_a_select_list_that_does_not(select: list[str], words: str) -> None:
    assert words in refusal("volume", select=select)


@pytest.mark.parametrize(
    "filters",
    [
        {"name": "eq.web"},
        {"state_l10n": "eq.Ready"},
        {"protection_data->>source_id": "eq.1"},
        {"protection_data.source_id": "eq.1"},
        {"volume_groups.name": "eq.web"},
        {"mapped_volumes.host.name": "eq.web"},
        {"or": "(name.eq.web,volume_groups.name.eq.web)"},
        {"and": "(protection_data->>source_id.eq.1,size.gt.1)"},
        {"name": ["ilike.a*", "ilike.*b"]},
    ],
)
def test_filters_that_pass(filters: dict[str, t.Any]) -> None:
    assert question("volume", filters=filters).filters


@pytest.mark.parametrize(
    "filters, words",
    [
        ({"nmae": "eq.web"}, "filters: volume has no attribute 'nmae'. Did you mean name"),
        ({"volume_groups.nmae": "eq.web"}, "filters: volume_group has no attribute 'nmae'."),
        ({"name.first": "eq.web"}, "filters: name of volume has no parts, so 'name.first' cannot exist."),
        ({"volume_groups.": "eq.web"}, "filters: an attribute is missing."),
        ({"": "eq.web"}, "filters: an attribute is missing."),
        ({"xyzzy->>a": "eq.web"}, "filters: volume has no attribute 'xyzzy'."),
        ({"name": "web"}, "The filter on name has no operator that the array knows: 'web'. Did you mean eq.web?"),
        ({"size": 7}, "filters: size needs an operator, as in eq.7, not just 7."),
        ({"is_replication_destination": True}, "needs an operator, as in eq.true, not just True."),
        ({"size": ["gt.1", 7]}, "filters: size needs an operator, as in eq.7, not just 7."),
        ({"or": "(nmae.eq.a,size.gt.1)"}, "filters: volume has no attribute 'nmae'."),
        ({"or": "(name.a)"}, "'name.a' in the filter or is not of the form attribute.operator.value."),
    ],
)
def test_filters_that_do_not(filters: dict[str, t.Any], words: str) -> None:
    assert words in refusal("volume", filters=filters)


@pytest.mark.parametrize(
    "order", [["name"], ["size.desc", "name.asc"], ["volume_groups.name.desc"], ["name,size.desc"]]
)
def test_an_order_that_passes(order: list[str]) -> None:
    assert question("volume", order=order).order


@pytest.mark.parametrize(
    "order, words",
    [
        (["nmae"], "order: volume has no attribute 'nmae'."),
        (["name.down"], "order: name of volume has no parts, so 'name.down' cannot exist."),
        (["name desc"], "order: volume has no attribute 'name desc'."),
    ],
)
def test_an_order_that_does_not(order: list[str], words: str) -> None:
    assert words in refusal("volume", order=order)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one(limit: int) -> None:
    assert refusal("volume", limit=limit) == f"limit must be at least 1, not {limit}."


def test_names_of_what_has_none() -> None:
    assert refusal("audit_event", names=["a"]) == "audit_event objects have no name: ask for ids or use filters."
    assert question("audit_event", ids=["a"]).ids == ("a",)


@pytest.mark.parametrize("type_", UNFILTERED)
def test_collections_that_take_no_filters(type_: str) -> None:
    attribute = Catalog().attributes(type_)
    said = refusal(type_, filters={next(iter(attribute)): "eq.1"})
    assert said == f"The array cannot filter {type_}. Ask for ids or names, or filter the result with selectattr."


class TestNotStrict:
    """An array newer than the catalog may know more: what the catalog does not know is left to the array."""

    def test_unknown_names_pass(self) -> None:
        asked = question(
            "hologram",
            strict=False,
            names=["a"],
            select=["depth", "parts(id,name(x))"],
            filters={"depth": "gt.1", "a.b.c": "eq.1"},
            order=["depth.desc"],
        )
        assert asked.type == "hologram"
        question("volume", strict=False, select=["depth", "name(x)"], filters={"depth": "gt.1", "name.x": "eq.1"})

    @pytest.mark.parametrize(
        "options",
        [
            {"filters": {"depth": "1"}},
            {"filters": {"or": "depth.eq.1"}},
            {"select": ["a("]},
            {"select": ["a()"]},
            {"limit": 0},
        ],
    )
    def test_what_no_array_understands_does_not(self, options: dict[str, t.Any]) -> None:
        assert refusal("hologram", strict=False, **options)


class TestCatalog:
    """Which attributes can be asked for."""

    def test_only_what_can_be_read(self) -> None:
        known = Catalog().attributes("volume")
        assert "volume_groups" in known and "force" not in known

    def test_the_attributes_of_related_objects_without_a_collection(self) -> None:
        assert question("volume", select=["remote_snapshot_sessions(id,state)"]).select
        assert "Did you mean state?" in refusal("volume", select=["remote_snapshot_sessions(id,stat)"])

    @pytest.mark.parametrize("type_", ["metrics", "remote_snapshot_session"])
    def test_types_without_a_collection(self, type_: str) -> None:
        assert f"PowerStore has no resource type '{type_}'." in refusal(type_)
