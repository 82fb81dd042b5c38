# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins for NDMP. Source: PowerStore REST 4.0, file_ndmp, nas_server (is_production_mode_enabled)."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import Rules
from jobwise_emulator.powerstore.resources.file_services import not_at_destination

check = not_at_destination()

RULES = {"file_ndmp": Rules(before={"create": check, "modify": check, "delete": check})}
