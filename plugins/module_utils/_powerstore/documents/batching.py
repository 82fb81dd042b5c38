# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client for the handlers of many items: it answers their reads together, with few requests."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import threading
import time
import typing as t

from ..._engine.data import Json
from ..._engine.documents.batching import Outcome, Question, Replay
from ..._engine.documents.job_looks import JobLooks
from ..._engine.documents.rendezvous import Rendezvous
from ..._engine.errors import ApplianceError, Bug, JobLost, Refused, ResponseLost, UnexpectedResponse
from ..._engine.job import Job
from ..._engine.lookup.references import Reference
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..._http.endpoint import Endpoint
from ..client import PowerStoreClient, checked
from ..connection import BASE
from ..query import PAGE, in_filters, one_of
from ..responses import JOB_FIELDS, job_of
from ..schema import takes_filters
from .merging import Merged, families, in_requests, whole
from .pool import ClientPool, with_each
from .queries import Parsed, Query, Tree, cut, parsed

MOST_PARTS = 8
"""In more requests than these, a list of values is not asked for if the collection has fewer pages."""

NOT_OF_THE_QUERY = (401, 403, 404, 405, 429)
"""Statuses of a refusal that concerns the collection, whatever the query asks for."""

JOB_QUERY = {"select": ",".join(JOB_FIELDS)}

Outcomes = t.Dict[Question, Outcome]
Found = t.Tuple[t.List[Json], t.Optional[Tree]]
"""Rows that several queries may share, and what of them a query has selected."""


@dataclasses.dataclass(frozen=True)
class JobLook:
    """The question for a running job."""

    id: str


@dataclasses.dataclass(frozen=True)
class Download:
    """The question for a file of an object."""

    type: str
    id: str
    action: str

    def ask(self, client: PowerStoreClient) -> t.Any:
        """Return the answer."""
        return client.download(self.type, self.id, self.action)


class Returned(Download):
    """The question for what an action of an object returns."""

    def ask(self, client: PowerStoreClient) -> t.Any:
        """Return the answer."""
        return client.returned(self.type, self.id, self.action)


class BatchingClient:
    """Has the methods that handlers use of a `PowerStoreClient`.

    pool: the connections. strategy: how answers are found together. It begins as a `Replay`, whose reads raise
    `Pending`; after `run` it is a `Rendezvous`, whose reads block the thread, and nothing is kept any more.
    """

    ignores_unknown = False
    checks_later = False

    def __init__(self, pool: ClientPool, strategy: Replay | Rendezvous) -> None:
        self._pool = pool
        self.strategy = strategy
        self._looks = JobLooks()
        self._limits = threading.local()

    # What a client has besides its requests

    @property
    def endpoint(self) -> Endpoint:
        """The address of the array."""
        return self._pool.first.endpoint

    @property
    def username(self) -> str:
        """The user who logs in."""
        return self._pool.first.username

    @property
    def warnings(self) -> list[str]:
        """Messages for the user; complete once the session is closed."""
        return self._pool.first.warnings

    def logs_in_with(self, password: str) -> bool:
        """Return whether the session logs in with this password."""
        return self._pool.first.logs_in_with(password)

    def renew_password(self, password: str) -> None:
        """Use a new password for the next login, because the user's password was changed."""
        self._pool.first.renew_password(password)

    def keep_secret(self, values: t.Iterable[str]) -> None:
        """Register secret values."""
        self._pool.first.keep_secret(values)

    def hide(self, value: t.Any) -> t.Any:
        """Return data or a text without the registered secrets, in whatever encoding they appear."""
        return self._pool.first.hide(value)

    @contextlib.contextmanager
    def within(self, seconds: float) -> t.Iterator[None]:
        """Limit the time that the requests of this thread inside the block may take together."""
        before = getattr(self._limits, "ends", math.inf)
        self._limits.ends = min(before, time.monotonic() + seconds)
        try:
            yield
        finally:
            self._limits.ends = before

    def _left(self) -> float:
        """Return the seconds that are left for this thread."""
        return float(getattr(self._limits, "ends", math.inf)) - time.monotonic()

    # Reading

    def get(self, type_: str, object_id: str, query: t.Mapping[str, str]) -> Json | None:
        """Return one object, or None if the array has no object with this id."""
        path = f"{BASE}/{type_}/{in_path(object_id)}"
        rows = self._rows(Query.of(type_, query, object_id=object_id))
        return checked(rows[0], type_, query, path) if rows else None

    def query(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return the objects of a collection; raise UnexpectedResponse for one that lacks the selected shape."""
        found: list[Json] = checked(self.rows(type_, query, limit), type_, query, f"{BASE}/{type_}")
        return found

    def rows(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return the objects of a collection without a check of their shape."""
        return self._rows(Query.of(type_, query, limit))

    def download(self, type_: str, object_id: str, action: str) -> bytes | None:
        """Return a file of an object, or None if it has none."""
        found: bytes | None = self._ask(Download(type_, object_id, action))
        return found

    def makes(self, type_: str, relation: str, row: Json) -> bool:
        """Return whether the run itself makes an object whose relation leads to this one, as a document may."""
        return False

    def returned(self, type_: str, object_id: str, action: str) -> Json:
        """Return what an action returns that changes nothing."""
        found: Json = self._ask(Returned(type_, object_id, action))
        return found

    def promised(self, type_: str, references: t.Sequence[Reference], found: t.Sequence[Json]) -> list[Json]:
        """Return no objects: what an item needs exists when the item is carried out."""
        return []

    def _rows(self, query: Query) -> list[Json]:
        """Return copies of the rows of a query: handlers change what they read."""
        rows, tree = self._ask(query)
        return [cut(row, tree) for row in rows]

    def _ask(self, question: Question) -> t.Any:
        return self.strategy.ask(question, self.fetch, self._left()).get()

    def job(self, job_id: str) -> Job:
        """Return a job as it is now, or as a look that this thread does not know yet has shown it.

        Raise JobLost if the array does not know the job.
        """
        if isinstance(self.strategy, Rendezvous):
            self.strategy.check_stopped()
        seen = self._looks.known(job_id)
        if seen is None:
            seen = self._ask(JobLook(job_id))
            self._looks.known(job_id)
        return seen

    def pause(self, elapsed: float) -> float:
        """Return the seconds to sleep before the next look, ``elapsed`` seconds after the wait began."""
        return self._looks.pause(elapsed)

    def sleep(self, seconds: float) -> None:
        """Pause between two looks at a job, until another thread has seen the end of the job."""
        if isinstance(self.strategy, Rendezvous):
            self.strategy.sleep(seconds, self._looks.awaited(), self._looks.is_over)
        else:
            time.sleep(seconds)

    def jobs(self, filters: t.Mapping[str, str]) -> list[Job]:
        """Return the 100 newest jobs that match the filters, newest first."""
        query = {**JOB_QUERY, "order": "start_time.desc", **filters}
        return [job_of(body) for body in self.query("job", query, limit=100)]

    # Writing

    def send(self, step: Request, as_job: bool = True, content: bytes | None = None) -> Job:
        """Send a step once and return its job, as a `PowerStoreClient` does."""
        if not isinstance(self.strategy, Rendezvous):
            raise Bug("A document sends nothing before all of its items are planned.")
        self.strategy.check_stopped()
        with self.strategy.sending(), self._pool.connection() as client, self._limited(client, self._left()):
            self.strategy.check_stopped()  # while the thread waited for a connection
            job = client.send(step, as_job, content)
        if job.id:
            self._looks.started(job, step.action)
        return job

    @staticmethod
    def _limited(client: PowerStoreClient, seconds: float) -> t.ContextManager[t.Any]:
        return contextlib.nullcontext() if seconds == math.inf else client.within(seconds)

    # Requests for many questions

    def together(self, works: t.Sequence[t.Callable[[], t.Any]]) -> list[Outcome]:
        """Return the outcomes of functions that read, each with its answer or its error."""
        if not isinstance(self.strategy, Replay):
            raise Bug("Items are planned together only before the first of them is carried out.")
        return self.strategy.together(works, self.fetch)

    def run(self, rendezvous: Rendezvous) -> None:
        """From now on, answer reads of several threads, and permit writes. Earlier answers are forgotten."""
        self.strategy = rendezvous

    def fetch(self, questions: t.Sequence[Question], seconds: float) -> Outcomes:
        """Answer all questions with as few requests as possible.

        Raises ConnectionFailed and LoginFailed, which concern all of them; other errors are outcomes.
        """
        outcomes: Outcomes = {}
        looks = [question for question in questions if isinstance(question, JobLook)]
        with contextlib.ExitStack() as block:
            if looks:
                block.enter_context(self._looks.looking())
            client = block.enter_context(self._pool.connection(for_all=True))
            if looks:
                with self._limited(client, seconds):
                    outcomes.update(self._look(client, looks))
            queries = [parsed(question) for question in questions if isinstance(question, Query)]
            ends = time.monotonic() + seconds

            def answer(client: PowerStoreClient, family: list[Parsed]) -> None:
                with self._limited(client, ends - time.monotonic()):
                    outcomes.update(self._of_family(client, family))

            def read_one(client: PowerStoreClient, question: Download) -> None:
                with self._limited(client, ends - time.monotonic()):
                    outcomes[question] = _about_one(client, question)

            with_each(self._pool, client, families(queries), answer)
            with_each(self._pool, client, [one for one in questions if isinstance(one, Download)], read_one)
        return outcomes

    def _look(self, client: PowerStoreClient, looks: t.Sequence[JobLook]) -> Outcomes:
        """Look at all running jobs at once."""
        ids = list(dict.fromkeys([*(look.id for look in looks), *self._looks.running()]))
        try:
            rows = [row for part in in_filters(ids) for row in client.query("job", {**JOB_QUERY, "id": one_of(part)})]
        except (Refused, ResponseLost, UnexpectedResponse) as error:
            return {look: Outcome(error=error) for look in looks}
        jobs = {str(row["id"]).lower(): job_of(row) for row in rows}
        over = self._looks.saw(jobs.values())
        if isinstance(self.strategy, Rendezvous):
            self.strategy.wake(over)
        return {look: _of_job(look.id, jobs.get(look.id.lower())) for look in looks}

    def _of_family(self, client: PowerStoreClient, family: list[Parsed]) -> Outcomes:
        requests = in_requests(family)
        if len(requests) > MOST_PARTS and takes_filters(family[0].asked.type) and family[0].asked.type != "job":
            everything = whole(family)
            with contextlib.suppress(Refused, ResponseLost, UnexpectedResponse):  # the array is asked in parts instead
                rows = client.rows_of_few(everything.type, everything.request(), PAGE * len(requests))
                if rows is not None:
                    return self._split(client, everything, rows)
        outcomes: Outcomes = {}
        for request in requests:
            outcomes.update(self._of_request(client, request))
        return outcomes

    def _of_request(self, client: PowerStoreClient, request: Merged) -> Outcomes:
        """Return the outcomes of queries that one request answers; if the array refuses it, ask in smaller parts."""
        queries = request.queries
        if len(queries) == 1:
            return {queries[0].asked: _alone(client, queries[0].asked)}
        try:
            rows = client.rows(request.type, request.request())
        except (Refused, ResponseLost, UnexpectedResponse) as error:
            status = error.status or 0
            if isinstance(error, Refused) and 400 <= status < 500 and status not in NOT_OF_THE_QUERY:
                middle = len(queries) // 2
                halves = (dataclasses.replace(request, queries=half) for half in (queries[:middle], queries[middle:]))
                return {key: outcome for half in halves for key, outcome in self._of_request(client, half).items()}
            return {query.asked: _refused(query.asked, error) for query in queries}
        return self._split(client, request, rows)

    @staticmethod
    def _split(client: PowerStoreClient, request: Merged, rows: t.Sequence[Json]) -> Outcomes:
        found, unsure = request.split(rows)
        trees = {query.asked: query.tree for query in request.queries}
        outcomes: Outcomes = {query: Outcome((own, trees[query])) for query, own in found.items()}
        outcomes.update((query, _alone(client, query)) for query in unsure)
        return outcomes


def _alone(client: PowerStoreClient, query: Query) -> Outcome:
    """Return the outcome of a query that is sent as it is."""
    parameters = dict(query.query)
    try:
        if query.object_id is None:
            return Outcome((client.rows(query.type, parameters, query.limit), None))
        row = client.get(query.type, query.object_id, parameters)
        return Outcome(([] if row is None else [row], None))
    except (Refused, ResponseLost, UnexpectedResponse) as error:
        return Outcome(error=error)


def _about_one(client: PowerStoreClient, question: Download) -> Outcome:
    """Return the outcome of a question about one object, which no request answers for several."""
    try:
        return Outcome(question.ask(client))
    except (Refused, ResponseLost, UnexpectedResponse) as error:
        return Outcome(error=error)


def _refused(query: Query, error: ApplianceError) -> Outcome:
    """Return the outcome of a query of a collection that cannot be read: an object of an unknown type is not there."""
    return Outcome(([], None)) if query.object_id is not None and error.status == 404 else Outcome(error=error)


def _of_job(job_id: str, job: Job | None) -> Outcome:
    if job is not None:
        return Outcome(job)
    path = f"{BASE}/job/{in_path(job_id)}"
    return Outcome(error=JobLost(f"The appliance no longer knows job {job_id}.", "GET", path, 404, (), job_id))
