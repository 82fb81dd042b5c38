# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds a journal of exchanges against the vendor's own document of the API."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def check(journal: Path, shared: Path, version: str | None = None) -> None:
    """Raise AssertionError unless no exchange in the journal violates the contract.

    shared: the folder with the documents and the checker, which is run by itself, so that it shares nothing with what
    it checks. version: of the document, such as ``4.1``; the checker's own choice without it.
    """
    command = [sys.executable, str(shared / "tools" / "contract_check.py"), str(journal)]
    if version:
        command += ["--spec", str(shared / "api" / f"powerstore-openapi-{version}.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and ", 0 violations" in done.stdout, f"{done.stdout}\n{done.stderr}"
