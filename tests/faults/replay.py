# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records what an emulated appliance answers to a task, and replays it with answers that are not as they must be.

A replay is this process alone: no connection is opened and no time passes, so that thousands of them take seconds.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import json
import random
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils import _task as running
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from tests.faults.conftest import Runner

CASES = 300
"""At most so many changed answers of one task; a seed chooses them."""

Key = t.Tuple[str, str]
Result = t.Dict[str, t.Any]


@dataclasses.dataclass
class Exchange:
    """One request and its answer."""

    key: Key
    response: Response


class Tape:
    """The exchanges of one task, in their order."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []

    def recording(self, real: t.Callable[..., Response]) -> t.Callable[..., Response]:
        """Return what takes the place of `Transport.exchange` and keeps all answers."""

        @functools.wraps(real)
        def exchange(transport: Transport, method: str, path: str, *more: t.Any, **options: t.Any) -> Response:
            response = real(transport, method, path, *more, **options)
            self.exchanges.append(Exchange((method, path), response))
            return response

        return exchange

    def playing(self, changed: int, body: t.Any) -> t.Callable[..., Response]:
        """Return what answers from the tape. changed: the number of the answer that has another body.

        The same request gets its answers in their order, and the last one again and again.
        """
        answers: dict[Key, list[Response]] = {}
        for number, one in enumerate(self.exchanges):
            response = one.response
            if number == changed:
                response = dataclasses.replace(response, body=body, text=json.dumps(body))
            answers.setdefault(one.key, []).append(response)

        def exchange(transport: Transport, method: str, path: str, *more: t.Any, **options: t.Any) -> Response:
            left = answers.get((method, path))
            if left is None:
                error = {"messages": [], "error": {"message": "nothing is here"}, "errorCode": "NONE"}
                return dataclasses.replace(self.exchanges[0].response, status=404, body=error, text=json.dumps(error))
            return left.pop(0) if len(left) > 1 else left[0]

        return exchange


def places(value: t.Any, path: tuple[t.Any, ...] = ()) -> t.Iterator[tuple[t.Any, ...]]:
    """Yield the way to each value inside of a JSON value, and to the value itself."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from places(inner, (*path, name))


DROPPED = object()
STRANGE: tuple[t.Any, ...] = (DROPPED, None, "", "odd", "..", 7, True, {}, {"odd": 1}, [], [7])


def with_change(body: t.Any, path: tuple[t.Any, ...], value: t.Any) -> t.Any:
    """Return a body with another value at a place, or without it."""
    if not path:
        return None if value is DROPPED else value
    changed = copy.deepcopy(body)
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    if value is DROPPED:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


class FakeTime:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep)


class Replays:
    """Records one task against an emulated appliance, then performs it again and again with changed answers."""

    def __init__(self, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
        self.runner = runner
        self.patch = monkeypatch
        self.tape = Tape()

    def record(self, task: Task, **options: t.Any) -> Result:
        """Perform the task and keep what was answered."""
        with self.patch.context() as patch:
            patch.setattr(Transport, "exchange", self.tape.recording(Transport.exchange))
            return self.runner(task, **options)

    def cases(self) -> list[tuple[int, tuple[t.Any, ...], t.Any]]:
        """Return the number of the answer, the place in it and the other value of each case, or of a choice of them."""
        found = [
            (number, path, value)
            for number, one in enumerate(self.tape.exchanges)
            if one.response.body is not None
            for path in places(one.response.body)
            for value in STRANGE
        ]
        return random.Random(1).sample(found, CASES) if len(found) > CASES else found

    def replay(self, number: int, path: tuple[t.Any, ...], value: t.Any, task: Task, **options: t.Any) -> Result:
        """Perform the task with one changed answer; what leaves the task as an exception leaves this, too."""
        body = with_change(self.tape.exchanges[number].response.body, path, value)
        time = FakeTime()
        with self.patch.context() as patch:
            patch.setattr(Transport, "exchange", self.tape.playing(number, body))
            patch.setattr(running, "WaitOptions", functools.partial(WaitOptions, clock=time.clock()))
            patch.setattr("time.sleep", time.sleep)
            patch.setattr("time.monotonic", lambda: time.seconds)
            return self.runner(task, sleep=time.sleep, **options)

    def check(self, task: Task, **options: t.Any) -> None:
        """Record the task, and assert of every case that it ends in words, and hides nothing that it has done."""
        good = self.record(task, **options)
        assert good["changed"] and not good.get("failed"), good
        wrong = []
        kinds = set()
        for number, path, value in self.cases():
            result = self.replay(number, path, value, task, **options)
            kind = result.get("error", {}).get("kind", "")
            kinds.add(kind)
            complete = {"changed", "plan", "jobs", "resource"} <= set(result)
            if kind == "bug" or not complete:
                method, where = self.tape.exchanges[number].key
                told = "dropped" if value is DROPPED else repr(value)
                wrong.append(f"{method} {where} {'.'.join(map(str, path))} {told}: {result.get('msg')}")
        assert not wrong, f"{len(wrong)} cases:\n" + "\n".join(wrong[:40])
        assert "reply" in kinds and "" in kinds
