# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for writing that go beyond the schema, one file per resource type or family (see ``Rules``).

Each file of this package that has ``RULES`` takes part; the others are what these share.
"""

from __future__ import annotations

import importlib
import pkgutil

from jobwise_emulator.powerstore.appliance_state import joined

FILES = [importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]

RULES = joined(file.RULES for file in FILES if hasattr(file, "RULES"))
