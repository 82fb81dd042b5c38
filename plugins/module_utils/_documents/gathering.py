# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The work of a task that reads an appliance into a document."""

from __future__ import annotations

import dataclasses
import json
import time
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.running.reconcile import reconcile
from .._engine.running.run_result import RunResult
from .._engine.text.words import did_you_mean, number
from .._result import SHOWN_BY_AWX, faults_of_our_own
from .._task import Caller, waiting_of
from .file import About, DocumentFile, as_text
from .reporting import NOTHING_DONE

NAMED = 20
"""How many of the objects that a document does not hold an entry of the result names."""


class Gathered(t.Protocol):
    """What an appliance was read into, see the platform."""

    @property
    def array(self) -> About:
        """The appliance."""

    @property
    def document(self) -> Json:
        """The objects by type."""

    @property
    def omitted(self) -> t.Mapping[tuple[str, str], t.Sequence[str]]:
        """By type and reason, the names of the objects that the document does not hold."""

    @property
    def secrets(self) -> t.Sequence[Json]:
        """The secret options that it lacks."""


Gather = t.Callable[[t.Any, t.Sequence[str], t.Mapping[str, Json]], Gathered]
"""Reads an appliance. Gets the client, the types, and by type the filters."""


@dataclasses.dataclass(frozen=True)
class Reading:
    """How the appliances of a platform are read. module: the name of the module. types: all, in their order."""

    module: str
    types: tuple[str, ...]
    gather: Gather


def work_of(reading: Reading) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that gathers."""

    def work(client: t.Any, caller: Caller) -> Json:
        params = caller.params
        types = types_of(params["only_types"], reading.types)
        filters = _filters_of(params["filters"] or {}, types)
        with faults_of_our_own():
            found = reading.gather(client, types, filters)
        record = RunResult()
        if params["dest"]:
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            text = as_text(found.document, params["format"], reading.module, found.array, now)
            file = DocumentFile(params["dest"], text, reading.types)
            with faults_of_our_own():
                reconcile(file, waiting_of(client, caller), dry_run=caller.check_mode, record=record)
        return _report(found, record, params["dest"] or "", caller.diff)

    return work


def types_of(given: t.Sequence[str] | None, types: tuple[str, ...]) -> list[str]:
    """Return the types that a task names in their order, all without names; raise InputError for unknown ones."""
    unknown = [name for name in given or () if name not in types]
    if unknown:
        guess = did_you_mean(unknown[0], types) or f"The types are {', '.join(sorted(types))}."
        raise InputError(f"only_types: a document has no type {unknown[0]}. {guess}")
    return [name for name in types if not given or name in given]


def _filters_of(filters: Json, types: t.Sequence[str]) -> t.Mapping[str, Json]:
    for name, of_type in filters.items():
        if name not in types:
            guess = did_you_mean(str(name), types) or f"The types are {', '.join(sorted(types))}."
            raise InputError(f"filters: the task gathers no type {name}. {guess}")
        if not isinstance(of_type, dict):
            raise InputError(f"filters: {name} takes a dictionary of conditions, such as {{name: 'like.db*'}}.")
    return filters


def _report(found: Gathered, record: RunResult, dest: str, diff: bool) -> Json:
    """Return the result. A document that is in a file is not in the result as well: AWX drops large results."""
    items = {name: value for name, value in found.document.items() if isinstance(value, list)}
    result: Json = {
        **NOTHING_DONE,
        "changed": record.changed,
        "plan": record.plan.sentences(),
        "gathered": {} if dest else found.document,
        "array": {"name": found.array.name, "id": found.array.id, "release": found.array.release},
        "gathered_counts": {name: len(items.get(name, (1,))) for name in found.document},
        "omitted": grouped(found.omitted),
        "secrets_missing": list(found.secrets),
        "warnings": list(record.warnings),
    }
    if len(json.dumps(result["gathered"])) > SHOWN_BY_AWX:
        total = sum(result["gathered_counts"].values())
        result["warnings"].append(
            f"The document holds {number(total, 'object')}. AWX shows no result above {SHOWN_BY_AWX} characters. Give "
            "dest, or fewer types with only_types."
        )
    if diff:
        before, after = (side.get("text", "") for side in (record.plan.before, record.plan.after))
        result["diff"] = (
            [{"before": before, "after": after, "before_header": dest, "after_header": dest}] if dest else []
        )
    return result


def grouped(objects: t.Mapping[tuple[str, str], t.Sequence[str]]) -> list[Json]:
    """Return names of objects by type and reason as the result contains them."""
    return [
        {"type": name, "reason": reason, "count": len(names), "names": list(names[:NAMED])}
        for (name, reason), names in objects.items()
    ]
