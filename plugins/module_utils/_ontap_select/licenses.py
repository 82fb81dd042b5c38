# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Licence files of ONTAP Select.

Source: NetApp's documentation of the Deploy REST API, version 3, /licensing/licenses, and its sample script for
licences: the id of a licence is its serial number, which its file (NLF) contains.
"""

from __future__ import annotations

import json
import os
import re
import typing as t
from urllib.parse import quote

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.job import Job
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Request
from .client import SelectClient
from .handler import CREATE, OntapSelectHandler

PATH = "licensing/licenses"
REPLACE = "replace"
SERIAL = re.compile(r"[0-9]{9}|[0-9]{20}")
LARGEST = 1 << 20
"""Bytes. Licence files are much smaller."""


class LicenseHandler(OntapSelectHandler):
    """The licence in a file."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        self._content = read_file(desired["license_file"])
        self.serial = self._serial(desired)
        super().__init__(client, desired, f"licence {self.serial}")
        self._used_by: t.List[str] = []
        self._is_sent = False

    def _serial(self, desired: Json) -> str:
        """Return the serial number; raise InputError if it is not valid or is not the file's."""
        given = desired.get("serial_number")
        in_file = embedded_serial(self._content)
        if given and in_file and given != in_file:
            raise InputError(f"license_file {desired['license_file']} is for licence {in_file}, not for {given}.")
        serial = given or serial_in(self._content, desired["license_file"])
        if not SERIAL.fullmatch(serial):
            raise InputError(f"A serial number has 9 or 20 digits, not {serial!r}.")
        return str(serial)

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the licence. Before its file is replaced, also find out which clusters use it."""
        rows = self.client.query(PATH, "id", {"id": self.serial})
        current = next((row for row in rows if str(row.get("id")) == self.serial), None)
        if current is not None and self.desired["replace"] and not self._is_sent:
            users = self.client.query("clusters", "id,name", {"nodes.serial_number": self.serial})
            self._used_by = [str(row.get("name") or row.get("id")) for row in users]
        return current

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan. Deploy does not return a licence's file, so a task replaces it only if replace is set."""
        shown = {"serial_number": self.serial}
        if current is None:
            return Plan((Request(CREATE, "POST", PATH, None, f"add licence {self.serial}"),), {}, shown)
        if not self.desired["replace"] or history.steps:  # Deploy has taken the file in this run
            return Plan((), shown, shown)
        if self._used_by and not (self.desired.get("ontap_username") and self.desired.get("ontap_password")):
            raise InputError(
                f"Licence {self.serial} is used by {', '.join(self._used_by)}.",
                hint="To replace its file, give ontap_username and ontap_password of the cluster.",
            )
        path = f"{PATH}/{quote(self.serial, safe='')}"
        step = Request(REPLACE, "PUT", path, None, f"replace the file of licence {self.serial}")
        return Plan((step,), {**shown, "file": "(as it is)"}, {**shown, "file": "(replaced)"})

    def send(self, step: Request) -> Job:
        """Send the file."""
        file_name = os.path.basename(self.desired["license_file"])
        parts: t.Dict[str, t.Any] = {"license_file": (file_name, self._content, "application/octet-stream")}
        if step.action == REPLACE and self._used_by:
            parts.update((name, (None, self.desired[name])) for name in ("ontap_username", "ontap_password"))
        job = self.client.send(step, parts)
        self._is_sent = True
        return job


def read_file(path: str) -> bytes:
    """Return the content of a file; raise InputError if it cannot be read, or is empty or too large."""
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"license_file {path} cannot be read: {error.strerror}.",
            hint="It names a file on the machine where the task runs.",
        ) from None
    if not content.strip() or len(content) > LARGEST:
        raise InputError(
            f"license_file {path} is {'too large' if content.strip() else 'empty'}: it is not a licence file."
        )
    return content


def serial_in(content: bytes, path: str) -> str:
    """Return the serial number in a licence file; raise InputError if there is no serial number."""
    serial = embedded_serial(content)
    if not serial:
        raise InputError(
            f"license_file {path} contains no serial number (statusResp.serialNumber).",
            hint="If it is a NetApp licence file (NLF), give serial_number.",
        )
    return serial


def embedded_serial(content: bytes) -> str:
    """Return the serial number in a licence file; an empty string if there is no serial number."""
    try:
        serial = json.loads(content.decode("utf-8-sig"))["statusResp"]["serialNumber"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(serial).strip() if isinstance(serial, (str, int)) else ""
