# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tasks in check mode say about drift: an object as it is beside the object as it should be."""

from __future__ import annotations

import difflib
import json
import re
import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import number

from .words import Json, words

SECRET = re.compile(r"pass(word|phrase|wd)?$|secret|token|private_?key|community|credential|api_?key", re.IGNORECASE)
HIDDEN = "(hidden)"
PREFIX = "drift_"
"""How the variables begin in which tasks register their results for a report."""

WORDS = {
    "in_sync": ("ok", "In sync"),
    "drifted": ("warning", "Drifted"),
    "missing": ("warning", "Missing"),
    "unwanted": ("warning", "Should not exist"),
    "failed": ("critical", "Failed"),
    "skipped": ("unknown", "Not checked"),
}


def name_of(variable: str) -> str:
    """Return what people read for a variable: ``drift_web_volumes`` is Web volumes. Other names stay as they are."""
    return words(variable[len(PREFIX) :]) if variable.startswith(PREFIX) else variable


def entries_of(source: str, result: Json) -> t.List[Json]:
    """Return what a registered result says of each object. source: the document or the tasks, as people name it."""
    if "counts" in result and "plan" in result:
        return _of_document(source, result)
    if isinstance(result.get("results"), list):
        found = [entry for item in result["results"] if isinstance(item, dict) for entry in _of_item(source, item)]
        return found or [_entry(source, source, "skipped", note="The list of objects is empty.")]
    return [_of_task(source, result)]


def _of_item(source: str, item: Json) -> t.List[Json]:
    value = item.get(str(item.get("ansible_loop_var") or "item"))
    label = value.get("name") if isinstance(value, dict) else value
    return entries_of(f"{source}: {label}" if isinstance(label, (str, int)) else source, item)


def _of_task(source: str, result: Json) -> Json:
    """Return what the result of one task says."""
    resource = result.get("resource")
    about: Json = {"id": resource.get("id")} if isinstance(resource, dict) else {}
    title = _title(result.get("diff")) or (resource.get("name") if isinstance(resource, dict) else "") or source
    if result.get("failed") or result.get("unreachable"):
        return _entry(source, title, "failed", note=_message(result), **about)
    if result.get("skipped"):
        return _entry(source, title, "skipped", note="The task was skipped.", **about)
    if result.get("censored"):
        state = "drifted" if result.get("changed") else "in_sync"
        return _entry(source, title, state, note="The task hides its result (no_log).", **about)
    if not result.get("changed"):
        return _entry(source, title, "in_sync", **about)
    return _entry(
        source, title, _kind(result.get("diff")), result.get("plan"), differences(result.get("diff")), **about
    )


def _of_document(source: str, result: Json) -> t.List[Json]:
    """Return an entry for each object that is not as the document describes it, and one for the rest."""
    counts, rows = result["counts"], result.get("results") or []
    found = [_of_row(source, row, diff) for row, diff in _with_diffs(rows, result.get("diff"))]
    for mistake in result.get("mistakes") or []:
        found.append(_entry(source, str(mistake.get("place")), "failed", note=str(mistake.get("message"))))
    if result.get("failed") and not found:
        found.append(_entry(source, source, "failed", note=_message(result)))
    left_out = result.get("left_out")
    if left_out:
        verb = "is" if left_out == 1 else "are"
        note = f"The result was too large: {number(left_out, 'object')} {verb} not listed here."
        found.append(_entry(source, source, "drifted", note=note))
    if counts.get("ok"):
        found.append(_entry(source, number(counts["ok"], "object"), "in_sync", number=counts["ok"]))
    return found or [_entry(source, source, "in_sync", note="The document describes nothing.")]


def _of_row(source: str, row: Json, diff: t.Any) -> Json:
    about: Json = {"type": row.get("type"), "name": row.get("name")}
    title = _title(diff) or f"{str(row.get('type')).replace('_', ' ')} {row.get('name')}"
    if row.get("state") == "failed":
        return _entry(source, title, "failed", row.get("plan"), note=_message(row), **about)
    if row.get("state") in ("blocked", "skipped"):
        return _entry(source, title, "skipped", row.get("plan"), note=str(row.get("because") or ""), **about)
    return _entry(source, title, _kind(diff), row.get("plan"), differences(diff), **about)


def _with_diffs(rows: t.Sequence[Json], diffs: t.Any) -> t.Iterator[t.Tuple[Json, t.Any]]:
    """Yield the rows of a document, each with its diff. Both have the same order; only changed items have one."""
    left = [diff for diff in diffs or [] if isinstance(diff, dict)] if isinstance(diffs, list) else []
    for row in rows:
        diff = None
        if row.get("changed") and left:
            name = str(row.get("name")).lower()
            place = next((n for n, one in enumerate(left) if _title(one).lower().endswith(name)), 0)
            diff = left.pop(place)
        yield row, diff


def _entry(
    source: str, title: str, state: str, plan: t.Any = None, changes: t.Sequence[Json] = (), **more: t.Any
) -> Json:
    status, word = WORDS[state]
    if state == "unwanted":
        changes = ()
    elif state == "missing":
        changes = [{**change, "now": ""} for change in changes]
    steps = [str(step) for step in plan or []]
    return {
        "source": source,
        "object": title,
        "state": state,
        "status": status,
        "word": word,
        "plan": steps,
        "changes": list(changes),
        "note": "",
        "number": 1,
        **more,
    }


def _message(result: Json) -> str:
    return str(result.get("msg") or result.get("message") or "The task failed without a message.")


def _title(diff: t.Any) -> str:
    one = diff[0] if isinstance(diff, list) and diff else diff
    return str(one.get("after_header") or one.get("before_header") or "") if isinstance(one, dict) else ""


def _kind(diff: t.Any) -> str:
    """Return whether an object differs, is missing, or should not be there."""
    ones = [one for one in (diff if isinstance(diff, list) else [diff]) if isinstance(one, dict)]
    sides = [(one.get("before"), one.get("after")) for one in ones if "before" in one and "after" in one]
    if sides and all(not before and after for before, after in sides):
        return "missing"
    if sides and all(before and not after for before, after in sides):
        return "unwanted"
    return "drifted"


def differences(diff: t.Any) -> t.List[Json]:
    """Return the differences of a diff side by side: ``setting``, ``now`` and ``desired``, as texts."""
    found: t.List[Json] = []
    for one in diff if isinstance(diff, list) else [diff]:
        if isinstance(one, dict) and ("before" in one or "after" in one):
            found += _sides(one.get("before"), one.get("after"))
        elif isinstance(one, dict) and one.get("prepared"):
            found.append({"setting": "difference", "now": "", "desired": str(one["prepared"])})
    return found


def _sides(before: t.Any, after: t.Any) -> t.List[Json]:
    if isinstance(before, str) or isinstance(after, str):
        return list(_lines(_as_lines(before), _as_lines(after)))
    return list(_settings("", before or {}, after or {}))


def _as_lines(text: t.Any) -> t.List[str]:
    return text.splitlines() if isinstance(text, str) else json.dumps(text, indent=1).splitlines() if text else []


def _lines(before: t.List[str], after: t.List[str]) -> t.Iterator[Json]:
    for tag, start, end, first, last in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            shown = [_hide_line("\n".join(part)) for part in (before[start:end], after[first:last])]
            yield {"setting": f"line {start + 1}", "now": shown[0], "desired": shown[1]}


def _hide_line(text: str) -> str:
    names = re.compile(r"^(\s*\S*(?:" + SECRET.pattern.replace("$", "") + r")\S*?\s*[:=]\s*).+$", re.I | re.M)
    return names.sub(rf"\1{HIDDEN}", text)


def _settings(path: str, before: t.Any, after: t.Any) -> t.Iterator[Json]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            inner = f"{path}.{name}" if path else str(name)
            yield from _settings(inner, before.get(name), after.get(name))
    elif before != after:
        hidden = bool(SECRET.search(path.rpartition(".")[2]))
        yield {
            "setting": path or "value",
            "now": HIDDEN if hidden and before is not None else shown(before),
            "desired": HIDDEN if hidden and after is not None else shown(after),
        }


def shown(value: t.Any) -> str:
    """Return a value for people. Entries of a list have a line each."""
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(shown(one) for one in value) or "none"
    if isinstance(value, dict):
        parts = (f"{name}: {HIDDEN if SECRET.search(str(name)) else shown(one)}" for name, one in value.items())
        return ", ".join(parts) or "nothing"
    return str(value)
