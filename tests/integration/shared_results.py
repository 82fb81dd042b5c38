# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the results of the shared play must look like. ``problems`` lists everything that does not."""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t

from tests.values import Options, Values
from tests.writes import READING_ACTIONS, is_write

from .conftest import Run
from .shared_play import AGAIN, CHECK, RUN, WRONG, Step

KEYS = {"changed", "plan", "resource", "jobs"}
SESSION = {
    "powerstore": ("POST logout",),
    "oneview": ("GET version", "POST login-sessions", "DELETE login-sessions"),
    "ontap_select": (),
}
"""The requests of each platform that open and end the session of a task."""
SECRET = "(secret"
NOT_SHOWN = ("update_", "_mode")
"""Parts of the names of options that say how others are meant, and have no place in a diff."""
QUALIFIERS = {"oneview_volume": ("storage_system",)}
"""Options of a module that only say which object another option means."""
CLOCK = "dateTime"
"""The attribute of OneView's time and locale that is another one at each look."""


STAYING: t.Mapping[str, t.Mapping[str, t.Any]] = {"file_user_quota": {"hard_limit": "0", "soft_limit": "0"}}
"""The modules of objects that nobody can delete, each with what state: absent leaves of one."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a step came to. requests: what it sent, such as ``GET volume_group``, in order, without its session."""

    step: Step
    status: str
    result: dict[str, t.Any]
    requests: tuple[str, ...]

    @property
    def before(self) -> dict[str, t.Any]:
        return dict(self.result.get("diff", {}).get("before", {}))

    @property
    def after(self) -> dict[str, t.Any]:
        return dict(self.result.get("diff", {}).get("after", {}))

    @property
    def resource(self) -> t.Any:
        resource = self.result.get("resource")
        return {name: resource[name] for name in resource if name != CLOCK} if resource else resource

    @property
    def writes(self) -> list[str]:
        return [request for request in self.requests if is_write(*request.split())]


def outcomes(values: Values, played: t.Sequence[Step], run: Run) -> list[Outcome]:
    """Return what the steps came to. Raises AssertionError if one was not played."""
    rows = [row for row in run.rows if row["task"] != "setup"]
    assert [row["task"] for row in rows] == [step.title for step in played], run.output
    return [
        Outcome(step, row["status"], row["result"], tuple(requests_of(row["requests"], SESSION[values.platform])))
        for step, row in zip(played, rows, strict=True)
    ]


def requests_of(recorded: t.Iterable[dict[str, t.Any]], session: t.Sequence[str]) -> t.Iterator[str]:
    """Yield verb and collection of the recorded requests, and actions that only read; without those of the session."""
    for one in recorded:
        path = re.sub(r"^(/api/rest|/rest|/api/v\d+|/api)/", "", one["path"])
        action = READING_ACTIONS.search(path)
        short = f"{one['method']} {path.partition('/')[0]}{action.group() if action else ''}"
        if short not in session:
            yield short


def problems(values: Values, played: t.Sequence[Outcome]) -> list[str]:
    """Return everything that is wrong with the results, each with the title of its step."""
    found: list[str] = []
    for place, outcome in enumerate(played):
        reasons = [*common(values, outcome)]
        if outcome.step.phase == CHECK:
            reasons += checked(outcome)
        elif outcome.step.phase == RUN:
            reasons += carried_out(played[place - 1], outcome)
        elif outcome.step.phase == AGAIN:
            reasons += repeated(outcome)
            if played[place - 1].step.phase == RUN and outcome.resource != played[place - 1].resource:
                reasons.append("resource is not what the task before returned")
        elif not outcome.step.in_check_mode:
            reasons += refused(values, played[place - 1], outcome)
        found += [f"{outcome.step.title}: {reason}" for reason in reasons]
    return [*found, *story(values, {(one.step.phase, one.step.name): one for one in played})]


def common(values: Values, outcome: Outcome) -> t.Iterator[str]:
    """Yield what no result may look like, whatever its task does."""
    result, wrong = outcome.result, outcome.step.phase == WRONG
    missing = (KEYS | ({"msg", "error"} if wrong else set())) - set(result)
    if missing:
        yield f"the result lacks {', '.join(sorted(missing))}"
    if wrong != (outcome.status == "failed"):
        yield f"it is {outcome.status}: {result.get('msg')}"
    if result.get("warnings"):
        yield f"it warns: {result['warnings']}"
    text = json.dumps(result)
    if any(secret in text for secret in values.secrets):
        yield "the result contains a secret"


def checked(outcome: Outcome) -> t.Iterator[str]:
    if outcome.writes:
        yield f"check mode sends {outcome.writes}"
    if outcome.result.get("jobs"):
        yield "check mode has jobs"
    if not outcome.result.get("changed") or not outcome.result.get("plan"):
        yield "check mode plans nothing"


def carried_out(check: Outcome, run: Outcome) -> t.Iterator[str]:
    for key in ("changed", "plan", "diff"):
        if check.result.get(key) != run.result.get(key):
            yield f"{key} is {run.result.get(key)}, check mode has {check.result.get(key)}"
    if not run.writes:
        yield "it sends nothing"
    if run.before == run.after:
        yield "both sides of the diff are equal"
    if any(job["state"] != "done" for job in run.result.get("jobs", ())):
        yield f"a job is not done: {run.result['jobs']}"


def repeated(outcome: Outcome) -> t.Iterator[str]:
    if outcome.result.get("changed") or outcome.result.get("plan"):
        yield f"it plans {outcome.result.get('plan')}"
    if "diff" not in outcome.result or outcome.before != outcome.after:
        yield f"the sides of its diff differ: {outcome.result.get('diff')}"
    if outcome.writes:
        yield f"it sends {outcome.writes}"
    if outcome.result.get("jobs"):
        yield "it has jobs"


def refused(values: Values, check: Outcome, run: Outcome) -> t.Iterator[str]:
    wrong = values.wrong[run.step.number]
    for key in ("msg", "error", "plan", "diff"):
        if check.result.get(key) != run.result.get(key):
            yield f"{key} is {run.result.get(key)}, check mode has {check.result.get(key)}"
    if check.resource != run.resource:
        yield f"resource is {run.resource}, check mode has {check.resource}"
    kind = run.result.get("error", {}).get("kind")
    if kind != wrong.kind:
        yield f"error.kind is {kind}, not {wrong.kind}: {run.result.get('msg')}"
    if wrong.says not in str(run.result.get("msg")):
        yield f"the message does not say {wrong.says!r}: {run.result.get('msg')}"
    if run.result.get("changed") or run.writes or check.writes:
        yield f"it sends {check.writes + run.writes}"


Named = t.Mapping[t.Tuple[str, str], Outcome]


def story(values: Values, played: Named) -> t.Iterator[str]:
    """Yield where the results of different steps do not fit together."""
    created = played[RUN, "create"]
    if values.creates and created.before:
        yield f"create: something was there before: {created.before}"
    yield from not_shown(values, created)
    if values.change:
        changed = played[RUN, "change"]
        yield from not_changed(values, changed)
        for option in sorted(set(changed.before) & set(created.after)):
            if not holds(changed.before[option], created.after[option]):
                yield f"change: {option} was {changed.before[option]}, but create made it {created.after[option]}"
    if values.creates:
        gone = played[RUN, "absent"]
        if values.module in STAYING:
            left = {name: gone.after.get(name) for name in STAYING[values.module]}
            if left != STAYING[values.module]:
                yield f"absent: it leaves {left}"
        elif gone.after or gone.result.get("resource") is not None:
            yield f"absent: something is left: {gone.after}, {gone.result.get('resource')}"
    else:
        first, restored = played[CHECK, "look"].before, played[RUN, "restore"].after
        for option in restored:
            if SECRET not in str(restored[option]) and (restored[option] or None) != (first[option] or None):
                yield f"restore: {option} was {first[option]} at first, and is {restored[option]} in the end"


def attributes_in(options: Options) -> Options:
    """Return options, with the attributes that one of them may hold in its place."""
    return {**{name: value for name, value in options.items() if name != "desired"}, **options.get("desired", {})}


def not_shown(values: Values, created: Outcome) -> t.Iterator[str]:
    """Yield options of ``create`` that the diff does not show."""
    unseen = (*values.identity, *QUALIFIERS.get(values.module, ()))
    for option in attributes_in(values.create):
        if option not in unseen and option not in created.after and not any(part in option for part in NOT_SHOWN):
            yield f"create: the diff does not show {option}"


def not_changed(values: Values, changed: Outcome) -> t.Iterator[str]:
    """Yield options of ``change`` whose change the diff does not show. Others may be values of creation only."""
    created = attributes_in(values.create)
    for option, value in attributes_in(values.change or {}).items():
        if value is None or value == created.get(option) or any(part in option for part in NOT_SHOWN):
            continue
        before, after = changed.before.get(option), changed.after.get(option)
        if option not in changed.after or (before == after and SECRET not in str(after)):
            yield f"change: the diff shows no change of {option}"


def holds(current: t.Any, desired: t.Any) -> bool:
    """Return whether a value holds another one. Structures may have more attributes, and secrets are not known."""
    if isinstance(current, dict) and isinstance(desired, dict):
        return all(holds(current.get(name), value) for name, value in desired.items())
    if isinstance(current, list) and isinstance(desired, list):
        return len(current) == len(desired) and all(map(holds, current, desired))
    return bool(current == desired) or SECRET in str(desired)
