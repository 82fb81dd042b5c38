# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds a record of exchanges against the vendor's own document of the API."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def check(journal: Path, shared: Path) -> None:
    """Raise AssertionError unless no exchange in the journal violates the contract.

    The checker is run by itself, so that it shares nothing with what it checks.
    """
    checker = [sys.executable, str(shared / "tools" / "contract_check.py"), str(journal)]
    done = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and ", 0 violations" in done.stdout, f"{done.stdout}\n{done.stderr}"
