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
  - If JOBWISE_REQUESTS is the URL of an emulator's record of requests, adds the requests that the task has sent.
    JOBWISE_REQUESTS_CA is the file with its CA.
options: {}
"""

import json
import os
import ssl
import typing as t
import urllib.request

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "collect_results"
    CALLBACK_NEEDS_ENABLED = True

    seen = 0

    def _requests(self) -> list[t.Any]:
        """Return what the emulator has recorded since the last look. Ansible starts a task after it has called this."""
        context = ssl.create_default_context(cafile=os.environ["JOBWISE_REQUESTS_CA"])
        handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        with urllib.request.build_opener(*handlers).open(os.environ["JOBWISE_REQUESTS"], timeout=30) as response:
            record: list[t.Any] = json.load(response)["requests"]
        new, self.seen = record[self.seen :], len(record)
        return new

    def _write(self, status: str, result: t.Any, item: bool = False) -> None:
        row = {"task": result._task.get_name(), "status": status, "item": item, "result": result._result}
        if "JOBWISE_REQUESTS" in os.environ:
            row["requests"] = self._requests()
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
