# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Questions of many items are answered together: in one thread by beginning again, in several by waiting."""

from __future__ import annotations

import functools
import math
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.batching import (
    Outcome,
    Pending,
    Question,
    Replay,
    all_of,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.job_looks import (
    BETWEEN_LOOKS,
    LATE,
    JobLooks,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.rendezvous import Rendezvous
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ConnectionFailed,
    InputError,
    Interrupted,
    Refused,
    ResponseLost,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, Job, pause_after
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.mistakes import Mistakes

PATIENT = 10.0
"""Seconds after which a thread that should have ended counts as stuck."""


class Source:
    """Answers each question with itself in capitals. asked: the questions of each fetch. before: called first."""

    def __init__(self, before: t.Callable[[], None] = lambda: None) -> None:
        self.asked: list[list[t.Any]] = []
        self.before = before

    def fetch(self, questions: t.Sequence[Question], seconds: float) -> dict[Question, Outcome]:
        """Return the answers."""
        self.asked.append(sorted(map(str, questions)))
        self.before()
        return {one: Outcome(str(one).upper()) for one in questions}


class TestReplay:
    """One thread: each item runs until it needs an answer."""

    def test_a_round_asks_everything_that_the_items_need_next(self) -> None:
        source, replay = Source(), Replay()

        def ask(question: str) -> str:
            return str(replay.ask(question, source.fetch, math.inf).get())

        def item(name: str) -> str:
            return ask(f"{ask(name)} and its policy")

        outcomes = replay.together(
            [lambda: item("a"), lambda: ask("b"), lambda: item("a"), lambda: "none"], source.fetch
        )
        assert [outcome.get() for outcome in outcomes] == ["A AND ITS POLICY", "B", "A AND ITS POLICY", "none"]
        assert source.asked == [["a", "b"], ["A and its policy"]]

    def test_the_error_of_one_item_is_its_outcome(self) -> None:
        def wrong() -> None:
            raise InputError("Wrong.")

        outcomes = Replay().together([wrong, lambda: "right"], Source().fetch)
        assert isinstance(outcomes[0].error, InputError) and outcomes[1].get() == "right"

    def test_an_error_in_place_of_an_answer_is_a_copy_for_each(self) -> None:
        replay = Replay()
        replay.together([lambda: None], Source().fetch)
        error = Refused("No.", status=422)

        def item() -> t.Any:
            return replay.ask("a", fetch, math.inf).get()

        def fetch(questions: t.Sequence[Question], seconds: float) -> dict[Question, Outcome]:
            return {one: Outcome(error=error) for one in questions}

        first, second = replay.together([item, item], fetch)
        assert first.error is not second.error and error not in (first.error, second.error)
        assert first.error is not None and (first.error.message, first.error.status) == ("No.", 422)

    def test_what_ends_a_fetch_ends_the_round(self) -> None:
        def fetch(questions: t.Sequence[Question], seconds: float) -> dict[Question, Outcome]:
            raise ConnectionFailed("Nobody is there.")

        replay = Replay()
        with pytest.raises(ConnectionFailed):
            replay.together([lambda: replay.ask("a", fetch, math.inf)], fetch)

    def test_an_item_that_never_asks_the_same_is_a_bug(self) -> None:
        replay, numbers = Replay(), iter(range(1000))
        with pytest.raises(RuntimeError, match="1 items still ask"):
            replay.together([lambda: replay.ask(next(numbers), Source().fetch, math.inf)], Source().fetch)

    def test_a_missing_answer_is_no_mistake_of_the_user(self) -> None:
        mistakes = Mistakes()
        with pytest.raises(Pending), mistakes.noted():
            Replay().ask("a", Source().fetch, math.inf)
        assert not mistakes

    def test_several_questions_of_one_item_are_asked_in_one_round(self) -> None:
        source, replay = Source(), Replay()

        def item() -> list[t.Any]:
            return all_of(
                [
                    lambda: replay.ask("a", source.fetch, math.inf).get(),
                    lambda: "b",
                    lambda: replay.ask("c", source.fetch, math.inf).get(),
                ]
            )

        (outcome,) = replay.together([item], source.fetch)
        assert outcome.get() == ["A", "b", "C"] and source.asked == [["a", "c"]]


class Threads:
    """Threads at work in a rendezvous."""

    def __init__(self, rendezvous: Rendezvous) -> None:
        self.rendezvous = rendezvous
        self.pool = ThreadPoolExecutor(32)

    def run(self, *works: t.Callable[[], t.Any]) -> list[t.Any]:
        """Run functions at the same time; return what each returns or raises."""
        begun = threading.Barrier(len(works))

        def at_work(work: t.Callable[[], t.Any]) -> t.Any:
            with self.rendezvous.at_work():
                begun.wait(PATIENT)
                return work()

        results = [self.pool.submit(at_work, work) for work in works]
        return [result.exception(PATIENT) or result.result() for result in results]


def asking(rendezvous: Rendezvous, source: Source, *questions: str, seconds: float = math.inf) -> t.Callable[[], t.Any]:
    """Return a function that asks one question after the other and returns the answers."""
    return lambda: [rendezvous.ask(one, source.fetch, seconds).get() for one in questions]


class TestRendezvous:
    """Several threads: each blocks until all do, or until one has waited long enough."""

    def test_all_threads_ask_at_once(self) -> None:
        rendezvous, source = Rendezvous(PATIENT, PATIENT), Source()
        items = [asking(rendezvous, source, f"item{number}", f"policy{number % 2}") for number in range(16)]
        found = Threads(rendezvous).run(*items)
        assert found == [[f"ITEM{number}", f"POLICY{number % 2}"] for number in range(16)]
        assert source.asked == [sorted(f"item{number}" for number in range(16)), ["policy0", "policy1"]]

    def test_a_thread_that_ends_is_not_waited_for(self) -> None:
        rendezvous, source = Rendezvous(PATIENT, PATIENT), Source()

        def ends() -> None:
            raise SystemExit

        found = Threads(rendezvous).run(asking(rendezvous, source, "a", "b"), asking(rendezvous, source, "a"), ends)
        assert found[:2] == [["A", "B"], ["A"]]

    def test_nobody_waits_for_ever_for_threads_that_do_something_else(self) -> None:
        rendezvous, source, asked = Rendezvous(0.01, PATIENT), Source(), threading.Event()
        source.before = asked.set
        began = time.monotonic()
        assert Threads(rendezvous).run(asking(rendezvous, source, "a"), lambda: asked.wait(PATIENT)) == [["A"], True]
        assert time.monotonic() - began < PATIENT / 2

    def test_nobody_waits_long_for_threads_that_send(self) -> None:
        rendezvous, source, asked = Rendezvous(PATIENT, 0.01), Source(), threading.Event()

        def sends() -> bool:
            with rendezvous.sending():
                return asked.wait(PATIENT)

        source.before = asked.set
        began = time.monotonic()
        assert Threads(rendezvous).run(asking(rendezvous, source, "a"), sends) == [["A"], True]
        assert time.monotonic() - began < PATIENT / 2

    def test_nobody_waits_for_threads_that_sleep(self) -> None:
        """What they wait for wakes them, and then the others wait for what they ask."""
        rendezvous, source = Rendezvous(PATIENT, PATIENT), Source()

        def sleeps(name: str) -> t.Any:
            rendezvous.sleep(PATIENT, name)
            return asking(rendezvous, source, name)()

        def wakes() -> t.Any:
            while sum(map(len, rendezvous._sleepers.values())) < 3:
                time.sleep(0.001)
            first = asking(rendezvous, source, "a")()
            rendezvous.wake(["b", "c", "nobody"])
            later = asking(rendezvous, source, "e")()
            rendezvous.wake("d")
            return first, later

        found = Threads(rendezvous).run(wakes, *(functools.partial(sleeps, name) for name in "bcd"))
        assert found == [(["A"], ["E"]), ["B"], ["C"], ["D"]]
        assert source.asked == [["a"], ["b", "c", "e"], ["d"]]

    def test_nobody_sleeps_if_it_is_there_already(self) -> None:
        Rendezvous().sleep(PATIENT, "a", lambda: True)

    def test_a_question_outside_of_any_work_is_asked_at_once(self) -> None:
        rendezvous, source = Rendezvous(PATIENT, PATIENT), Source()
        assert asking(rendezvous, source, "a")() == ["A"]

    def test_another_thread_fetches_if_the_first_dies(self) -> None:
        """Whatever it dies of, and as often as it happens."""
        deaths = iter((KeyboardInterrupt, SystemExit, MemoryError))
        rendezvous, source = Rendezvous(PATIENT, PATIENT), Source()

        def die() -> None:
            for kind in deaths:
                raise kind

        source.before = die
        found = Threads(rendezvous).run(*[asking(rendezvous, source, f"item{number}") for number in range(8)])
        dead = [one for one in found if isinstance(one, BaseException)]
        assert {type(one) for one in dead} == {KeyboardInterrupt, SystemExit, MemoryError}
        assert len(dead) == 3 and len([one for one in found if isinstance(one, list)]) == 5
        assert [len(questions) for questions in source.asked] == [8, 7, 6, 5]

    def test_an_error_of_a_fetch_reaches_every_thread_as_its_own(self) -> None:
        rendezvous, source, error = (
            Rendezvous(PATIENT, PATIENT),
            Source(),
            ConnectionFailed("Nobody is there.", path="/"),
        )

        def fail() -> None:
            raise error

        source.before = fail
        found = Threads(rendezvous).run(*[asking(rendezvous, source, f"item{number}") for number in range(8)])
        assert len({id(one) for one in found} | {id(error)}) == 9
        assert {(type(one), one.message, one.path) for one in found} == {(ConnectionFailed, "Nobody is there.", "/")}
        assert len(source.asked) == 1

    def test_stop_ends_all_waits(self) -> None:
        """Of a thread that has asked while another one fetches, and of one that sleeps; and no further wait begins."""
        rendezvous, source = Rendezvous(0.01, 0.01), Source()
        fetching, one_ended, go = threading.Event(), threading.Event(), threading.Event()

        def slow() -> None:
            fetching.set()
            go.wait(PATIENT)

        def asks(question: str) -> t.Any:
            try:
                return asking(rendezvous, source, question)()
            finally:
                one_ended.set()

        def stops() -> bool:
            fetching.wait(PATIENT)
            rendezvous.stop(Interrupted(15))
            with pytest.raises(Interrupted):
                asking(rendezvous, source, "late")()
            return one_ended.wait(PATIENT)

        def ends() -> None:
            one_ended.wait(PATIENT)
            go.set()

        source.before = slow
        askers = [functools.partial(asks, name) for name in "ab"]
        first, second, sleeper, stopped, dummy = Threads(rendezvous).run(
            *askers, lambda: rendezvous.sleep(PATIENT), stops, ends
        )
        reasons = [one for one in (first, second, sleeper) if isinstance(one, Interrupted)]
        assert stopped and len(reasons) >= 2 and len(set(map(id, reasons))) == len(reasons)
        assert isinstance(sleeper, Interrupted) and {one.signum for one in reasons} == {15}
        assert len(source.asked) == 1

    def test_a_thread_does_not_wait_longer_than_it_can(self) -> None:
        """Here, another one fetches for it, and can wait longer."""
        rendezvous, source, late = (
            Rendezvous(PATIENT, PATIENT),
            Source(lambda: t.cast(None, late.wait(PATIENT))),
            threading.Event(),
        )

        def patient() -> t.Any:
            while not rendezvous._waiting:
                time.sleep(0.001)
            return asking(rendezvous, source, "a")()

        def impatient() -> t.Any:
            try:
                return asking(rendezvous, source, "b", seconds=0.05)()
            finally:
                late.set()

        first, second = Threads(rendezvous).run(patient, impatient)
        assert first == ["A"] and isinstance(second, ResponseLost)
        assert source.asked == [["a", "b"]]

    def test_many_threads_that_ask_again_and_again(self) -> None:
        """No wake-up is lost: each gets all of its answers."""
        rendezvous, source = Rendezvous(0.002, 0.002), Source()
        questions = [[f"{number}.{step}" for step in range(1 + number % 7)] for number in range(24)]
        found = Threads(rendezvous).run(*[asking(rendezvous, source, *own) for own in questions])
        assert found == questions


def in_another_thread(function: t.Callable[[], t.Any]) -> t.Any:
    """Return what a function returns in another thread."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(function).result()


class TestJobLooks:
    """A look at all running jobs serves every thread that waits for one of them."""

    def test_a_look_is_taken_once_by_each_thread(self) -> None:
        looks = JobLooks()
        assert looks.known("j1") is None
        assert looks.saw([Job("J1"), Job("j2")]) == []
        assert looks.known("j1") == Job("J1") and looks.known("j1") is None
        assert in_another_thread(lambda: looks.known("j1")) == Job("J1")
        over = Job("j1", state=DONE)
        assert not looks.is_over() and looks.saw([over]) == [looks.awaited()] == ["j1"]
        assert looks.is_over() and looks.known("j1") == over
        assert not looks.is_over() and not in_another_thread(looks.is_over)

    def test_the_response_to_a_request_is_the_first_look(self) -> None:
        looks = JobLooks()
        looks.started(Job("j1"))
        assert looks.known("j1") == Job("j1") and looks.known("j1") is None

    def test_the_next_look_reads_those_that_somebody_waits_for(self) -> None:
        now = [1000.0]
        looks = JobLooks(lambda: now[0])
        looks.saw(Job(f"j{number}") for number in range(4))
        for job_id in ("j0", "j1", "j2"):
            looks.known(job_id)
        looks.saw([Job("j1", state=DONE)])
        assert looks.running() == ["j0", "j2"]
        now[0] += 60
        looks.known("j2")
        now[0] += 100
        assert looks.running() == ["j2"]

    def test_many_jobs_are_looked_at_less_often(self) -> None:
        now = [1000.0]
        looks = JobLooks(lambda: now[0])
        looks.saw(Job(f"j{number}") for number in range(5))
        for number in range(5):
            assert looks.known(f"j{number}") == Job(f"j{number}")
        now[0] += BETWEEN_LOOKS / 2
        assert looks.known("j0") == Job("j0")
        now[0] += BETWEEN_LOOKS
        assert looks.known("j0") is None

    def test_one_thread_looks_for_all_and_the_others_wait_for_it(self) -> None:
        now = [1000.0]
        looks = JobLooks(lambda: now[0])
        for number in range(6):
            looks.started(Job(f"j{number}"))
            assert in_another_thread(lambda n=number: looks.known(f"j{n}"))  # type: ignore[misc]
        looks.known("j0")
        assert looks.pause(0.0) == BETWEEN_LOOKS, "the first one looks"
        pauses = in_another_thread(lambda: (looks.known("j1"), looks.pause(0.0)))[1]
        assert pauses == pytest.approx(BETWEEN_LOOKS + LATE), "this one wakes up by itself only if nobody has looked"
        now[0] += BETWEEN_LOOKS
        assert looks.known("j0") is None, "it is its turn, although another look was just before"
        assert looks.saw([Job(f"j{number}") for number in range(6)]) == [], "nobody wakes up for jobs that still run"
        looks.known("j0")
        assert looks.pause(BETWEEN_LOOKS) == BETWEEN_LOOKS
        over = looks.saw([Job("j0", state=DONE), *(Job(f"j{number}") for number in range(1, 6))])
        assert over == ["j0", "j1"], "the one that looked has its answer, and another one takes its place"

    def test_a_job_that_is_young_is_looked_at_earlier_than_an_old_one(self) -> None:
        now = [1000.0]
        looks = JobLooks(lambda: now[0])
        looks.started(Job("old"))
        looks.known("old")
        assert looks.pause(60.0) == pause_after(60.0) == 2.0
        looks.started(Job("young"))
        assert in_another_thread(lambda: (looks.known("young"), looks.pause(0.0)))[1] == pause_after(0.0)

    def test_a_look_comes_when_other_jobs_of_the_same_kind_were_over(self) -> None:
        now = [1000.0]
        looks = JobLooks(lambda: now[0])
        looks.started(Job("first"), "create")
        now[0] += 3.0
        looks.saw([Job("first", state=DONE)])
        looks.started(Job("second"), "create")
        looks.known("second")
        assert looks.pause(0.0) == pause_after(0.0), "it may be faster"
        now[0] += 2.75
        assert looks.pause(2.75) == pytest.approx(0.25), "and is looked at when it should be over"
        looks.started(Job("other"), "delete")
        looks.known("other")
        now[0] += 2.9
        assert looks.pause(2.9) == pause_after(2.9)

    def test_what_is_no_job_is_not_left_to_others(self) -> None:
        looks = JobLooks()
        looks.started(Job("j1"))
        looks.known("j1")
        looks.pause(0.0)
        assert in_another_thread(lambda: looks.pause(10.0)) == pause_after(10.0)

    def test_nobody_else_looks_during_a_look(self) -> None:
        looks = JobLooks()
        looks.started(Job("j1"))
        assert looks.known("j1") == Job("j1")
        with looks.looking():
            assert looks.known("j1") == Job("j1") and looks.known("j2") is None
        assert looks.known("j1") is None
