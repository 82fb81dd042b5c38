# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recycle bin. Source: PowerStore REST API 4.0, 4.1, recycle_bin_config."""

from __future__ import annotations

from ..._engine.table.resource_type import SINGLETON
from ..define import define

RECYCLE_BIN_CONFIG = define(
    "recycle_bin_config", title="recycle bin settings", kind=SINGLETON, offer=("expiration_duration",)
)
