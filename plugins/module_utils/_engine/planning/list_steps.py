# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps that change a list item by item, and the list in the diff."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..errors import InputError
from ..options.mistakes import Mistakes
from ..table.attribute import SECRET_SET, Attribute
from ..table.list_changes import Changes, changes_of
from ..table.lists import EXACT, Action, List, Patch
from ..table.resource_type import ResourceType
from ..text.paths import in_path
from ..text.words import and_so_on, counted
from .requests import title_of
from .steps import Request

WORDS = ("add", "remove")
"""The verbs of messages if a list's channel has none of its own."""


def list_steps(resource: ResourceType, list_: List, current: Json | None, target: Json, desired: Json) -> list[Request]:
    """Return the steps that change a list.

    Additions come before removals: if the appliance refuses them, nothing has been removed yet.
    current: the object as read, None if the plan creates it. target: the object that the steps address, with its id and
    its name as it is by then.
    Raises InputError if a new item lacks an attribute, or an item would be removed and added again without consent.
    """
    changes = changes_of(list_, current, desired, resource.writes_secrets(desired))
    mistakes = Mistakes()
    with mistakes.noted():
        check_additions(list_, changes.add)
    with mistakes.noted():
        _check_replacements(list_, changes, desired)
    mistakes.refuse()
    writer = _Writer(resource, list_, target)
    if isinstance(list_.channel, Patch) and list_.channel.whole and desired[list_.mode] == EXACT:
        return writer.whole(changes, list_.wanted(desired))
    steps = writer.add(changes.add)
    if changes.modify:
        steps.append(writer.modify(changes.modify))
    for row, wanted, dummy in changes.replace:
        steps += [*writer.remove([row]), *writer.add([wanted])]
    return steps + writer.remove(changes.remove)


def joined(steps: t.Sequence[Request]) -> Request:
    """Return one request that changes what several do. steps: requests of `Patch` channels, and one for attributes.

    New structures of a list and changed ones may have the same name in it.
    """
    body: Json = {}
    for step in steps:
        for name, value in (step.body or {}).items():
            body[name] = [*body[name], *value] if name in body and isinstance(value, list) else value
    return dataclasses.replace(steps[0], body=body, summary=", ".join(step.summary for step in steps))


def check_additions(list_: List, new: t.Sequence[t.Any]) -> None:
    """Raise InputError for new items that lack an attribute."""
    item = list_.item
    lacking = [(item.name_of(wanted), list_.lacking(wanted)) for wanted in new if item.attributes]
    lines = [f"give {' and '.join(options)} to add {item.noun} {name}" for name, options in lacking if options]
    if lines:
        raise InputError(f"{list_.option}: {'; '.join(lines)}.")


def _check_replacements(list_: List, changes: Changes, desired: Json) -> None:
    if not changes.replace or (list_.replace and desired.get(list_.replace)):
        return
    lines = []
    for row, wanted, attributes in changes.replace:
        now = list_.item.shown_now(row, [attribute.option for attribute in attributes])
        asked = list_.item.shown(wanted)
        differences = (
            f"{attribute.option} is {now[attribute.option]}, asked for {asked[attribute.option]}"
            for attribute in attributes
        )
        lines.append(f"{list_.item.noun} {list_.item.name_of(row)}: {'; '.join(differences)}")
    add, remove = list_.channel.words if isinstance(list_.channel, Action) else WORDS
    consent = f"{list_.replace}: true accepts that. " if list_.replace else ""
    raise InputError(
        f"{list_.option}: this cannot be changed in place: {'. '.join(lines)}.",
        hint=f"It takes a request to {remove} and one to {add} again. {consent}".strip(),
    )


class _Writer:
    """Writes the requests of a list's channel."""

    def __init__(self, resource: ResourceType, list_: List, target: Json) -> None:
        self.resource = resource
        self.list_ = list_
        self.target = target
        self.by_name = resource.convention.by_name
        self.title = title_of(resource, target)

    def add(self, wanted: t.Sequence[t.Any]) -> list[Request]:
        """Return the steps that add items."""
        bodies = [self.list_.in_body(item, self.by_name) for item in wanted]
        return self._steps(0, wanted, bodies)

    def remove(self, rows: t.Sequence[t.Any]) -> list[Request]:
        """Return the steps that remove entries."""
        return self._steps(1, rows, [self.list_.key_in_body(row) for row in rows])

    def modify(self, changes: t.Sequence[tuple[t.Any, t.Any, tuple[Attribute, ...]]]) -> Request:
        """Return the step that changes entries."""
        channel, item = t.cast(Patch, self.list_.channel), self.list_.item
        bodies = []
        for row, wanted, attributes in changes:
            options = {attribute.option for attribute in attributes} | set(item.key)
            given = {option: value for option, value in wanted.items() if option in options}
            rest = self.list_.as_read(row) if channel.complete else {}
            bodies.append({**rest, **self.list_.in_body(given, self.by_name), **self.list_.keys_in_body(row)})
        changed = dict.fromkeys(attribute.option for dummy, dummy2, attributes in changes for attribute in attributes)
        names = counted([item.name_of(row) for row, dummy, dummy2 in changes], item.noun)
        return self._patch({channel.modify: bodies}, f"change {and_so_on(list(changed))} of {names} of {self.title}")

    def whole(self, changes: Changes, wanted: t.Sequence[t.Any]) -> list[Request]:
        """Return the step that puts the wanted items in place of the current entries."""
        steps = [*self.add(changes.add), *self.remove(changes.remove)]
        body = {t.cast(Patch, self.list_.channel).whole: [self.list_.in_body(item, self.by_name) for item in wanted]}
        return [dataclasses.replace(joined(steps), body=body)] if steps else []

    def _steps(self, which: int, entries: t.Sequence[t.Any], bodies: t.Sequence[t.Any]) -> list[Request]:
        """Return the steps for entries to add (which 0) or to remove (1)."""
        if not entries:
            return []
        channel, item = self.list_.channel, self.list_.item
        words = channel.words if isinstance(channel, Action) else WORDS
        preposition = ("to", "from")[which]
        names = [item.name_of(entry) for entry in entries]
        summary = f"{words[which]} {counted(names, item.noun)} {preposition} {self.title}"
        if isinstance(channel, Patch):
            return [self._patch({(channel.add, channel.remove)[which]: list(bodies)}, summary)]
        channel = t.cast(Action, channel)
        action = (channel.add, channel.remove)[which]
        if channel.api_name:
            return [self._action(action, {channel.api_name: list(bodies)}, summary)]
        bodies = [{channel.value: body} for body in bodies] if channel.value else bodies
        return [
            self._action(action, body, f"{words[which]} {item.noun} {name} {preposition} {self.title}")
            for name, body in zip(names, bodies)
        ]

    def _patch(self, body: Json, summary: str) -> Request:
        action = t.cast(Patch, self.list_.channel).action
        if action:
            return self._action(action, body, summary)
        verb, path = self.resource.convention.modify
        return Request("modify", verb, self._path(path, ""), body, summary)

    def _action(self, action: str, body: Json, summary: str) -> Request:
        verb, path = self.resource.convention.action
        return Request(action, verb, self._path(path, action), body, summary)

    def _path(self, path: str, action: str) -> str:
        return path.format(type=self.resource.type, id=in_path(self.target["id"]), action=action)


def names_now(list_: List, current: Json | None, desired: Json | None = None) -> list[t.Any]:
    """Return the list as it is now, for the diff. desired: the options of a task that manages some of its items."""
    return _sorted(list_, [list_.item.shown_now(row, _options(list_, row, desired)) for row in list_.rows(current)])


def names_after(resource: ResourceType, list_: List, current: Json | None, desired: Json) -> list[t.Any]:
    """Return the list as it is after the task, for the diff."""
    changes = changes_of(list_, current, desired, resource.writes_secrets(desired))
    changed = {id(row): (want, attributes) for row, want, attributes in (*changes.modify, *changes.replace)}
    shown = [list_.item.shown(item) for item in changes.add]
    for row, dummy in changes.kept:
        now = list_.item.shown_now(row, _options(list_, row, desired))
        if id(row) in changed:
            want, attributes = changed[id(row)]
            wanted = list_.item.shown(want)
            now = {**now, **{one.option: SECRET_SET if one.sensitive else wanted[one.option] for one in attributes}}
        shown.append(now)
    return _sorted(list_, shown)


def _options(list_: List, row: t.Any, desired: Json | None) -> set[str]:
    """Return the options to show of an entry: those that the task gives for any entry, of secrets only its own."""
    items = [item for item in (desired or {}).get(list_.option) or () if isinstance(item, dict)]
    secrets = {attribute.option for attribute in list_.item.attributes if attribute.unreadable}
    return {
        name
        for item in items
        for name, value in item.items()
        if value is not None and (name not in secrets or list_.item.matches(row, item))
    }


def _sorted(list_: List, shown: list[t.Any]) -> list[t.Any]:
    """Return the entries in an order that does not depend on the appliance."""
    key = list_.item.key
    return sorted(shown, key=lambda entry: str([entry.get(name) for name in key]) if isinstance(entry, dict) else entry)
