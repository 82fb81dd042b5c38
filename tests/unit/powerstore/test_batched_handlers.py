# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The handlers of many items read with few requests, and plan what each of them plans by itself."""

from __future__ import annotations

import functools
import typing as t
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.batching import Replay
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.rendezvous import Rendezvous
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Bug,
    JobLost,
    LoginFailed,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, RUNNING
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.batching import BatchingClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.pool import ClientPool
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.group_handler import HostGroupHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.handler import HostHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.policies import (
    ProtectionPolicyHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.snapshot_rules import (
    SnapshotRuleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME, VOLUME_GROUP
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.hosts import HOST, HOST_GROUP
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import (
    PROTECTION_POLICY,
    SNAPSHOT_RULE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volume_groups.handler import GroupHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.handler import VolumeHandler
from tests.unit.powerstore.in_process import array_of, client_of

GIB = 1024**3
TABLES: dict[str, tuple[t.Any, t.Any]] = {
    "volume": (VOLUME, VolumeHandler),
    "volume_group": (VOLUME_GROUP, GroupHandler),
    "host": (HOST, HostHandler),
    "host_group": (HOST_GROUP, HostGroupHandler),
    "protection_policy": (PROTECTION_POLICY, ProtectionPolicyHandler),
    "snapshot_rule": (SNAPSHOT_RULE, SnapshotRuleHandler),
}
Item = t.Tuple[str, t.Dict[str, t.Any]]


def planned(client: t.Any, item: Item) -> t.Any:
    """Read, plan and check an item; return its plan, or why it is refused."""
    table, handler_of = TABLES[item[0]]
    desired = {name: option.get("default") for name, option in table.argument_spec().items()}
    handler = handler_of(client, table, {**desired, **item[1]})
    try:
        current = handler.read()
        plan = handler.plan(current, NEW_RUN)
        handler.preflight(current, plan)
    except ApplianceError as error:
        return (error.kind, error.message, error.hint)
    return plan


def compared(items: t.Sequence[Item], seed: dict[str, t.Any] | None = None) -> tuple[list[t.Any], Counter[str]]:
    """Plan items together; return the plans and the requests. Each plan is what the item plans by itself."""
    array = array_of(seed)
    single, dummy = client_of(array)
    alone = [planned(single, item) for item in items]
    client, transport = client_of(array)
    batching = BatchingClient(ClientPool(client, 1), Replay())
    outcomes = batching.together([functools.partial(planned, batching, item) for item in items])
    assert [outcome.get() for outcome in outcomes] == alone
    return alone, Counter(transport.talk)


def test_many_volumes_with_policies_and_mappings() -> None:
    """One request for the volumes, one for each type that they refer to, and one for each kind of check."""
    items: list[Item] = [
        (
            "volume",
            {
                "name": f"volume{number:03}",
                "size": GIB,
                "protection_policy": ("gold", "silver")[number % 2],
                "mapped_hosts": [{"host": "linux01", "logical_unit_number": number + 1}],
                "mapped_host_groups": [{"host_group": "esx-cluster", "logical_unit_number": number + 1}],
            },
        )
        for number in range(100)
    ]
    plans, requests = compared(items)
    assert all(plan.changes for plan in plans)
    assert requests == {
        "GET volume": 1,
        "GET policy": 1,
        "GET host": 1,
        "GET host_group": 1,
        "GET recycle_bin": 1,
        "GET host_volume_mapping": 2,  # by host, and by host group
    }


def test_items_of_many_types_some_of_them_wrong() -> None:
    """What several items refer to is looked up once, whatever their types are."""
    items: list[Item] = [
        ("volume", {"name": "web01", "description": "x", "mapped_hosts": [{"host": "esx01"}]}),
        ("volume", {"name": "WEB02", "size": 2 * GIB, "mapped_hosts": [{"host": "linux01"}]}),
        ("volume", {"name": "db01", "state": "absent"}),
        ("volume", {"name": "db02", "state": "absent"}),
        ("volume", {"name": "app01-data", "state": "absent"}),
        ("volume", {"name": "nosuch", "state": "absent"}),
        ("volume", {"name": "new", "size": GIB, "protection_policy": "nosuch"}),
        ("volume_group", {"name": "app01", "volumes": ["app01-data", "web03"], "protection_policy": "silver"}),
        ("volume_group", {"name": "app02", "volumes": ["app01-log", "db03"], "protection_policy": "bronze-qos"}),
        ("volume_group", {"name": "app01-test", "state": "absent"}),
        ("host", {"name": "linux01", "state": "absent"}),
        ("host", {"name": "esx01", "state": "absent"}),
        (
            "host",
            {
                "name": "new",
                "os_type": "Linux",
                "initiators": [{"port_name": "iqn.1998-01.com:n", "port_type": "iSCSI"}],
            },
        ),
        ("host_group", {"name": "esx-cluster", "hosts": ["linux01", "esx01"]}),
        ("host_group", {"name": "others", "hosts": ["esx02"]}),
        ("protection_policy", {"name": "gold", "snapshot_rules": ["hourly"]}),
        ("protection_policy", {"name": "silver", "state": "absent"}),
        ("protection_policy", {"name": "mine", "snapshot_rules": ["daily", "rule9"]}),
        ("snapshot_rule", {"name": "daily", "state": "absent"}),
        ("snapshot_rule", {"name": "hourly", "interval": "Two_Hours", "desired_retention": 12}),
    ]
    plans, requests = compared(items)
    assert sum(isinstance(plan, tuple) for plan in plans) == 9
    assert sum(requests.values()) <= 20 and max(requests.values()) <= 3


LONG_NAMES = [f"{'a volume with a name as long as it can be':.<115} {number:04}" for number in range(300)]


def test_long_lists_are_read_as_a_whole_if_the_collection_is_small() -> None:
    """A name in another spelling is asked for, since only the array knows whether it ignores case."""
    seed = {"volume": [{"name": name, "size": GIB} for name in LONG_NAMES]}
    items: list[Item] = [("volume", {"name": name.upper() if name == LONG_NAMES[7] else name}) for name in LONG_NAMES]
    dummy, requests = compared(items, seed)
    assert requests == {"GET volume": 2}


def test_or_in_parts_if_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{BatchingClient.__module__}.PAGE", 10)
    client, transport = client_of(array_of({"volume": [{"name": f"v{number}", "size": GIB} for number in range(2100)]}))
    batching = BatchingClient(ClientPool(client, 1), Replay())
    batching.together(
        [functools.partial(batching.query, "volume", {"name": f"eq.{name}", "select": "id"}) for name in LONG_NAMES]
    )
    assert 10 < len(transport.talk) < 16 and "name" not in transport.queries[0]
    assert all(query["name"].startswith("in.(") for query in transport.queries[1:])


def test_what_handlers_change_is_their_own() -> None:
    client, dummy = client_of(array_of())
    batching = BatchingClient(ClientPool(client, 1), Replay())

    def change() -> t.Any:
        (row,) = batching.query("volume_group", {"name": "eq.app01", "select": "id,name,volumes(id,name)"})
        name = row["volumes"][0]["name"]
        row["volumes"][0]["name"] = "changed"
        return name

    first, second = batching.together([change, change])
    assert first.get() == second.get() != "changed"


def test_a_document_sends_nothing_before_it_is_planned() -> None:
    client, transport = client_of(array_of())
    batching = BatchingClient(ClientPool(client, 1), Replay())
    with pytest.raises(Bug):
        batching.send(Request("delete", "DELETE", "volume/v1", None, "delete it"))
    assert transport.talk == []


def test_a_login_that_is_refused_ends_the_round() -> None:
    client, transport = client_of(array_of())
    client.renew_password("wrong")
    batching = BatchingClient(ClientPool(client, 1), Replay())
    items: list[Item] = [("volume", {"name": "web01"}), ("host", {"name": "esx01"})]
    with pytest.raises(LoginFailed):
        batching.together([functools.partial(planned, batching, item) for item in items])
    assert len(transport.talk) == 1


def test_one_strange_row_is_the_error_of_one_item() -> None:
    array = array_of()
    client, dummy = client_of(array)
    array.world.find("volume", "name:web02")["name"] = None
    batching = BatchingClient(ClientPool(client, 1), Replay())
    ids = [str(array.world.find("volume", f"name:{name}")["id"]) for name in ("web01", "db01")]
    ids.insert(1, next(str(row["id"]) for row in array.world.store.all("volume") if row["name"] is None))
    outcomes = batching.together([functools.partial(batching.get, "volume", key, {"select": "id,name"}) for key in ids])
    assert [type(outcome.error) for outcome in outcomes] == [type(None), UnexpectedResponse, type(None)]


class Running:
    """A client of threads, one at a time, on an array in this process."""

    def __init__(self) -> None:
        self.array = array_of()
        client, self.transport = client_of(self.array)
        self.client = BatchingClient(ClientPool(client, 1), Replay())
        self.client.run(Rendezvous())

    def change(self, name: str) -> str:
        """Send a change of a volume; return the id of its job."""
        key = self.array.world.find("volume", f"name:{name}")["id"]
        step = Request("modify", "PATCH", f"volume/{key}", {"description": "x"}, "change it")
        return self.client.send(step).id

    def elsewhere(self, function: t.Callable[..., t.Any], *values: t.Any) -> t.Any:
        """Return what a function returns, or the error that it raises, in another thread."""
        with ThreadPoolExecutor(1) as thread:
            result = thread.submit(function, *values)
            return result.exception(10) or result.result()


def test_one_look_serves_all_threads() -> None:
    one = Running()
    jobs = [one.change(name) for name in ("web01", "web02", "web03")]
    sent = len(one.transport.talk)
    assert [one.client.job(job).state for job in jobs] == [RUNNING] * 3
    assert len(one.transport.talk) == sent  # the responses have just shown them
    one.array.clock.advance(5)
    assert one.elsewhere(one.client.job, jobs[0]).state == RUNNING  # which another thread does not know yet
    assert [one.client.job(job).state for job in jobs] == [DONE] * 3
    assert len(one.transport.talk) == sent + 1 and one.transport.talk[-1] == "GET job"


def test_a_lost_job_is_the_error_of_the_thread_that_waits_for_it() -> None:
    one = Running()
    job = one.change("web01")
    assert one.client.job(job).state == RUNNING
    error = one.elsewhere(one.client.job, "nosuch")
    assert isinstance(error, JobLost) and error.job == "nosuch" and "no longer knows job nosuch" in error.message
    one.array.clock.advance(5)
    assert one.client.job(job).state == RUNNING  # from the look of the other thread
    assert one.client.job(job).state == DONE


def test_reads_are_not_kept_while_items_are_carried_out() -> None:
    one = Running()
    query = {"name": "eq.web01", "select": "id,description"}
    (before,) = one.client.query("volume", query)
    one.change("web01")
    one.array.clock.advance(5)
    (after,) = one.client.query("volume", query)
    assert before["description"] != after["description"] == "x"
