# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The play that every module with values is played by, as data: its tasks, in order, and what each of them has to do.

``steps`` derives the tasks from the values of a module. ``test_shared_play.py`` plays them and looks at the results.
"""

from __future__ import annotations

import dataclasses
import typing as t

from tests.values import Options, Setup, Values, argument_spec

CHECK, RUN, AGAIN, WRONG = "check", "run", "again", "wrong"
FIRST = "first"
"""The variable with the result of the first task, which shows what was there before."""
MADE = "made"
"""The variable with the result of the task that created the object."""


@dataclasses.dataclass(frozen=True)
class Step:
    """One task of the play.

    name: what happens, such as ``create``; several steps can have the same name. phase: CHECK, check mode of what a
    RUN does next; AGAIN, a task that has nothing to do; WRONG, a task that fails. number: of a case in a list of the
    values, from 0.
    """

    name: str
    phase: str
    options: Options
    in_check_mode: bool = False
    number: int = 0
    register: str = ""

    @property
    def title(self) -> str:
        where = " in check mode" if self.in_check_mode and self.phase == WRONG else ""
        return f"{self.phase}: {self.name}{where}"

    def task(self, module: str) -> Options:
        """Return the task of a playbook."""
        task: Options = {"name": self.title, f"jobwise.appliance.{module}": self.options}
        if self.register:
            task["register"] = self.register
        return {**task, "check_mode": self.in_check_mode, "diff": True, "ignore_errors": True}


def steps(values: Values) -> list[Step]:
    """Return the steps of the play, without the setup."""
    played = [*beginning(values), *states(values), *refusals(values)]
    for number, options in enumerate(values.more, 1):
        played += check_and_run(f"more {number}", values.over_identity(options))
    return [*played, *ending(values)]


def check_and_run(name: str, options: Options, register: str = "") -> list[Step]:
    """Return the steps that check, run, and repeat a task."""
    return [
        Step(name, CHECK, options, in_check_mode=True),
        Step(name, RUN, options, register=register),
        Step(name, AGAIN, options),
    ]


def beginning(values: Values) -> list[Step]:
    """Check mode of the creation leaves nothing behind. What is there from the start is looked at as a whole."""
    if values.absent is None:
        return [Step("look", CHECK, values.changed, in_check_mode=True, register=FIRST)]
    return [
        Step("create, nothing done", CHECK, values.create, in_check_mode=True),
        Step("nothing is there", AGAIN, values.over_identity(values.absent)),
    ]


def states(values: Values) -> list[Step]:
    played = check_and_run("create", values.create, register=MADE)
    if values.change:
        played += check_and_run("change", values.changed)
    if values.creates and values.identity == ("name",) and "id" in argument_spec(values.module):
        by_id = {name: value for name, value in values.changed.items() if name != "name"}
        made = f"{MADE}.resource"
        played.append(Step("by id", AGAIN, {**by_id, "id": f"{{{{ {made}.id | default({made}.uri, true) }}}}"}))
    played.append(Step("only named", AGAIN, values.of_object))
    for number, options in enumerate(values.same, 1):
        played.append(Step(f"same {number}", AGAIN, values.over_identity(options)))
    return played


def refusals(values: Values) -> t.Iterator[Step]:
    for number, wrong in enumerate(values.wrong):
        options = values.over_identity(wrong.options)
        for in_check_mode in (True, False):
            yield Step(f"wrong {number + 1}", WRONG, options, in_check_mode, number)


def ending(values: Values) -> list[Step]:
    """The object gets another name, and is removed; what was there from the start gets its first state."""
    if values.absent is None:
        return check_and_run("restore", values.over_identity(values.restore or first_state(values)))
    played = []
    of_object = values.of_object
    if "name" in values.identity and "new_name" in argument_spec(values.module):
        of_object = {**of_object, "name": renamed(values)}
        played += check_and_run("rename", {**values.of_object, "new_name": renamed(values)})
    return [*played, *check_and_run("absent", {**of_object, **values.absent})]


def renamed(values: Values) -> str:
    return f"{values.create['name']}-2"


def first_state(values: Values) -> Options:
    """Return options that the first task's diff fills in: what the object had before. Secrets are not in it."""
    spec = argument_spec(values.module)
    before = f"{FIRST}.diff.before"
    state = {}
    for name, value in values.changed.items():
        if name not in values.identity and value not in values.secrets:
            # A text that was not set is cleared by an empty one, unless the option has choices.
            unset = "''" if spec[name]["type"] == "str" and "choices" not in spec[name] else "omit"
            known = f"{before}.get('{name}') is not none"
            state[name] = f"{{{{ {before}['{name}'] if {known} else {unset} }}}}"
    return state


def setup_tasks(setup: t.Iterable[Setup]) -> list[Options]:
    """Return the tasks of the setup; the control commands of the emulator are carried out before the play."""
    return [{"name": "setup", f"jobwise.appliance.{one.name}": one.body} for one in setup if not one.is_command]
