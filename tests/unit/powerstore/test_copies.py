# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot sets of volume groups: found together with their source, by one query."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.modules.volume_group_clone import SPEC as CLONE_SPEC
from ansible_collections.jobwise.appliance.plugins.modules.volume_group_clone import make_handler as clones
from ansible_collections.jobwise.appliance.plugins.modules.volume_group_snapshot import SPEC, make_handler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login

G1 = "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
SOURCE = {"id": G1, "name": "web", "type": "Primary", "protection_data": {"family_id": G1}}
LATER = "2999-01-01T00:00:00Z"


def desired(**options: t.Any) -> dict[str, t.Any]:
    given = {"name": "before", "volume_group": "web", **options}
    return {**{name: one.get("default") for name, one in SPEC.items()}, **given}


def clone_want(**options: t.Any) -> dict[str, t.Any]:
    given = {"name": "before", "volume_group": "web", **options}
    return {**{name: one.get("default") for name, one in CLONE_SPEC.items()}, **given}


def snapshot(source: str = G1, **data: t.Any) -> dict[str, t.Any]:
    return {"id": "s1", "name": "before", "type": "Snapshot", "protection_data": {"source_id": source, **data}}


@pytest.mark.parametrize(
    "group, query",
    [("web", {"name": "in.(before,web)"}), (G1, {"or": f"(id.in.({G1}),name.in.(before))"})],
)
def test_set_and_source_cost_one_read(array: MakeArray, group: str, query: dict[str, str]) -> None:
    one = array(login([SOURCE, snapshot()]))
    sought = make_handler(one.client, desired(volume_group=group))
    current = sought.read()
    assert current == snapshot() and sought.plan(current, NEW_RUN).steps == ()
    assert one.talk == ["GET volume_group"] and query.items() <= one.queries[0].items()


def test_one_that_is_not_there_is_made_of_its_source(array: MakeArray) -> None:
    one = array(login([SOURCE]))
    sought = make_handler(one.client, desired(expiration_timestamp="2999-01-01T01:00:00+01:00"))
    (step,) = sought.plan(sought.read(), NEW_RUN).requests
    assert (step.verb, step.path) == ("POST", f"volume_group/{G1}/snapshot")
    assert step.body == {"name": "before", "expiration_timestamp": LATER}


def test_its_job_works_on_the_source(array: MakeArray) -> None:
    one = array(login([SOURCE]))
    sought = make_handler(one.client, desired())
    sought.read()
    assert sought.jobs_filters(None) == {"resource_id": f"eq.{G1}"}


def test_without_a_source_there_is_nothing_to_make_it_of(array: MakeArray) -> None:
    with pytest.raises(InputError, match="There is no volume group web to make the snapshot set before from"):
        make_handler(array(login([]), Answer(200, [])).client, desired()).read()


def test_a_snapshot_set_is_no_source(array: MakeArray) -> None:
    with pytest.raises(InputError, match="There is no volume group web"):
        make_handler(array(login([{**SOURCE, "type": "Snapshot"}])).client, desired()).read()


def test_without_a_source_it_is_absent(array: MakeArray) -> None:
    """A group's snapshot sets go with it."""
    assert make_handler(array(login([])).client, desired(state="absent")).read() is None


def test_one_of_another_group(array: MakeArray) -> None:
    rows = [SOURCE, snapshot(source="other")]
    with pytest.raises(InputError, match="snapshot set before already, but of another volume group than web"):
        make_handler(array(login(rows)).client, desired()).read()
    assert make_handler(array(login(rows)).client, desired(state="absent")).read() is None, (
        "that one is not to be deleted"
    )


def test_a_group_of_the_sets_name_is_not_the_set(array: MakeArray) -> None:
    rows = [SOURCE, {**snapshot(), "type": "Primary"}]
    sought = make_handler(array(login(rows)).client, desired())
    assert sought.read() is None
    with pytest.raises(InputError, match=r"taken by before \(s1\), which is of type Primary.* another name"):
        sought.plan(None, NEW_RUN)
    sought = make_handler(array(login(rows)).client, desired(state="absent"))
    assert sought.plan(sought.read(), NEW_RUN).steps == (), "there is no such set to remove"


def test_an_id_learnt_from_a_job_may_be_of_another_ones_copy(array: MakeArray) -> None:
    one = array(login([SOURCE, snapshot()]))
    assert make_handler(one.client, desired()).read("another one's") == snapshot()
    assert one.talk == ["GET volume_group"]


def test_an_expiration_that_is_over(array: MakeArray) -> None:
    sought = make_handler(array(login([SOURCE])).client, desired(expiration_timestamp="2020-01-01T00:00:00Z"))
    with pytest.raises(InputError, match="is in the past"):
        sought.plan(sought.read(), NEW_RUN)


def test_a_secure_one_stays_secure(array: MakeArray) -> None:
    rows = [SOURCE, snapshot(is_secure=True, expiration_timestamp=LATER)]
    sought = make_handler(array(login(rows)).client, desired(is_secure=False))
    with pytest.raises(InputError, match="is secure, which cannot be undone"):
        sought.plan(sought.read(), NEW_RUN)


class TestClones:
    """Clones: which source one is of, and what becomes of one whose source is gone."""

    SET: t.ClassVar[dict[str, t.Any]] = {
        "id": "s1",
        "name": "nightly",
        "type": "Snapshot",
        "protection_data": {"family_id": G1, "source_id": G1, "parent_id": G1},
    }

    @staticmethod
    def clone(**data: t.Any) -> dict[str, t.Any]:
        return {"id": "c1", "name": "before", "type": "Clone", "protection_data": {"family_id": G1, **data}}

    @staticmethod
    def read(array: MakeArray, rows: list[dict[str, t.Any]], **options: t.Any) -> dict[str, t.Any] | None:
        return clones(array(login(rows)).client, clone_want(**options)).read()

    @pytest.mark.parametrize(
        "source, data",
        [
            pytest.param("web", {"source_id": G1, "parent_id": G1}, id="of a group"),
            pytest.param("web", {"source_id": G1}, id="parent not told"),
            pytest.param("web", {"source_id": "x", "parent_id": G1}, id="refreshed since"),
            pytest.param("nightly", {"source_id": G1, "parent_id": G1}, id="of a set"),
            pytest.param("nightly", {"source_id": G1, "parent_id": "s1"}, id="of a set that is its parent"),
        ],
    )
    def test_its_own(self, array: MakeArray, source: str, data: dict[str, t.Any]) -> None:
        rows = [SOURCE, self.SET, self.clone(**data)]
        rows = [row for row in rows if row["name"] in ("before", source)]
        assert self.read(array, rows, volume_group=source) == rows[-1]
        gone = clones(array(login(rows), Answer(200, [])).client, clone_want(volume_group=source, state="absent"))
        assert gone.read() == {**rows[-1], "snapshot_sets": []}

    def test_one_with_mapped_volumes_is_not_deleted(self, array: MakeArray) -> None:
        """PowerStore REST API 4.0, volume_group, delete: first detach it from all hosts."""
        members = [{"id": "v1", "name": "a", "mapped_volumes": [{"id": "m"}]}, {"id": "v2", "name": "b"}]
        copy = {**self.clone(source_id=G1, parent_id=G1), "volumes": members}
        gone = clones(array(login([SOURCE, copy]), Answer(200, [])).client, clone_want(state="absent"))
        current = gone.read()
        with pytest.raises(InputError, match="before cannot be deleted while its volumes are mapped: a."):
            gone.preflight(current, gone.plan(current, NEW_RUN))

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param({"source_id": "c2", "parent_id": "c2"}, id="of a clone of it"),
            pytest.param({"source_id": G1, "parent_id": "c2"}, id="refreshed from it"),
            pytest.param({"source_id": "s1", "parent_id": "s1"}, id="of a set as such"),
        ],
    )
    def test_of_another_source_in_the_family(self, array: MakeArray, data: dict[str, t.Any]) -> None:
        rows = [SOURCE, self.clone(**data)]
        assert self.read(array, rows, state="absent") is None, "that one is not to be deleted"
        with pytest.raises(InputError, match="of another volume group than web"):
            self.read(array, rows)

    def test_the_source_itself(self, array: MakeArray) -> None:
        rows = [self.clone(source_id=G1, parent_id=G1)]
        assert self.read(array, rows, volume_group="BEFORE", state="absent") is None
        sought = clones(array(login(rows)).client, clone_want(volume_group="before"))
        with pytest.raises(InputError, match="The name is already taken"):
            sought.plan(sought.read(), NEW_RUN)

    def test_a_source_that_is_gone(self, array: MakeArray) -> None:
        with pytest.raises(InputError, match=r"before \(id c1\), but volume group web no longer exists.*state: absent"):
            self.read(array, [self.clone(source_id=G1, parent_id=None)], state="absent")
        assert self.read(array, [], state="absent") is None, "both are gone"
