# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Restore: group, source and backup found by one query, and done once for each name of a backup."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.modules.volume_group_restore import SPEC, make_handler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login

G1 = "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
GROUP = {"id": G1, "name": "web", "type": "Primary", "protection_data": {"family_id": G1}}


def desired(**options: t.Any) -> dict[str, t.Any]:
    given = {"volume_group": "web", "snapshot": "nightly", "backup_snapshot": "before", **options}
    return {**{name: one.get("default") for name, one in SPEC.items()}, **given}


def snapshot(name: str, parent: str = G1) -> dict[str, t.Any]:
    data = {"parent_id": parent, "source_id": parent, "family_id": G1}
    return {"id": f"id of {name}", "name": name, "type": "Snapshot", "protection_data": data}


@pytest.mark.parametrize(
    "group, query",
    [("web", {"name": "in.(web,nightly,before)"}), (G1, {"or": f"(id.in.({G1}),name.in.(nightly,before))"})],
)
def test_all_cost_one_read(array: MakeArray, group: str, query: dict[str, str]) -> None:
    one = array(login([GROUP, snapshot("nightly")]))
    sought = make_handler(one.client, desired(volume_group=group))
    (step,) = sought.plan(sought.read(), NEW_RUN).requests
    assert one.talk == ["GET volume_group"] and query.items() <= one.queries[0].items()
    assert (step.verb, step.path) == ("POST", f"volume_group/{G1}/restore")
    assert step.body == {
        "from_snap_id": "id of nightly",
        "create_backup_snap": True,
        "backup_snap_profile": {"name": "before"},
    }
    assert step.summary == "restore volume group web from nightly, with backup before"


def test_a_backup_shows_that_it_was_done(array: MakeArray) -> None:
    """Also when its source is gone since."""
    sought = make_handler(array(login([GROUP, snapshot("before")])).client, desired())
    current = sought.read()
    assert sought.plan(current, NEW_RUN).steps == ()
    assert current and current["backup_snapshot"] == {"id": "id of before", "name": "before"}


def test_a_backup_of_another_group_shows_nothing(array: MakeArray) -> None:
    sought = make_handler(array(login([GROUP, snapshot("nightly"), snapshot("before", "other")])).client, desired())
    with pytest.raises(InputError, match="before is not a snapshot set of volume group web"):
        sought.plan(sought.read(), NEW_RUN)


def test_without_a_backup_it_is_done_once_in_a_run(array: MakeArray) -> None:
    sought = make_handler(
        array(login([GROUP, snapshot("nightly")])).client, desired(backup=False, backup_snapshot=None)
    )
    current = sought.read()
    (step,) = sought.plan(current, NEW_RUN).requests
    assert step.body == {"from_snap_id": "id of nightly", "create_backup_snap": False}
    assert step.summary == "restore volume group web from nightly, without a backup"
    assert sought.plan(current, NEW_RUN.accepted(step)).steps == ()


def test_a_destination_of_a_replication(array: MakeArray) -> None:
    """Only then is there one more read, for the name of the other array."""
    rows = [{**GROUP, "is_replication_destination": True}, snapshot("nightly")]
    session = {"id": "r1", "remote_system": {"id": "s", "name": "south"}}
    one = array(login(rows), Answer(200, [session]))
    sought = make_handler(one.client, desired())
    current = sought.read()
    with pytest.raises(InputError, match="destination of a replication from south, so this array does not restore it"):
        sought.preflight(current, sought.plan(current, NEW_RUN))
    assert one.talk == ["GET volume_group", "GET replication_session"]
