# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every exchange of the whole run is held against the vendor's own document of the API."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.last
def test_no_exchange_violates_the_contract(journal: Path, shared: Path) -> None:
    """The checker is run by itself, so that it shares nothing with what it checks."""
    if not journal.exists():
        pytest.skip("no playbook was run")
    checker = [sys.executable, str(shared / "tools" / "contract_check.py"), str(journal)]
    done = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert ", 0 violations" in done.stdout
