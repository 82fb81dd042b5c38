# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: collect_results
type: aggregate
short_description: Write the result of every task and loop item as a JSON line
description:
  - Lets tests look at results as a playbook would get them, after Ansible has removed what no_log hides.
options: {}
"""

import json
import os
import typing as t

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "collect_results"
    CALLBACK_NEEDS_ENABLED = True

    def _write(self, status: str, result: t.Any, item: bool = False) -> None:
        row = {"task": result._task.get_name(), "status": status, "item": item, "result": result._result}
        with open(os.environ["JOBWISE_RESULTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(row, default=str) + "\n")

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._write("ok", result)

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._write("failed", result)

    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._write("skipped", result)

    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        self._write("unreachable", result)

    def v2_runner_item_on_ok(self, result: t.Any) -> None:
        self._write("ok", result, item=True)

    def v2_runner_item_on_failed(self, result: t.Any) -> None:
        self._write("failed", result, item=True)
