# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds a journal of exchanges against the vendor's own document of the API."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

UPLOAD = "/upload"


def check(journal: Path, shared: Path, version: str | None = None) -> None:
    """Raise AssertionError unless no exchange in the journal violates the contract.

    shared: the folder with the documents and the checker, which is run by itself, so that it shares nothing with what
    it checks. version: of the document, such as ``4.1``; the checker's own choice without it.
    """
    checked = journal.with_suffix(".checked")
    lines = map(json.loads, journal.read_text(encoding="utf-8").splitlines())
    checked.write_text("".join(f"{json.dumps(_without_form(line))}\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "contract_check.py"), str(checked)]
    if version:
        command += ["--spec", str(shared / "api" / f"powerstore-openapi-{version}.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and ", 0 violations" in done.stdout, f"{done.stdout}\n{done.stderr}"


def _without_form(exchange: dict[str, Any]) -> dict[str, Any]:
    """Return an exchange without the form that it uploads: the checker knows only bodies of JSON."""
    return {**exchange, "request": None} if UPLOAD in exchange["path"] else exchange
