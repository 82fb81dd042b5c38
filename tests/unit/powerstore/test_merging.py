# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Merged queries: each query gets what it would have got by itself, with fewer requests."""

from __future__ import annotations

import functools
import json
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.batching import Replay
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._http.url import FILTER_BYTES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.batching import BatchingClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES, item_type
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.merging import (
    Merged,
    families,
    in_requests,
    whole,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.pool import ClientPool
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.queries import Query, parsed
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.query import in_order, one_of, render_select
from jobwise_emulator.powerstore.platform import PowerStore
from tests.unit.powerstore.in_process import InProcess, array_of, client_of

GIB = 1024**3
ODD = ("a,b", 'say "x"', "back\\slash", " blank ", "(in)", "per%cent", "straße", "STRASSE", "or", "null", "eq.web01")
NAMES = ("web01", "WEB01", "Web02", "db01", "db02", *ODD)
HOSTS = ("esx01", "esx02", "linux01")
ABSENT = ("nosuch", "Db01", "WEB02", "strasse")


VOLUME_IDS = tuple(f"v{number}" for number in range(len(NAMES)))
HOST_IDS = ("h1", "h2", "h3")


@functools.lru_cache(maxsize=None)
def array() -> PowerStore:
    """Return an array with names that differ only in case, or that have characters of the query language."""
    volumes: list[dict[str, t.Any]] = [{"id": key, "name": name, "size": GIB} for key, name in zip(VOLUME_IDS, NAMES)]
    volumes += [
        {"id": f"s{key}", "name": f"snap {key}", "type": "Snapshot", "size": GIB, "protection_data": {"parent_id": key}}
        for key in VOLUME_IDS[:4]
    ]
    port = {"port_type": "iSCSI"}
    hosts = [
        {
            "id": key,
            "name": name,
            "os_type": "Linux",
            "host_initiators": [{**port, "port_name": f"iqn.1998-01.com:{name}"}],
        }
        for key, name in zip(HOST_IDS, HOSTS)
    ]
    mappings = [
        {"host_id": host, "volume_id": volume, "logical_unit_number": lun}
        for lun, (host, volume) in enumerate((("h1", "v0"), ("h1", "v1"), ("h2", "v0"), ("h2", "v2")), 1)
    ]
    groups = [{"name": "g1", "volume_ids": ["v3"]}, {"name": "G2", "volume_ids": ["v4"]}]
    found = array_of({"volume": volumes, "host": hosts, "host_volume_mapping": mappings, "volume_group": groups})
    client, dummy = client_of(found)
    for number in range(7):
        client.send(Request("modify", "PATCH", f"volume/v{number % 4}", {"description": f"{number}"}, "change"))
    found.clock.advance(5)
    client.send(Request("modify", "PATCH", "volume/v0", {"description": "still running"}, "change"))
    return found


def eq_or_in(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return filters for one or several of these values."""
    some = st.lists(st.sampled_from(values), min_size=1, max_size=4)
    return st.one_of(st.sampled_from(values).map(lambda value: f"eq.{value}"), some.map(one_of))


NAME = eq_or_in((*NAMES, *ABSENT))
ID = eq_or_in((*VOLUME_IDS, "V1", "nosuch"))
HOST_ID = eq_or_in(HOST_IDS)


def either(first: str, second: str, firsts: tuple[str, ...], seconds: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return lists of two alternatives, as the directory asks for ids and names."""
    of_first, of_second = (st.lists(st.sampled_from(some), min_size=1, max_size=3) for some in (firsts, seconds))
    return st.tuples(of_first, of_second).map(lambda both: f"({first}.{one_of(both[0])},{second}.{one_of(both[1])})")


def asks(type_: str, filters: t.Sequence[dict[str, t.Any]], selects: t.Sequence[str], **more: t.Any) -> t.Any:
    """Return queries of a type. filters: by parameter, each a strategy. more: strategies for limits and orders."""
    limits, orders = more.get("limit", st.none()), more.get("order", st.none())
    parameters = st.one_of(*(st.fixed_dictionaries(one) for one in filters))

    def query(drawn: t.Any) -> Query:
        given_filters, select, limit, order = drawn
        ordered = {"order": order} if order else {}
        return Query.of(type_, {**given_filters, "select": select, **ordered}, limit)

    return st.tuples(parameters, st.sampled_from(selects), limits, orders).map(query)


VOLUMES = asks(
    "volume",
    [
        {"name": NAME},
        {"id": ID},
        {"or": either("id", "name", (*VOLUME_IDS, "nosuch"), (*NAMES, *ABSENT))},
        {"name": NAME, "type": st.sampled_from(("eq.Primary", "eq.Snapshot", "neq.Clone", "eq.Wrong"))},
        {"name": NAME, "size": st.sampled_from(("gt.1", "eq.7"))},
        {"type": st.just("eq.Snapshot"), "protection_data->>parent_id": ID},
        {"or": st.just("(name.like.web*,id.eq.v5)")},
        {},
    ],
    [
        "id",
        "id,name,type",
        "id,name,type,size,protection_data,volume_groups(id,name)",
        "name,volume_groups,mapped_volumes(id,host(id,name),logical_unit_number)",
        "id,protection_data(parent_id)",
        "id,nosuch",
    ],
    limit=st.sampled_from((None, None, None, 1, 2)),
    order=st.sampled_from((None, None, "name", "size.desc,name")),
)
MAPPINGS = asks(
    "host_volume_mapping",
    [
        {"host_id": HOST_ID},
        {"host_id": HOST_ID, "logical_unit_number": eq_or_in(("1", "2", "3", "9"))},
        {"or": either("host_id", "host_group_id", HOST_IDS, ("none",))},
    ],
    ["id,host_id,logical_unit_number,volume_id,volume(id,name)", "id,volume(id,name)"],
)
JOBS = asks(
    "job",
    [
        {
            "resource_type": st.sampled_from(("eq.volume", "eq.host")),
            "resource_action": eq_or_in(("modify", "create")),
            "resource_id": ID,
        },
        {
            "resource_type": st.just("eq.volume"),
            "resource_action": eq_or_in(("modify", "create")),
            "resource_name": NAME,
        },
    ],
    ["id,phase,resource_id"],
    limit=st.sampled_from((1, 2, 100)),
    order=st.just("start_time.desc"),
)
OTHERS = st.one_of(
    asks(
        "initiator",
        [{"port_name": eq_or_in(("iqn.1998-01.com:esx01", "IQN.1998-01.COM:ESX01", "iqn.x"))}],
        ["id,port_name,host_id"],
    ),
    asks("volume_group", [{"name": eq_or_in(("g1", "G1", "g2", "nosuch"))}], ["id,name", "id,volumes(id,name)"]),
    asks("local_user", [{}, {"name": st.just("eq.admin")}], ["id,name", "id,is_locked"]),
    asks("nosuch", [{}, {"name": st.just("eq.x")}], ["id"]),
)
SINGLE = st.tuples(
    st.sampled_from((("volume", "v1"), ("volume", "V1"), ("volume", "nosuch"), ("local_user", "1"), ("nosuch", "1"))),
    st.sampled_from(("id", "id,name")),
).map(lambda drawn: Query.of(drawn[0][0], {"select": drawn[1]}, object_id=drawn[0][1]))
QUERIES = st.lists(st.one_of(VOLUMES, VOLUMES, MAPPINGS, JOBS, OTHERS, SINGLE), min_size=1, max_size=12)


def answer(client: t.Any, query: Query) -> t.Any:
    """Return what a client returns for a query, in a form to compare."""
    parameters = dict(query.query)
    try:
        if query.object_id is not None:
            return client.get(query.type, query.object_id, parameters)
        rows = client.query(query.type, parameters, query.limit)
    except ApplianceError as error:
        return (error.kind, error.message)
    if not in_order(query.type, parameters):  # the array may return them in any order
        return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return rows


def batching_client() -> tuple[BatchingClient, InProcess]:
    """Return a client that merges queries, and its connection, which is logged in."""
    client, transport = client_of(array())
    client.query("cluster", {"select": "id"})
    del transport.talk[:], transport.queries[:]
    return BatchingClient(ClientPool(client, 1), Replay()), transport


def together(client: BatchingClient, queries: t.Sequence[Query]) -> list[t.Any]:
    """Return the answers to queries that are asked together."""
    outcomes = client.together([functools.partial(answer, client, query) for query in queries])
    return [outcome.get() for outcome in outcomes]


@settings(max_examples=100, deadline=None)
@given(QUERIES)
def test_each_query_gets_what_it_would_have_got_alone(queries: list[Query]) -> None:
    single, dummy = client_of(array())
    client, transport = batching_client()
    assert together(client, queries) == [answer(single, query) for query in queries]


def merged(*queries: Query) -> Merged:
    """Return queries of one family as one request."""
    (family,) = families(parsed(query) for query in queries)
    (request,) = in_requests(family)
    return request


def named(name: str, **more: str) -> Query:
    return Query.of("volume", {"name": f"eq.{name}", "select": "id", **more})


def test_the_request_selects_and_accepts_what_one_of_the_queries_does() -> None:
    request = merged(
        named("a,b", select="id,volume_groups(id)"),
        named("web", select="size,volume_groups(name),protection_data(source_id)"),
        named("web", select="protection_data"),
    )
    assert request.request() == {
        "name": 'in.("a,b",web)',
        "select": "id,volume_groups(id,name),size,protection_data,name",
    }


def test_only_the_array_knows_whether_it_ignores_case() -> None:
    """A row that fits only without regard to case must have been found so, unless it fits another query as well."""
    row = {"id": "v1", "name": "Web"}
    one, other, exact = named("web"), named("db"), named("Web")
    assert merged(one, other).split([row]) == ({one: [row], other: []}, [])
    assert merged(one, exact).split([row]) == ({exact: [row]}, [one])
    assert whole([parsed(one), parsed(other)]).split([row]) == ({other: []}, [one])


def test_the_path_of_an_object_may_be_compared_in_another_way_than_a_filter() -> None:
    row = {"id": "v1", "name": "web"}
    by_path = Query.of("volume", {"select": "id"}, object_id="V1")
    assert merged(by_path, named("db")).split([row]) == ({named("db"): []}, [by_path])


def test_each_query_stays_in_one_request() -> None:
    """Its rows come in the array's order."""
    names = [f"{number:03}{'x' * 97}" for number in range(100)]
    queries = [
        parsed(Query.of("volume", {"name": one_of(names[start : start + 3]), "select": "id"})) for start in range(98)
    ]
    requests = in_requests(queries)
    assert len(requests) == 3 and [query for request in requests for query in request.queries] == queries
    for request in requests:
        texts = {text for query in request.queries for text in dict(query.asked.query)["name"][4:-1].split(",")}
        assert request.request()["name"] == one_of(sorted(texts)) and len(request.request()["name"]) < FILTER_BYTES


@pytest.mark.parametrize("name", TYPES)
def test_what_a_table_reads_can_be_read_together_with_what_others_read(name: str) -> None:
    resource = item_type(name).resource
    asked = Query.of(resource.type, {"select": render_select(resource.fields(resource.no_options()))})
    assert not parsed(asked).is_alone
