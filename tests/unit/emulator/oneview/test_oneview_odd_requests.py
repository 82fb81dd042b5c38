# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever comes, the appliance answers: odd bodies on every path, odd queries on every collection."""

from __future__ import annotations

import pytest

from jobwise_emulator.authority import Authority
from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.resources import KINDS, TABLES
from tests.unit.emulator.oneview.client_in_process import Appliance

ANY = {"if-match": "*"}


@pytest.fixture(scope="module")
def certificate() -> str:
    """What a server shows, leaf first."""
    return Authority("Lab CA").issue("localhost").certificate


@pytest.mark.parametrize("pattern", sorted({pattern for table in TABLES for pattern in table}))
def test_nothing_odd_makes_it_fall_over(certificate: str, pattern: str) -> None:
    appliance = Appliance(certificate=certificate)
    settings = {"seconds": {"default": 0, "backups": 0}}
    appliance.platform.change({"type": "settings", "set": settings})
    stored = appliance.platform.world.objects.get(pattern.partition("/{}")[0]) or {"/rest/x/x": {"uri": "/rest/x/x"}}
    entry = next(iter(stored.values()))
    path = pattern.replace("{}", entry["uri"].rpartition("/")[2], 1).replace("{}", "x").replace("**", "rest/x/x")
    plain = {name: value for name, value in entry.items() if not name.startswith("_")}
    odd = [{**plain, name: value} for name in plain for value in (None, "", -1, "x", [None], {"a": 1})]
    patches = [[{"op": "replace", "path": name, "value": 1}] for name in ("/scopeUris", "/name", "/x", "")]
    verbs = {verb for table in TABLES for verb in table.get(pattern, ())}
    # A DELETE takes away what the others work on.
    for verb in sorted(verbs, key=lambda verb: verb == "DELETE"):
        for body in (
            None,
            [],
            "x",
            {},
            {"name": None},
            *(patches if verb == "PATCH" else odd if verb != "GET" else ()),
        ):
            # Logging out would leave nothing to be looked at but 401.
            if pattern != "login-sessions":
                assert appliance.send(verb, path, body, ANY).status < 600


@pytest.mark.parametrize("path", sorted(KINDS))
def test_no_query_makes_it_fall_over(appliance: Appliance, path: str) -> None:
    queries: list[Json] = [{"filter": text} for text in ("'", "a regex '('", "a gt 'x'", "name in 'a'")]
    queries += [{"query": "("}, {"sort": ","}, {"count": "x"}, {"fields": ","}]
    for query in queries:
        assert appliance.send("GET", path, **query).status in (200, 400)
