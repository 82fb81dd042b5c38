# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a deployment is watched, in time that passes only when somebody waits: Deploy is emulated in this process."""

from __future__ import annotations

import typing as t
from urllib.parse import quote, urlencode

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import WaitTimeout
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.client import SelectClient
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.deployments import (
    DeploymentHandler,
)
from tests.unit.emulator.ontap_select.deploy_vm import PASSWORD, DeployVM

SECONDS = 30.0
"""A deployment takes so long in the emulated Deploy."""


class Watched:
    """A cluster that is to be deployed. asked: when each request began, and what it was."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.vm = DeployVM()
        self.vm.cluster(1)
        now = self.vm.clock.now
        self.client = SelectClient(Endpoint("deploy"), "admin", PASSWORD, sleep=self.vm.clock.advance, now=now)
        self.asked: list[tuple[float, str]] = []
        monkeypatch.setattr(self.client._transport, "exchange", self.exchange)

    def exchange(
        self, method: str, path: str, query: t.Any = None, body: t.Any = None, headers: t.Any = None, *more: t.Any
    ) -> Response:
        """Stand in for the way over the network."""
        self.asked.append((self.vm.clock.now(), f"{method} {path.partition('?')[0]}"))
        words = urlencode(query, quote_via=quote) if query else ""
        response = self.vm.send(method, f"{path}?{words}" if words else path, body)
        return Response(response.status, response.headers, response.body, response.payload().decode(), {})

    def deploy(self, timeout: float = 7200.0) -> RunResult:
        """Bring it about, and return what happened."""
        clock = Clock(now=self.vm.clock.now, sleep=self.vm.clock.advance)
        desired = {"cluster": "c1", "ontap_password": PASSWORD, "inhibit_rollback": False, "if_missing": "fail"}
        record = RunResult()
        subject = DeploymentHandler(self.client, {**desired, "wait_timeout": timeout})
        reconcile(subject, WaitOptions(True, timeout, clock=clock), False, record)
        return record

    def looks(self) -> list[float]:
        """Return when Deploy was asked for the job, in seconds since it began."""
        begun = next(moment for moment, asked in self.asked if asked.startswith("POST"))
        return [moment - begun for moment, asked in self.asked if "/jobs/" in asked]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def test_a_deployment_of_30_seconds_is_watched_with_few_requests(watched: Watched) -> None:
    """Deploy holds its answers back until there is news; the end is noticed at once."""
    record = watched.deploy()
    begun = next(moment for moment, asked in watched.asked if asked.startswith("POST"))
    assert record.resource and record.resource["is_deployed"]
    assert len(watched.looks()) <= 5
    assert SECONDS <= watched.vm.clock.now() - begun <= SECONDS + 0.5


def test_a_wait_that_is_too_short_ends_in_time(watched: Watched) -> None:
    begun = watched.vm.clock.now()
    with pytest.raises(WaitTimeout):
        watched.deploy(timeout=5.0)
    assert 5.0 <= watched.vm.clock.now() - begun < 6.5
    record = watched.deploy()
    assert record.jobs[0].adopted and record.resource and record.resource["is_deployed"]
