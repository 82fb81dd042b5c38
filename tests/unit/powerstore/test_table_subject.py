# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of a table: how they are found, with how many requests, and what is said of those that are not."""

from __future__ import annotations

import typing as t
from urllib.parse import quote

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError, UnexpectedResponse
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.directory import FIELDS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.references import reference
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME_GROUP
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.table_handler import TableHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volume_groups.handler import GroupHandler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, ScriptedArray, login, refused

G1 = "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
V1 = "2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11"
V2 = "9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22"
READS = "id,name,type,creation_timestamp,is_protectable,is_importing"


def desired(**options: t.Any) -> dict[str, t.Any]:
    """Return all options of a task, as Ansible fills them in."""
    spec = VOLUME_GROUP.argument_spec()
    return {**{name: one.get("default") for name, one in spec.items()}, **options}


def group(**changes: t.Any) -> dict[str, t.Any]:
    return {"id": G1, "name": "web", "type": "Primary", "description": "", "volumes": [], **changes}


def volume(id_: str, name: str, type_: str = "Primary") -> dict[str, t.Any]:
    return {"id": id_, "name": name, "type": type_}


def of(array: MakeArray, wanted: dict[str, t.Any], *answers: t.Any) -> tuple[ScriptedArray, TableHandler]:
    """Return an array and the group that a task names on it; the first answer opens a session."""
    first = [login(answers[0])] if answers and not isinstance(answers[0], Answer) else list(answers[:1])
    rest = [one if isinstance(one, Answer) else Answer(200, one) for one in answers[1:]]
    one = array(*first, *rest)
    return one, GroupHandler(one.client, VOLUME_GROUP, wanted)


def refusal(array: MakeArray, wanted: dict[str, t.Any], *answers: t.Any) -> tuple[ScriptedArray, str]:
    """Look up what cannot be; return the array and what is said."""
    one, sought = of(array, wanted, *answers)
    with pytest.raises(InputError) as caught:
        sought.read()
    return one, str(caught.value)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("web01", Reference(name="web01")),
        (V1, Reference(id=V1)),
        (V1.upper(), Reference(id=V1.upper())),
        (V1 + "0", Reference(name=V1 + "0")),
        (f"name:{V1}", Reference(name=V1)),
        ("id:A1", Reference(id="A1")),
        ("name:id:x", Reference(name="id:x")),
        ("iqn:x", Reference(name="iqn:x")),
        ("", Reference(name="")),
    ],
)
def test_what_a_person_means(text: str, meant: Reference) -> None:
    assert reference(text) == meant


class TestLookingUp:
    """A converged task costs one read."""

    def test_by_name(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="WEB"), [group()])
        assert sought.read() == group()
        assert one.talk == ["GET volume_group"]
        query = one.queries[0]
        assert query["name"] == "eq.WEB" and query["select"].startswith(READS[:12])
        assert set(READS.split(",")) <= set(query["select"].split(","))

    def test_by_id(self, array: MakeArray) -> None:
        one, sought = of(array, desired(id=G1), group())
        assert sought.read() == group()
        assert one.talk == [f"GET volume_group/{G1}"]

    def test_by_the_id_that_the_run_has_learnt(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="web"), group())
        assert sought.read(G1) == group()
        assert one.talk == [f"GET volume_group/{G1}"]

    def test_there_is_none(self, array: MakeArray) -> None:
        assert of(array, desired(name="web"), [])[1].read() is None
        one = array(login([]), refused(404))
        one.client.query("job", {})
        assert GroupHandler(one.client, VOLUME_GROUP, desired(id=G1)).read() is None

    def test_only_what_the_task_manages_is_read(self, array: MakeArray) -> None:
        """A relation that nobody asks for would be read for nothing, and an older release would refuse some."""
        one, sought = of(array, desired(name="web"), [])
        sought.read()
        assert "qos_performance_policy" not in one.queries[0]["select"]
        policy = [{"id": V1, "name": "q", "type": "QoS"}]
        one, sought = of(array, desired(name="web", qos_performance_policy="q"), [], policy)
        sought.read()
        assert "qos_performance_policy(id,name" in one.queries[0]["select"]

    def test_another_name_than_the_one_asked_for_does_not_count(self, array: MakeArray) -> None:
        """A filter that a proxy or an array drops must not lead to another object."""
        assert of(array, desired(name="web"), [group(name="web2")])[1].read() is None


class TestKinds:
    """Groups, clones and snapshot sets share a collection, and names."""

    @pytest.mark.parametrize("kind", ["Primary", "Clone"])
    def test_a_group_is_one(self, array: MakeArray, kind: str) -> None:
        found = of(array, desired(name="web"), [group(type=kind)])[1].read()
        assert found is not None and found["type"] == kind

    @pytest.mark.parametrize("kind", ["Snapshot", "Proxy"])
    def test_a_snapshot_set_of_the_same_name_is_not(self, array: MakeArray, kind: str) -> None:
        assert of(array, desired(name="web"), [group(type=kind)])[1].read() is None

    @pytest.mark.parametrize("order", [1, -1])
    def test_the_group_is_told_from_its_namesakes(self, array: MakeArray, order: int) -> None:
        rows = [group(id="s", type="Snapshot"), group(id="c", type="Clone"), group()][::order]
        assert (of(array, desired(name="web"), rows)[1].read() or {})["id"] == G1

    def test_the_exact_spelling_wins(self, array: MakeArray) -> None:
        rows = [group(id="1", name="Web"), group(id="2"), group(id="3", name="WEB", type="Clone")]
        assert (of(array, desired(name="web"), rows)[1].read() or {})["id"] == "2"

    def test_several_that_differ_in_case_only_mean_none_of_them(self, array: MakeArray) -> None:
        rows = [group(id="1", name="Web"), group(id="2", name="WEB"), group(id="3", type="Clone")]
        dummy, said = refusal(array, desired(name="web"), rows)
        assert said.startswith("No volume group has exactly the name web") and "Web (1), WEB (2)" in said

    def test_the_id_of_a_snapshot_set(self, array: MakeArray) -> None:
        dummy, said = refusal(array, desired(id=G1), group(type="Snapshot"))
        assert said == (
            f"web ({G1}) is not a volume group but of type Snapshot. Give the name or id of a volume group."
        )


class TestNewNames:
    """A rename that was done already is no error, and nothing is made twice."""

    @pytest.mark.parametrize(
        "rows, found",
        [
            ([group()], "web"),
            ([group(name="shop")], "shop"),
            ([group(name="SHOP")], "SHOP"),
            ([], None),
            ([group(), group(id="s", name="shop", type="Snapshot")], "web"),
        ],
    )
    def test_either_name_is_looked_for_at_once(
        self, array: MakeArray, rows: list[dict[str, t.Any]], found: str | None
    ) -> None:
        one, sought = of(array, desired(name="web", new_name="shop"), rows)
        assert (sought.read() or {}).get("name") == found
        assert [query["name"] for query in one.queries] == ["in.(web,shop)"]

    def test_both_exist(self, array: MakeArray) -> None:
        rows = [group(), group(id="other", name="Shop")]
        dummy, said = refusal(array, desired(name="web", new_name="shop"), rows)
        assert said == (
            "Cannot rename volume group web to shop: another volume group has this name. "
            "Remove or rename that one first, or give another name."
        )

    def test_a_name_that_changes_its_case_only(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="web", new_name="WEB"), [group()])
        assert sought.read() == group()
        assert one.queries[0]["name"] == "eq.web"


class TestMembers:
    """Volumes by name or id: those that are members already need no look-up, the others one query."""

    def test_members_cost_nothing(self, array: MakeArray) -> None:
        current = group(volumes=[{"id": V1, "name": "web01"}, {"id": V2, "name": "web02"}])
        one, sought = of(array, desired(name="web", volumes=["WEB01", V2]), [current])
        assert sought.plan(sought.read(), NEW_RUN).steps == ()
        assert one.talk == ["GET volume_group"]

    @pytest.mark.parametrize(
        "asked, query",
        [
            (["web01", "web02"], {"name": "in.(web01,web02)"}),
            ([V1, V2], {"id": f"in.({V1},{V2})"}),
            (["web01", V2], {"or": f"(id.in.({V2}),name.in.(web01))", "order": "id"}),
            ([f"id:{V1}", "name:web02"], {"or": f"(id.in.({V1}),name.in.(web02))", "order": "id"}),
        ],
    )
    def test_the_others_are_asked_for_with_one_query(
        self, array: MakeArray, asked: list[str], query: dict[str, str]
    ) -> None:
        one, sought = of(
            array, desired(name="web", volumes=asked), [group()], [volume(V1, "web01"), volume(V2, "WEB02")]
        )
        (step,) = sought.plan(sought.read(), NEW_RUN).requests
        assert step.body == {"volume_ids": [V1, V2]}
        assert one.talk == ["GET volume_group", "GET volume"]
        assert one.queries[1] == {"select": FIELDS["volume"], "limit": "2000", **query}

    def test_only_the_others(self, array: MakeArray) -> None:
        current = group(volumes=[{"id": V1, "name": "web01"}])
        one, sought = of(array, desired(name="web", volumes=["web01", "web02"]), [current], [volume(V2, "web02")])
        sought.read()
        assert one.queries[1]["or"] == f"(id.in.({V1}),name.in.(web02))", (
            "a member is read, since others have to fit it"
        )

    def test_they_are_looked_up_once_for_a_run(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="web", volumes=["web01"]), [group()], [volume(V1, "web01")], [group()])
        sought.read()
        sought.read()
        assert one.talk == ["GET volume_group", "GET volume", "GET volume_group"]

    def test_all_that_do_not_exist_are_named_in_one_error(self, array: MakeArray) -> None:
        wanted = desired(name="web", volumes=["web01", "wbe02", V2, "wbe03"])
        one, said = refusal(array, wanted, [group()], [volume(V1, "web01")], [volume(V1, "web01"), volume("v3", "db")])
        assert said == (
            f"volumes: the array has no volume wbe02 (did you mean web01?), {V2}, wbe03 (did you mean web01?). "
            "Known: db, web01. Nothing was written."
        )
        assert len(one.talk) == 3

    def test_a_snapshot_of_a_volume_is_no_volume(self, array: MakeArray) -> None:
        rows = [volume(V1, "web01", "Snapshot")]
        said = refusal(array, desired(name="web", volumes=["web01"]), [], rows, [])[1]
        assert said.startswith("volumes: the array has no volume web01, but one of type Snapshot.")

    def test_the_volume_is_told_from_its_snapshots(self, array: MakeArray) -> None:
        rows = [volume("s", "web01", "Snapshot"), volume(V1, "web01"), volume("t", "web01", "Snapshot")]
        dummy, sought = of(array, desired(name="web", volumes=["web01"]), [group()], rows)
        assert sought.plan(sought.read(), NEW_RUN).requests[0].body == {"volume_ids": [V1]}

    def test_what_is_to_be_removed_need_not_exist(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="web", volumes=["gone"], volumes_mode="remove"), [group()])
        assert sought.plan(sought.read(), NEW_RUN).steps == ()
        assert one.talk == ["GET volume_group"]

    def test_nor_anything_for_a_group_that_shall_be_absent(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="web", volumes=["gone"], state="absent"), [])
        sought.read()
        assert one.talk == ["GET volume_group"]

    def test_the_snapshot_sets_of_a_group_that_shall_be_absent_are_read_once(self, array: MakeArray) -> None:
        sets = [{"id": "s1", "name": "nightly"}]
        one, sought = of(array, desired(name="web", state="absent"), [group()], sets, [group()])
        for dummy in range(2):
            current = sought.read()
            assert current and current["snapshot_sets"] == sets
            (step,) = sought.plan(current, NEW_RUN).requests
            assert step.summary == "delete volume group web with its snapshot set (nightly)"
        assert one.talk == ["GET volume_group"] * 3
        asked = one.queries[1]
        assert (asked["type"], asked["protection_data->>parent_id"]) == ("eq.Snapshot", f"eq.{G1}")

    def test_mapped_volumes_leave_a_group_before_it_is_deleted(self, array: MakeArray) -> None:
        """The array wants it so, even if they stay: PowerStore REST API 4.0, volume_group, delete."""
        rows = [
            {**volume(V1, "web01"), "mapped_volumes": [{"id": "m1"}]},
            {**volume(V2, "web02"), "mapped_volumes": []},
        ]
        dummy, stay = of(array, desired(name="web", state="absent"), [{**group(), "volumes": rows}], [])
        current = stay.read()
        plan = stay.plan(current, NEW_RUN)
        assert plan.sentences() == ["remove 2 volumes (web01, web02) from volume group web", "delete volume group web"]
        dummy, unmapped = of(array, desired(name="web", state="absent"), [{**group(), "volumes": rows[1:]}], [])
        assert unmapped.plan(unmapped.read(), NEW_RUN).sentences() == ["delete volume group web"]
        options = desired(name="web", state="absent", delete_members=True)
        dummy, go = of(array, options, [{**group(), "volumes": rows}], [])
        current = go.read()
        with pytest.raises(InputError, match="with its volumes while they are mapped: web01. First unmap them."):
            go.preflight(current, go.plan(current, NEW_RUN))

    def test_many_are_asked_for_in_parts(self, array: MakeArray) -> None:
        names = [f"{'v' * 40}{number:03}" for number in range(150)]  # 46 bytes each with its comma
        found = [volume(f"id{number}", name) for number, name in enumerate(names)]
        one, sought = of(array, desired(name="web", volumes=names), [group()], found[:89], found[89:])
        assert len((sought.plan(sought.read(), NEW_RUN).requests[0].body or {})["volume_ids"]) == 150
        assert [query["name"].count(",") + 1 for query in one.queries[1:]] == [89, 61]

    def test_an_empty_name_is_refused_before_anything_is_sent(self, array: MakeArray) -> None:
        """It comes of an empty variable."""
        one = array()
        with pytest.raises(InputError, match="volumes has an empty entry"):
            GroupHandler(one.client, VOLUME_GROUP, desired(name="web", volumes=["web01", ""]))
        assert one.talk == []


class TestJobs:
    """Which jobs concern the object."""

    def test_of_an_object_that_exists(self, array: MakeArray) -> None:
        one, sought = of(array, desired(name="web"), [{"id": "j1", "phase": "Queued"}])
        assert [job.id for job in sought.find_jobs(group(), ["modify", "add_members"]) or []] == ["j1"]
        query = one.queries[0]
        assert (query["resource_type"], query["resource_id"]) == ("eq.volume_group", f"eq.{G1}")
        assert query["resource_action"] == "in.(modify,add_members)" and "resource_name" not in query

    @pytest.mark.parametrize("options, name", [({}, "eq.web"), ({"new_name": "shop"}, "eq.shop")])
    def test_of_one_that_is_being_made(self, array: MakeArray, options: dict[str, t.Any], name: str) -> None:
        """It has no id yet that anybody knows; it is made with the name it shall have."""
        one, sought = of(array, desired(name="web", **options), [])
        assert sought.find_jobs(None, ["create"]) == []
        assert one.queries[0]["resource_name"] == name and "resource_id" not in one.queries[0]


class TestPreflight:
    """What the array would refuse is found by reading, before anything is written."""

    def checked(self, array: MakeArray, wanted: dict[str, t.Any], current: t.Any, *answers: t.Any) -> ScriptedArray:
        one, sought = of(array, wanted, [current] if current else [], *answers)
        found = sought.read()
        sought.preflight(found, sought.plan(found, NEW_RUN))
        return one

    @pytest.mark.parametrize("asked, query", [("gold", {"name": "in.(gold)"}), (V1, {"id": f"in.({V1})"})])
    def test_a_policy_that_exists(self, array: MakeArray, asked: str, query: dict[str, str]) -> None:
        wanted = desired(name="web", protection_policy=asked)
        current = group(protection_policy=None, protection_policy_id=None)
        one = self.checked(array, wanted, current, [{"id": V1, "name": "gold", "type": "Protection"}])
        assert one.talk == ["GET volume_group", "GET policy"]
        assert one.queries[1] == {"select": "id,name,type,replication_rules(id)", "limit": "2000", **query}

    @pytest.mark.parametrize(
        "rows, words",
        [
            (
                [],
                "protection_policy: the array has no protection policy gold. Did you mean golden? Nothing was written.",
            ),
            (
                [{"id": V1, "name": "gold", "type": "QoS"}],
                "protection_policy: the array has no protection policy gold, but one of type QoS. "
                "Did you mean golden? Nothing was written.",
            ),
        ],
    )
    def test_one_that_does_not(self, array: MakeArray, rows: list[dict[str, t.Any]], words: str) -> None:
        current = group(protection_policy=None, protection_policy_id=None)
        with pytest.raises(InputError) as caught:
            self.checked(
                array, desired(name="web", protection_policy="gold"), current, rows, [{"id": V2, "name": "golden"}]
            )
        assert str(caught.value) == words

    def test_one_that_holds_already_is_not_asked_for(self, array: MakeArray) -> None:
        current = group(protection_policy={"id": V1, "name": "gold"}, protection_policy_id=V1)
        assert len(self.checked(array, desired(name="web", protection_policy="Gold"), current).talk) == 1

    def test_nothing_of_what_shall_be_absent(self, array: MakeArray) -> None:
        wanted = desired(name="web", protection_policy="gold", state="absent")
        assert len(self.checked(array, wanted, None).talk) == 1
        assert self.checked(array, wanted, group(), []).talk == ["GET volume_group"] * 2


@pytest.mark.parametrize("odd", ["../volume/x", "x/../../volume/y", "a?b#c"])
def test_a_write_goes_to_the_object_and_nowhere_else(array: MakeArray, odd: str) -> None:
    """Whatever the array answers for an id."""
    one, sought = of(array, desired(name="web", state="absent"), [group(id=odd)], [])
    step = sought.plan(sought.read(), NEW_RUN).requests[0]
    assert step.path == f"volume_group/{quote(odd, safe='')}"


@pytest.mark.parametrize("odd", ["", ".", "..", None, 7])
def test_what_is_no_id_is_no_answer(array: MakeArray, odd: t.Any) -> None:
    one, sought = of(array, desired(name="web", state="absent"), [group(id=odd)], [])
    with pytest.raises(UnexpectedResponse, match=r"\[0\].id"):
        sought.read()
