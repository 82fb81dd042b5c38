# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Trust between clusters as one side holds it, and when a self-signed certificate is made anew."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.exchange import TrustHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.reset import ResetHandler
from ansible_collections.jobwise.appliance.plugins.modules import x509_certificate_exchange, x509_certificate_reset
from jobwise_emulator.authority import self_signed
from tests.unit.powerstore.certificate_store import LEAF, ROOT, Json, Store, entry

BOTH = ("CA_Client_Validation", "CA_Server_Validation")
PEER = {"peer_address": "west", "peer_username": "admin", "peer_password": "N0t,shown"}


def ca(usage: str, **changes: t.Any) -> Json:
    return entry(ROOT.pem, **{"service": "Replication_HTTP", "type": usage, "scope": "PSwest", **changes})


def trust(store: Store, **options: t.Any) -> TrustHandler:
    defaults = {name: one.get("default") for name, one in x509_certificate_exchange.SPEC.items()}
    return TrustHandler(t.cast(t.Any, store), {**defaults, **PEER, "peer_global_id": "PSwest", **options})


@pytest.mark.parametrize(
    "entries, trusted",
    [
        ([ca(usage) for usage in BOTH], True),
        ([], False),
        ([ca(BOTH[0])], False),
        ([ca(BOTH[0]), ca(BOTH[1], is_valid=False)], False),
        ([ca(BOTH[0]), ca(BOTH[1], is_current=False)], False),
        ([ca(BOTH[0]), ca(BOTH[1], scope="PSsouth")], False),
        ([ca(BOTH[0]), ca(BOTH[1], service="Import_HTTP")], False),
        ([ca(BOTH[0], is_valid=False), *(ca(usage) for usage in BOTH)], True),
    ],
)
def test_one_side(entries: list[Json], trusted: bool) -> None:
    """With the peer's id the peer is left alone."""
    store = Store(*entries)
    sought = trust(store)
    current = sought.read()
    assert current and (current["this_trusts_peer"], current["peer_trusts_this"]) == (trusted, None)
    found = sought.plan(current, NEW_RUN)
    assert len(found.steps) == (not trusted) and store.asked == ["x509_certificate"]
    assert "N0t,shown" not in str((found.before, found.after, found.sentences(), sought.label, current))


@pytest.mark.parametrize("mine, theirs, needed", [(1, 1, 0), (1, 0, 1), (0, 1, 1), (0, 0, 1), (1, None, 0)])
def test_both_sides_count(mine: int, theirs: int | None, needed: int) -> None:
    current = {
        "id": "PSwest",
        "this_trusts_peer": bool(mine),
        "peer_trusts_this": theirs if theirs is None else bool(theirs),
    }
    steps = trust(Store()).plan(current, NEW_RUN).requests
    assert len(steps) == needed
    if needed:
        body = {"service": "Replication_HTTP", "address": "west", "port": 443}
        assert steps[0].body == {**body, "username": "admin", "password": "N0t,shown"}


@pytest.mark.parametrize(
    "options, words",
    [
        ({"peer_address": "https://west"}, "without scheme"),
        ({"peer_address": ""}, "takes a name or an address"),
        ({"peer_port": 0}, "between 1 and 65535"),
        ({"peer_username": ""}, "peer_username is empty"),
        ({"peer_global_id": ""}, "peer_global_id is empty"),
    ],
)
def test_a_peer_that_cannot_be(options: Json, words: str) -> None:
    with pytest.raises(InputError) as caught:
        trust(Store(), **options)
    assert words in str(caught.value)


def vasa(days: float = 20.5, **changes: t.Any) -> Json:
    own = self_signed("VASA provider") if days < 0 else ROOT.issue("VASA provider", days=days)
    return entry(own.certificate, **{"service": "VASA_HTTP", "type": "Server", **changes})


def reset(store: Store, **options: t.Any) -> ResetHandler:
    defaults = {name: one.get("default") for name, one in x509_certificate_reset.SPEC.items()}
    return ResetHandler(t.cast(t.Any, store), {**defaults, "service": "VASA_HTTP", **options})


@pytest.mark.parametrize(
    "entries, days, needed",
    [
        ([vasa()], None, True),
        ([vasa()], 30, True),
        ([vasa()], 20, True),
        ([vasa()], 19, False),
        ([vasa(is_current=False)], 19, True),
        ([], 19, True),
        ([entry(LEAF.certificate), vasa()], 19, False),
    ],
)
def test_when_it_is_reset(entries: list[Json], days: int | None, needed: bool) -> None:
    sought = reset(Store(*entries), only_if_expires_within_days=days)
    steps = sought.plan(sought.read(), NEW_RUN).requests
    assert [step.body for step in steps] == [{"service": "VASA_HTTP"}] * needed


def test_once_in_a_run() -> None:
    """Whether its answer came, or only its effect is seen."""
    store = Store(vasa())
    sought = reset(store)
    current = sought.read()
    history = NEW_RUN.saw(sought.landmark(current))
    (step,) = sought.plan(current, history).requests
    assert not sought.plan(current, history.accepted(step)).steps
    store.entries = [vasa(-1, id="2")]
    current = sought.read()
    assert not sought.plan(current, history.saw(sought.landmark(current))).steps
