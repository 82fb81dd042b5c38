# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start the emulator: ``python -m jobwise_emulator --help``."""

from __future__ import annotations

import sys

from jobwise_emulator.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
