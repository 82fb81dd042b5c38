# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cutting proxy cuts what it is asked to cut, and nothing else."""

from __future__ import annotations

import typing as t

import pytest
import requests

from tests.faults.cuts.appliance import LocalAppliance
from tests.faults.cuts.proxy import BEFORE, BODY, HEAD, KINDS, RESET, Cut, CuttingProxy
from tests.playbook import PASSWORD, USER


@pytest.fixture(scope="module")
def appliance() -> t.Iterator[LocalAppliance]:
    with LocalAppliance("powerstore") as running:
        yield running


@pytest.fixture
def proxy(appliance: LocalAppliance) -> t.Iterator[CuttingProxy]:
    appliance.reset()
    with CuttingProxy(appliance.host, appliance.port, appliance.ca_path) as running:
        yield running


@pytest.fixture
def session(proxy: CuttingProxy) -> t.Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.trust_env = False
        opened.auth = (USER, PASSWORD)
        opened.verify = proxy.ca_path
        yield opened


def get(session: requests.Session, proxy: CuttingProxy, select: str = "name") -> requests.Response:
    return session.get(f"https://127.0.0.1:{proxy.port}/api/rest/cluster", params={"select": select}, timeout=5)


def test_it_carries_exchanges(proxy: CuttingProxy, session: requests.Session, appliance: LocalAppliance) -> None:
    """All exchanges of a connection go to the appliance over one connection, unchanged."""
    first, second = get(session, proxy), get(session, proxy, "id")
    assert first.status_code == second.status_code == 200
    assert second.json() == [{"id": "0"}]
    assert proxy.exchanges[1] == "GET /api/rest/cluster?select=id HTTP/1.1"
    assert len({one["connection"] for one in appliance.requests()}) == 1


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {HEAD}))
@pytest.mark.parametrize("lasting", [False, True])
def test_it_cuts(
    proxy: CuttingProxy, session: requests.Session, appliance: LocalAppliance, kind: str, lasting: bool
) -> None:
    proxy.arm(Cut(2, kind, lasting))
    assert get(session, proxy).ok
    with pytest.raises(requests.RequestException) as caught:
        get(session, proxy)
    words = {BODY: "IncompleteRead", RESET: "reset by peer"}
    assert words.get(kind, "RemoteDisconnected") in str(caught.value)
    assert len(appliance.requests()) == (1 if kind == BEFORE else 2)
    if lasting:
        with pytest.raises(requests.ConnectionError):
            get(session, proxy)
        proxy.arm(None)
    assert get(session, proxy).ok


def test_it_cuts_an_answer_before_its_headers(proxy: CuttingProxy, session: requests.Session) -> None:
    """This client does not notice it."""
    proxy.arm(Cut(1, HEAD))
    answer = get(session, proxy)
    assert (answer.status_code, dict(answer.headers), answer.content) == (200, {}, b"")


def test_it_cuts_an_answer_without_a_body(
    proxy: CuttingProxy, session: requests.Session, appliance: LocalAppliance
) -> None:
    token = get(session, proxy).headers["DELL-EMC-TOKEN"]
    proxy.arm(Cut(1, BODY))
    with pytest.raises(requests.ConnectionError):
        session.post(
            f"https://127.0.0.1:{proxy.port}/api/rest/logout", headers={"DELL-EMC-TOKEN": token}, json={}, timeout=5
        )
    assert appliance.requests()[-1]["status"] == 204
    assert appliance.open_sessions() == 0
