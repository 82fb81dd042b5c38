# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds a journal of exchanges against the vendor's own document of the API."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

UPLOAD = "/upload"
REPORT = re.compile(r"/file_import_session/[^/]+/report")


def check(journal: Path, shared: Path, version: str | None = None) -> None:
    """Raise AssertionError unless no exchange in the journal violates the contract.

    shared: the folder with the documents and the checker, which is run by itself, so that it shares nothing with what
    it checks. version: of the document, such as ``4.1``; the checker's own choice without it.
    """
    checked = journal.with_suffix(".checked")
    lines = map(json.loads, journal.read_text(encoding="utf-8").splitlines())
    checked.write_text("".join(f"{json.dumps(_as_documented(line))}\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "contract_check.py"), str(checked)]
    if version:
        command += ["--spec", str(shared / "api" / f"powerstore-openapi-{version}.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and ", 0 violations" in done.stdout, f"{done.stdout}\n{done.stderr}"


def _as_documented(exchange: dict[str, Any]) -> dict[str, Any]:
    """Return an exchange without what the checker or the document has no words for.

    The checker knows only bodies of JSON, and no form that is uploaded. The document gives the report of an import the
    status 204 together with a body, which no HTTP answer can have: its status is 200.
    """
    if UPLOAD in exchange["path"]:
        return {**exchange, "request": None}
    if REPORT.search(exchange["path"]) and exchange["status"] == 200:
        return {**exchange, "status": 204}
    return exchange
