# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan that changes an existing object."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..errors import InputError
from ..options.checks import check_new_key
from ..table.attribute import SECRET, SECRET_SET, Attribute
from ..table.resource_type import SINGLETON, ResourceType
from ..table.values import agrees, as_shown, as_shown_now, put_into
from ..table.whole_list import Whole
from ..text.words import sentence
from .list_steps import joined, list_steps, names_after, names_now
from .membership import membership_steps
from .plan import Plan
from .requests import identity_of, managed, modify_request, set_after_uploads, title_of, upload_steps
from .steps import Request
from .switching import switch_steps


class Update:
    """The plan that changes an existing object."""

    def __init__(self, resource: ResourceType, current: Json, desired: Json) -> None:
        self.resource = resource
        self.current = current
        self.desired = desired
        self.title = title_of(resource, current)
        self.before: Json = identity_of(resource, current)
        self.after: Json = dict(self.before)
        self.body: Json = {}
        self.last: Json = {}
        self.waiting = set_after_uploads(resource, current, desired)
        self.changed: list[str] = []
        self.fixed: list[str] = []
        self.moves: list[tuple[Attribute, Json | None, t.Any]] = []
        self.switched: list[Attribute] = []
        self.wrong: list[str] = []

    def plan(self) -> Plan:
        """Return the plan: first the attributes in one request, then what the object is a member of, then each list.

        The API may take attributes and lists together. What is switched off comes before all, what is switched on last.
        """
        key = self.resource.key
        renamed = self._rename()
        given = managed(self.resource, self.desired)
        for attribute in sorted(given, key=lambda one: one.unreadable):  # these may belong to what changes
            self._compare(attribute)
        self._apply_rules()
        self._refuse()
        first: list[Request] = []
        together: list[Request] = []
        steps: list[Request] = []
        if self.body:
            words = [f"{self.resource.rename} {self.title} to {renamed}"] if renamed else []
            changed = [option for option in self.changed if option not in self.waiting]
            if changed:
                words.append(f"change {' and '.join(changed)}" + ("" if words else f" of {self.title}"))
            first = [modify_request(self.resource, self.current, self.body, ", ".join(words), self.desired)]
        after_rename = {**self.current, key: renamed} if renamed else self.current
        for list_ in self.resource.lists:
            if self.desired.get(list_.option) is not None:
                self.before[list_.option] = names_now(list_, self.current, self.desired)
                changes = list_steps(self.resource, list_, self.current, after_rename, self.desired)
                (together if getattr(list_.channel, "together", False) else steps).extend(changes)
                self.after[list_.option] = names_after(self.resource, list_, self.current, self.desired)
        steps += upload_steps(self.resource, self.current, after_rename, self.desired, self.before, self.after)
        if self.last:
            summary = f"change {' and '.join(sorted(self.waiting & set(self.changed)))} of {self.title}"
            steps.append(modify_request(self.resource, self.current, self.last, summary, self.desired))
        if together:
            first = [joined([*first, *together])]
        moves = [
            step for move in self.moves for step in membership_steps(self.resource, move[0], after_rename, *move[1:])
        ]
        off = switch_steps(self.resource, self.switched, self.current, self.desired, False)
        on = switch_steps(self.resource, self.switched, after_rename, self.desired, True)
        return Plan((*off, *first, *moves, *steps, *on), self.before, self.after)

    def _rename(self) -> str:
        """Take over a new name; return it, or an empty text if the name stays."""
        key = self.resource.key
        new = str(self.desired.get(f"new_{key}") or "")
        if not new or self.resource.kind == SINGLETON or new == self.current.get(key):
            return ""
        check_new_key(self.resource, new)
        self.after[key] = self.body[key] = new
        return new

    def _compare(self, attribute: Attribute) -> None:
        """Compare an attribute and take over what differs."""
        option, value = attribute.option, self.desired[attribute.option]
        if attribute.unreadable:
            self._take_unreadable(attribute, value)
            return
        current_value = attribute.current_value(self.current)
        self.before[option] = as_shown_now(attribute, current_value, value)
        self.after[option] = as_shown(attribute, value)
        if agrees(attribute, current_value, value):
            self.after[option] = self.before[option]
            if self._writes_secrets_of(attribute, value):
                put_into(self.resource, self.body, attribute, value, current_value)
                self.changed.append(option)
        elif attribute.create_only:
            self.fixed.append(f"{option} is {self.before[option]!r}, asked for {self.after[option]!r}")
        elif attribute.one_way and not attribute.one_way.allows(current_value, value):
            now, asked = self.before[option], self.after[option]
            self.wrong.append(f"{option} is {now} and can only {attribute.one_way.words}, asked for {asked}.")
        elif attribute.switch:
            self.switched.append(attribute)
        elif attribute.membership:
            self.moves.append((attribute, current_value, value))
        else:
            put_into(self.resource, self.last if option in self.waiting else self.body, attribute, value, current_value)
            self.changed.append(option)

    def _writes_secrets_of(self, attribute: Attribute, value: t.Any) -> bool:
        """Return whether the task writes the secrets in a value again, although its other parts are as desired."""
        channel = getattr(attribute, "channel", None)
        if isinstance(channel, Whole):
            again = self.resource.writes_secrets(self.desired) and channel.has_unreadable(value)
            if again:
                self.after[attribute.option] = channel.hidden(value, SECRET_SET)
            return again
        given = [part for part in attribute.structure if part.sensitive and value.get(part.option) is not None]
        if not given or not self.resource.writes_secrets(self.desired):
            return False
        self.after[attribute.option] = {
            **self.before[attribute.option],
            **{part.option: SECRET_SET for part in given},
        }
        return True

    def _take_unreadable(self, attribute: Attribute, value: t.Any) -> None:
        """Write an unreadable value again: if the task says so, if what it belongs to changes, if it is lacking.

        One that is neither a secret nor belongs to anything counts only when an object is created.
        """
        option = attribute.option
        if attribute.sensitive:
            self.before[option] = self.after[option] = SECRET
        if not attribute.is_written_again:
            return
        if self.resource.writes_secrets(self.desired) or attribute.is_due(self.current, self.changed):
            self.after[option] = SECRET_SET if attribute.sensitive else as_shown(attribute, value)
            put_into(self.resource, self.body, attribute, value, None)
            self.changed.append(option)

    def _apply_rules(self) -> None:
        """Note broken rules of the resulting state, and show what loses its value."""
        attributes = {attribute.option: attribute for attribute in self.resource.plain}
        now = {name: attribute.current_value(self.current) for name, attribute in attributes.items()}
        displaced = [option for rule in self.resource.state_rules for option in rule.displaced(now, self.desired)]
        for option in displaced:
            self.before[option] = attributes[option].in_words(now[option])
            self.after[option] = None
        left = {**now, **dict.fromkeys(displaced)}
        for rule in self.resource.state_rules:
            self.wrong += filter(None, [rule.broken(left, self.desired)])

    def _refuse(self) -> None:
        lines = list(self.wrong)
        if self.fixed:
            lines.insert(
                0,
                f"{sentence(self.title)} exists and these attributes can be set only when it is created: "
                f"{'; '.join(self.fixed)}.",
            )
        if lines:
            hint = "Leave them out, or remove the object first." if self.fixed else ""
            prefix = "" if self.fixed else f"{sentence(self.title)}: "
            raise InputError(f"{prefix}{' '.join(lines)}", hint=hint)
