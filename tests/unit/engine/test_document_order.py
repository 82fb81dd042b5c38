# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of a document's items, circles among them, and what two of them say that cannot both be true."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.contradictions import (
    check_links,
    check_names,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.items import Item, ItemType
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.links import Link, Links
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.mistakes import DocumentMistakes
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.order import Graph, in_order
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from tests.unit.engine.tables import SHELF


def no_handler(*dummy: t.Any) -> t.Any:
    raise AssertionError("an order needs no handler")


BOX = ItemType("box", SHELF, no_handler, slots={"shelves": "place"})
SET = ItemType("set", SHELF, no_handler, exclusive=("boxes",), barred={"boxes": (("box", "shelves"),)})


class Document:
    """Items with links. Names lead to the items' objects."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.links: dict[Item, Links] = {}

    def add(
        self,
        type_: ItemType,
        name: str,
        wants: t.Sequence[str] = (),
        claims: t.Sequence[str] = (),
        releases: t.Sequence[str] = (),
        slot: t.Any = None,
        **desired: t.Any,
    ) -> Item:
        """Add an item that changes something. A claim is wanted as well."""
        item = Item(type_, f"{type_.name}[{len(self.items)}] ({name})", name, desired)
        item.record.plan = Plan((Request("modify", "PATCH", name, {}, f"change {name}"),))
        option = "boxes" if type_ is SET else "shelves"

        def links(names: t.Sequence[str]) -> list[Link]:
            return [Link(option, ("thing", one), one, slot) for one in names]

        self.items.append(item)
        self.links[item] = Links(links(releases), links(claims), links([*wants, *claims]))
        return item

    def objects(self) -> dict[tuple[str, str], Item]:
        return {("thing", item.name): item for item in self.items}

    def ordered(self) -> list[str]:
        mistakes = DocumentMistakes()
        Graph(self.links, self.objects()).order(self.items, mistakes)
        mistakes.refuse()
        return [item.name for item in in_order(self.items)]

    def contradictions(self) -> str:
        mistakes = DocumentMistakes()
        check_names(self.items, mistakes)
        check_links(self.links, self.objects(), mistakes)
        return " ".join(mistake.line for mistake in mistakes)


def test_some_types_come_after_others_to_which_they_do_not_refer() -> None:
    last = ItemType("last", SHELF, no_handler, after=("box",))
    document = Document()
    first, box, dish = document.add(last, "a"), document.add(BOX, "b"), document.add(SET, "c")
    mistakes = DocumentMistakes()
    Graph(document.links, {}).order(document.items, mistakes)
    assert in_order(document.items) == [box, first, dish] and not mistakes
    assert first.needs == {box}


def test_what_an_item_names_comes_first() -> None:
    document = Document()
    document.add(SET, "s", claims=["a", "b"])
    document.add(BOX, "a", wants=["c"])
    document.add(BOX, "b")
    document.add(BOX, "c")
    assert document.ordered() == ["c", "a", "b", "s"]


def test_what_has_nothing_to_do_is_not_waited_for() -> None:
    document = Document()
    group, box = document.add(SET, "s", claims=["a"]), document.add(BOX, "a")
    box.record.plan = Plan()
    document.ordered()
    assert group.needs == set()


def test_a_member_leaves_one_set_before_it_joins_another() -> None:
    document = Document()
    document.add(SET, "new", claims=["x"])
    document.add(SET, "old", releases=["x"])
    assert document.ordered() == ["old", "new"]


def test_a_slot_becomes_free_before_another_gets_it() -> None:
    document = Document()
    document.add(BOX, "new", claims=["shelf"], slot=7)
    document.add(BOX, "other", claims=["shelf"], slot=8)
    document.add(BOX, "old", releases=["shelf"], slot=7)
    assert document.ordered() == ["old", "new", "other"]
    assert [len(item.needs) for item in document.items] == [1, 0, 0]


def test_a_shelf_that_two_boxes_exchange_makes_no_circle() -> None:
    """Only what one object can have is waited for; two boxes may stand on one shelf at a time."""
    document = Document()
    document.add(BOX, "a", claims=["x"], releases=["y"])
    document.add(BOX, "b", claims=["y"], releases=["x"])
    assert document.ordered() == ["a", "b"]


def test_links_end_before_their_object_is_deleted() -> None:
    document = Document()
    document.add(BOX, "x", state="absent")
    document.add(SET, "s", releases=["x"], state="absent")
    assert document.ordered() == ["s", "x"]


def test_a_link_with_another_slot_waits_for_its_object_as_before() -> None:
    """It is released and made again, so it must not come before what it leads to."""
    document = Document()
    document.add(BOX, "a", claims=["x"], releases=["x"])
    document.add(BOX, "x")
    assert document.ordered() == ["x", "a"]


def test_a_circle_is_shown() -> None:
    document = Document()
    document.add(SET, "s", claims=["x"], releases=["y"])
    document.add(SET, "t", claims=["y"], releases=["x"])
    with pytest.raises(InputError) as raised:
        document.ordered()
    assert (
        "in a circle: set[0] (s) needs set[1] (t) to release thing x first; "
        "set[1] (t) needs set[0] (s) to release thing y first." in str(raised.value)
    )


def test_a_number_that_is_asked_for_comes_before_those_that_the_appliance_chooses() -> None:
    """It would choose the lowest one, which may be the number that another item asks for."""
    document = Document()
    document.add(BOX, "any", claims=["shelf"])
    document.add(BOX, "elsewhere", claims=["y"])
    document.add(BOX, "seventh", claims=["shelf"], slot=7)
    assert document.ordered() == ["seventh", "any", "elsewhere"]
    assert [len(item.needs) for item in document.items] == [1, 0, 0]


def test_a_long_chain_needs_no_deep_stack() -> None:
    document = Document()
    for number in range(3000):
        document.add(BOX, f"b{number}", wants=[f"b{number + 1}"])
    assert document.ordered()[:2] == ["b2999", "b2998"]


def test_two_items_describe_one_object() -> None:
    document = Document()
    document.add(BOX, "Db")
    document.add(BOX, "db")
    assert "box[0] (Db) and box[1] (db) both describe db" in document.contradictions()


def test_two_sets_have_one_member() -> None:
    document = Document()
    document.add(SET, "s", wants=["x"])
    document.add(SET, "t", claims=["x"])
    assert "set[0] (s) and set[1] (t) both have thing x in their boxes" in document.contradictions()


def test_two_boxes_have_one_place() -> None:
    document = Document()
    document.add(BOX, "a", wants=["shelf"], slot=0)
    document.add(BOX, "b", claims=["shelf"], slot=0)
    document.add(BOX, "c", claims=["shelf"])
    assert document.contradictions() == "box[0] (a) and box[1] (b) both have place 0 on thing shelf."


def test_an_item_names_what_another_removes() -> None:
    document = Document()
    document.add(SET, "s", wants=["x"])
    document.add(BOX, "x", state="absent")
    assert "set[0] (s): boxes names thing x, which box[1] (x) removes." in document.contradictions()


def test_an_object_is_barred_from_a_list_by_another() -> None:
    document = Document()
    document.add(SET, "s", wants=["x"])
    document.add(BOX, "a", wants=["x"])
    assert "set[0] (s) has thing x in boxes, and box[1] (a) names it in shelves." in document.contradictions()
