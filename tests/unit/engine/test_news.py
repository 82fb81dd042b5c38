# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is new among alerts: each change once, whatever clocks and restarts do."""

from __future__ import annotations

import json
import stat
import typing as t
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts import news as news_module
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts.alert import Alert
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts.bookmark import Bookmark
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts.news import KEPT, OVERLAP, News
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=timezone.utc)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def alert(id_: str, moment: datetime = NOW, version: str = "1", is_open: bool = True) -> Alert:
    return Alert(id_, version, moment, is_open, {})


class Appliance:
    """Alerts that can change, read as a feed reads them."""

    def __init__(self) -> None:
        self.alerts: dict[str, Alert] = {}
        self.news = News.first(NOW)

    def put(self, *alerts: Alert) -> None:
        self.alerts.update((one.id, one) for one in alerts)

    def read(self, now: datetime) -> list[str]:
        """Return what is new, as kind and id, and count it as sent."""
        since = self.news.since(now)
        there = [one for one in self.alerts.values() if one.is_open or one.moment >= since]
        looked = [self.alerts[id_] for id_ in self.news.gone(there) if id_ in self.alerts]
        found = self.news.of([*there, *looked])
        for dummy, one in found:
            self.news.note(one)
        self.news.read_until(now)
        return [f"{kind} {one.id}" for kind, one in found]

    def restart(self) -> None:
        self.news = News.from_data(json.loads(json.dumps(self.news.as_data())))


def test_each_change_is_news_once() -> None:
    appliance = Appliance()
    appliance.put(alert("b"), alert("a"), alert("old", NOW - HOUR, is_open=False))
    assert appliance.read(NOW) == ["raised a", "raised b"]
    assert appliance.read(NOW) == []
    appliance.put(alert("a", NOW, "2"), alert("b", NOW + MINUTE, "2", is_open=False), alert("c", NOW, is_open=False))
    assert appliance.read(NOW + MINUTE) == ["changed a", "cleared c", "cleared b"]
    appliance.restart()
    assert appliance.read(NOW + MINUTE) == []
    appliance.put(alert("b", NOW + 2 * MINUTE, "3"))
    assert appliance.read(NOW + 2 * MINUTE) == ["raised b"]


def test_an_event_without_state_is_raised() -> None:
    assert News.first(NOW).of([Alert("1", "", NOW, False, {}, is_event=True)])[0][0] == "raised"


def test_alerts_that_become_visible_late_are_news() -> None:
    """Also those whose time is that of an alert that has been sent."""
    appliance = Appliance()
    appliance.put(alert("a", NOW, is_open=False))
    assert appliance.read(NOW) == ["cleared a"]
    appliance.put(alert("same", NOW, is_open=False), alert("late", NOW - 9 * MINUTE, is_open=False))
    assert appliance.read(NOW + MINUTE / 6) == ["cleared late", "cleared same"]


def test_what_happened_while_the_source_was_down_is_news() -> None:
    appliance = Appliance()
    appliance.put(alert("a"))
    appliance.read(NOW)
    appliance.restart()
    appliance.put(alert("a", NOW + HOUR, "2", is_open=False), alert("b", NOW + HOUR, is_open=False), alert("c"))
    assert appliance.read(NOW + 100 * HOUR) == ["raised c", "cleared a", "cleared b"]


@pytest.mark.parametrize("back", [HOUR, 23 * HOUR])
def test_a_clock_that_is_set_back_loses_and_repeats_nothing(back: timedelta) -> None:
    appliance = Appliance()
    appliance.put(alert("a", NOW), alert("b", NOW - 5 * MINUTE, is_open=False))
    appliance.read(NOW)
    appliance.put(alert("b", NOW + HOUR, "2", is_open=False))
    appliance.read(NOW + HOUR)
    then = NOW + HOUR - back
    appliance.put(alert("c", then + MINUTE, is_open=False), alert("d", then + MINUTE))
    expected = ["cleared c", "raised d"] if then + MINUTE > NOW - OVERLAP else ["raised d"]
    assert appliance.read(then + 2 * MINUTE) == expected
    assert appliance.read(then + 3 * MINUTE) == []


def test_a_clock_that_was_ahead_for_a_while_loses_and_repeats_nothing() -> None:
    appliance = Appliance()
    appliance.put(alert("a", NOW, is_open=False))
    appliance.read(NOW)
    ahead = NOW + timedelta(days=365)
    appliance.put(alert("future", ahead, is_open=False))
    assert appliance.read(ahead) == ["cleared future"]
    appliance.put(alert("b", NOW + HOUR, is_open=False))
    assert appliance.read(NOW + HOUR) == ["cleared b"]
    assert appliance.read(NOW + HOUR + MINUTE) == []


def test_an_open_alert_that_no_read_returns_is_looked_at() -> None:
    appliance = Appliance()
    appliance.put(alert("a"), alert("b"))
    appliance.read(NOW)
    appliance.put(alert("a", NOW - 9 * HOUR, "2", is_open=False))  # cleared, with a time that no read goes back to
    assert appliance.read(NOW + 5 * HOUR) == ["cleared a"]
    del appliance.alerts["b"]
    assert appliance.news.gone(appliance.alerts.values()) == ["b"]
    appliance.news.forget("b")
    assert appliance.news.gone([]) == []


def test_a_closed_alert_stays_known_with_its_latest_time() -> None:
    """A note on it changes its time and nothing that matters; forgetting it by its first time would repeat it."""
    appliance = Appliance()
    appliance.put(alert("a", NOW, is_open=False))
    appliance.read(NOW)
    for hours in range(0, 60, 5):
        appliance.put(alert("a", NOW + hours * HOUR, is_open=False))
        assert appliance.read(NOW + hours * HOUR) == []


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is repeated because of it, and open alerts stay known."""
    monkeypatch.setattr(news_module, "MOST", 10)
    appliance = Appliance()
    appliance.put(alert("open"))
    for number in range(100):
        appliance.put(alert(f"{number:03}", NOW + number * timedelta(seconds=1), is_open=False))
    assert len(appliance.read(NOW + 2 * MINUTE)) == 101
    assert len(appliance.news.known) == 11 and "open" in appliance.news.known
    assert appliance.read(NOW + 3 * MINUTE) == []
    appliance.put(alert("new", NOW + 3 * MINUTE, is_open=False))
    assert appliance.read(NOW + 4 * MINUTE) == ["cleared new"]
    assert appliance.read(NOW + 2 * KEPT) == [] and list(appliance.news.known) == ["open"]


# The bookmark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bookmark"


def bookmark(path: Path, appliance: str = "array:443") -> Bookmark:
    return Bookmark(str(path), "powerstore_alerts", appliance)


def test_a_bookmark_keeps_the_state(path: Path) -> None:
    assert bookmark(path).load() is None
    path.touch()
    assert bookmark(path).load() is None
    news = News.first(NOW)
    news.note(alert("a", NOW))
    bookmark(path).save(news)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and [one.name for one in path.parent.iterdir()] == ["bookmark"]
    loaded = bookmark(path).load()
    assert loaded is not None and loaded.as_data() == news.as_data() and loaded.known == news.known
    assert Bookmark(None, "x", "y").load() is None
    Bookmark(None, "x", "y").save(news)


def damaged(text: str) -> t.Iterator[str]:
    data = json.loads(text)
    yield text[: len(text) // 2]
    yield "[]"
    yield json.dumps({**data, "read_at": "yesterday"})
    yield json.dumps({**data, "known": {"a": ["1"]}})
    yield json.dumps({**data, "known": []})
    yield json.dumps({**data, "format": 2})
    yield "host_key_checking = False"


def test_a_file_that_holds_something_else_is_left_alone(path: Path) -> None:
    bookmark(path).save(News.first(NOW))
    for text in damaged(path.read_text(encoding="utf-8")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(
            InputError, match=r"^bookmark .* holds something other than a bookmark of powerstore_alerts"
        ):
            bookmark(path).load()
        assert path.read_text(encoding="utf-8") == text


def test_two_appliances_cannot_share_a_bookmark(path: Path) -> None:
    bookmark(path).save(News.first(NOW))
    with pytest.raises(InputError, match="something other than a bookmark of powerstore_alerts for other:443"):
        bookmark(path, "other:443").load()


def test_a_folder_that_is_missing_is_named(path: Path) -> None:
    with pytest.raises(InputError, match=r"^bookmark .*: there is no folder .*missing\. Create the folder\.$"):
        bookmark(path.parent / "missing" / "bookmark").load()
