# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Action plugin for plays of examples: ``emulator: {}`` marks a place; each key is a control command with its body."""

from __future__ import annotations

import json
import os
import ssl
import typing as t
import urllib.request
from pathlib import Path

from ansible.plugins.action import ActionBase

ENVIRONMENT = "JOBWISE_EXAMPLES"
"""The environment variable with the emulators as JSON: a list of URL and file of the CA. All get the command ``reset``,
and the first one all others."""


class ActionModule(ActionBase):
    """Sends control commands to the emulators. They need no login."""

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        emulators = json.loads(os.environ[ENVIRONMENT])
        for name, body in self._task.args.items():
            for url, ca in emulators if name == "reset" else emulators[:1]:
                send(f"{url}/_emulator/{name}", body, ca)
        if "reset" in self._task.args:
            for folder in os.environ["JOBWISE_EMPTIED"].split(os.pathsep):
                for path in Path(folder).iterdir():
                    path.unlink()
        return {"changed": False}


def send(url: str, body: dict[str, t.Any], ca: str) -> None:
    context = ssl.create_default_context(cafile=ca)
    handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.build_opener(*handlers).open(request, timeout=30):
        pass
