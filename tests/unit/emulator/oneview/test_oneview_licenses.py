# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences are read, and nothing else."""

from __future__ import annotations

from tests.unit.emulator.oneview.client_in_process import Appliance


def test_there_is_a_licence_that_does_not_expire(appliance: Appliance) -> None:
    rows = appliance.get("licenses")["members"]
    assert [(row["product"], row["licenseType"], row["expiryDate"]) for row in rows] == [
        ("HPE OneView Advanced", "Permanent", None)
    ]
