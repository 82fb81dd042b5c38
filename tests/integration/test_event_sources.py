# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The event sources by their queues, against emulated appliances. ``tests.run rulebook`` runs the real program."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import logging
import runpy
import time
import typing as t
from pathlib import Path

import pytest
import trustme

from ansible_collections.jobwise.appliance.plugins.module_utils._http import client as http_client
from ansible_collections.jobwise.appliance.plugins.module_utils._http.retry import with_retries
from ansible_collections.jobwise.appliance.plugins.plugin_utils.event_source import LONGEST_PAUSE, Watch, log
from jobwise_emulator.process import Emulator
from tests.playbook import PASSWORD, ROOT, USER

SOURCES = ROOT / "extensions" / "eda" / "plugins" / "event_source"
NAMES = {"powerstore": "powerstore_alerts", "oneview": "oneview_alerts", "ontap_select": "ontap_select_events"}
Event = t.Dict[str, t.Any]


@pytest.fixture
def platform() -> str:
    """The appliance that is emulated, unless a test says otherwise."""
    return "powerstore"


@dataclasses.dataclass
class Started:
    """A source that runs: its queue, the pauses that it made, and all events that a test has taken."""

    queue: asyncio.Queue[Event]
    pauses: list[float]
    texts: list[str]

    async def next(self, count: int = 1) -> list[str]:
        """Return the next events in short."""
        events = [(await asyncio.wait_for(self.queue.get(), 20))["alert"] for dummy in range(count)]
        self.texts += map(json.dumps, events)
        return [f"{one['change']} {one['id']}" for one in events]

    async def quiet(self, reads: int = 3) -> None:
        """Wait for some more reads, and check that they sent nothing."""
        before = len(self.pauses)
        while len(self.pauses) < before + reads:
            await asyncio.sleep(0.01)
        assert self.queue.empty(), self.queue.get_nowait()


class World:
    """An emulated appliance and the options of its event source."""

    def __init__(self, emulator: Emulator, platform: str, folder: Path) -> None:
        self.emulator, self.name = emulator, NAMES[platform]
        self.bookmark = folder / "bookmark"
        self.options = {
            "host": emulator.host,
            "port": str(emulator.port),  # a text, as templates in rulebooks give it
            "ca_path": emulator.ca_path,
            "username": USER,
            "password": PASSWORD,
            "bookmark": str(self.bookmark),
        }

    @contextlib.asynccontextmanager
    async def started(self, room: int = 0, **options: t.Any) -> t.AsyncIterator[Started]:
        """Run the source as ansible-rulebook does, without its pauses; cancel it at the end.

        room: how many events the queue holds.
        """
        main = runpy.run_path(str(SOURCES / f"{self.name}.py"))["main"]
        running = Started(asyncio.Queue(room), [], [])
        task = asyncio.create_task(main(running.queue, {**self.options, **options, "eda_feedback_queue": None}))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Watch, "pause", lambda dummy, seconds: noted(running.pauses, seconds))
            patch.setattr(http_client, "with_retries", impatient)
            while not running.pauses and not task.done():
                await asyncio.sleep(0.01)
            try:
                if not task.done():
                    yield running
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        assert PASSWORD not in "".join(running.texts) + self.bookmark.read_text(encoding="utf-8")
        assert not self.emulator.sessions().get("open")

    def error(self, **options: t.Any) -> str:
        """Return why the source ends at once with these options."""

        async def run() -> None:
            async with self.started(**options):
                raise AssertionError("the source runs")

        with pytest.raises(Exception) as caught:
            asyncio.run(run())
        assert type(caught.value).__name__ == "EventSourceError", caught.value
        return str(caught.value)


def impatient(read: t.Callable[[], t.Any], dummy: object, known: t.Any, left: t.Any) -> t.Any:
    """Repeat a read as the client does, without its pauses."""
    return with_retries(read, lambda seconds: None, known, left)


async def noted(pauses: list[float], seconds: float) -> None:
    pauses.append(seconds)
    await asyncio.sleep(0.01)


@pytest.fixture
def world(emulator: Emulator, platform: str, tmp_path: Path) -> World:
    return World(emulator, platform, tmp_path)


def now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000+00:00", time.gmtime())


def raised(emulator: Emulator, *ids: str, **more: t.Any) -> None:
    """Let a PowerStore raise alerts, all at the same time."""
    when = now()
    times = {"generated_timestamp": when, "raised_timestamp": when}
    for id_ in ids:
        alert = {"id": id_, "severity": "Major", "state": "ACTIVE", "is_acknowledged": False, **times, **more}
        emulator.change("alert", create=alert)


def cleared(emulator: Emulator, id_: str) -> None:
    emulator.change("alert", id=id_, set={"state": "CLEARED", "cleared_timestamp": now()})


def test_alerts_of_an_array(world: World, emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    async def first() -> None:
        async with world.started() as running:
            await running.quiet()  # what was there before is no news
            raised(emulator, "X2", "X1", resource_type="volume", resource_name="web01", event_code="0x1")
            assert await running.next(2) == ["raised X1", "raised X2"]
            event = json.loads(running.texts[0])
            assert event["appliance"] == emulator.host and event["resource"]["name"] == "web01"
            assert (event["state"], event["severity"], event["code"]) == ("active", "major", "0x1")
            emulator.change("alert", id="X1", set={"is_acknowledged": True, "acknowledged_timestamp": now()})
            assert await running.next() == ["changed X1"]
            emulator.fault("expire_session", "GET", "alert")
            cleared(emulator, "X1")
            assert await running.next() == ["cleared X1"]
            await running.quiet()
        assert emulator.sessions()["logins"] == 2

    async def second() -> None:
        async with world.started() as running:
            assert sorted(await running.next(3)) == ["cleared X2", "cleared X3", "raised X4"]
            await running.quiet()

    asyncio.run(first())
    cleared(emulator, "X2")
    raised(emulator, "X3", "X4")
    cleared(emulator, "X3")
    asyncio.run(second())
    reads = [one for one in emulator.requests()["requests"] if one["path"].endswith("/alert")]
    assert len(reads) == len(emulator.requests()["requests"]) - 4  # two logouts, and the renewed session: out and in
    assert PASSWORD not in caplog.text


def test_what_is_cancelled_before_it_was_sent_is_sent_after_the_restart(world: World, emulator: Emulator) -> None:
    async def crowded() -> None:
        async with world.started(room=1) as running:
            raised(emulator, "X1", "X2", "X3")
            assert await running.next() == ["raised X1"]
            while not running.queue.full():
                await asyncio.sleep(0.01)

    async def second() -> None:
        async with world.started() as running:
            assert await running.next() == ["raised X3"]
            await running.quiet()

    asyncio.run(crowded())
    asyncio.run(second())


def test_errors_that_pass(world: World, emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, log.name)
    busy = {"status": 429, "headers": {"Retry-After": "25"}, "body": {"echo": PASSWORD}}

    async def play() -> None:
        emulator.fault("status", "GET", "alert", status=503, body="starting", times=3)
        async with world.started(interval=10, at_first="active") as running:
            assert await running.next() == ["raised AL1"]
            for fault, count in ((busy, 9), ({"status": 500, "body": {}}, 2)):
                emulator.fault("status", "GET", "alert", times=count, **fault)
            while running.pauses[-1] != 10 or len(running.pauses) < 7:
                await asyncio.sleep(0.01)
            raised(emulator, "X1")
            assert await running.next() == ["raised X1"]
        assert running.pauses[:7] == [20, 10, 25, 40, 80, 160, 10]

    asyncio.run(play())
    warnings = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert [text.partition(" ")[0] for text in warnings].count("PowerStore") == 0
    assert "is busy or starting" in warnings[0] and "The next try is in 20 s." in warnings[0]
    assert "answers again after 1 failures" in warnings[1] and len(warnings) == 4
    assert PASSWORD not in caplog.text and LONGEST_PAUSE == 300


def test_errors_that_stay(world: World, emulator: Emulator, tmp_path: Path) -> None:
    world.bookmark.write_text("", encoding="utf-8")
    assert "powerstore_alerts has no option intervall. Did you mean interval?" in world.error(intervall=3, port="x")
    assert "interval has to be a number of seconds above 0, not -1." in world.error(interval=-1)
    assert "does not accept user admin" in world.error(password="Wrong-Passw0rd")
    assert emulator.sessions()["failed_logins"] == 1
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    assert "is not trusted" in world.error(ca_path=str(tmp_path / "other.pem"))
    assert "there is no folder" in world.error(bookmark=str(tmp_path / "missing" / "x"))
    world.bookmark.write_text("{}", encoding="utf-8")
    assert "holds something other than a bookmark of powerstore_alerts" in world.error()


@pytest.mark.parametrize("platform", ["oneview"])
def test_alerts_of_servers(world: World, emulator: Emulator) -> None:
    async def play() -> None:
        emulator.change("settings", set={"page_size": 2})
        async with world.started(at_first="active") as running:
            there = [one.partition(" ") for one in await running.next(5)]
            assert {kind for kind, dummy, id_ in there} == {"raised"}
            await running.quiet()
            first, second, third = (id_ for kind, dummy, id_ in there[:3])
            emulator.change("alerts", id=first, set={"assignedToUser": "operator"})
            assert await running.next() == [f"changed {first}"]
            emulator.change("alerts", id=second, set={"alertState": "Cleared"})
            assert await running.next() == [f"cleared {second}"]
            emulator.change("alerts", id=third, delete=True)
            assert await running.next() == [f"removed {third}"]
            made = emulator.change("alerts", create={"severity": "Critical", "description": "A fan has failed."})
            assert await running.next() == [f"raised {made['id']}"]
            assert json.loads(running.texts[-1])["severity"] == "critical"
            await running.quiet()

    asyncio.run(play())
    assert emulator.sessions()["logins"] == 1


@pytest.mark.parametrize("platform", ["ontap_select"])
def test_events_of_a_deploy(world: World, emulator: Emulator) -> None:
    def back_up() -> None:
        emulator.job("backup", "create", seconds=0, request={"password": PASSWORD})

    async def play(count: int) -> None:
        async with world.started() as running:
            if count == 1:
                await running.quiet()
                back_up()
            assert [one.partition(" ")[0] for one in await running.next(count)] == ["raised"] * count
            assert json.loads(running.texts[0])["description"].startswith("Back up Deploy")
            await running.quiet()

    asyncio.run(play(1))
    back_up()
    back_up()
    asyncio.run(play(2))
