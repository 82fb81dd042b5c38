# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of plugins that are no tasks, checked as those of tasks are: inventory plugins and event sources."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.jobwise.appliance.plugins.module_utils._arguments import plain, tidied
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, input_error, without_requests


@dataclasses.dataclass
class PluginCaller:
    """A plugin as the caller of a task. It only reads, so it has nothing to show and nothing to stop."""

    params: Json
    check_mode: bool = False
    diff: bool = False
    secrets: set[str] = dataclasses.field(default_factory=set)

    def progress(self, line: str) -> None:
        """Show nothing."""

    def last_words(self, line: str) -> None:
        """Say nothing."""

    def still_wanted(self) -> None:
        """Go on."""


def checked(task: Task, given: t.Mapping[str, t.Any]) -> PluginCaller:
    """Return the validated options, with defaults and what the environment has; raise InputError for all mistakes.

    The error is also raised if the library requests is missing.
    """
    missing = without_requests()
    if missing:
        raise missing
    tidy = tidied(task.options, plain(given))
    result = ArgumentSpecValidator(task.argument_spec(), **task.rules).validate(tidy)
    wrong = input_error(task, tidy, result)
    if wrong:
        raise wrong
    return PluginCaller(result.validated_parameters, secrets=set(result._no_log_values))
