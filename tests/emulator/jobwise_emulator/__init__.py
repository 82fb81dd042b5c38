# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The appliances as one program, for tests: ``python -m jobwise_emulator --platform powerstore --state-dir DIR``.

A test double with a contract: it refuses what the real appliances refuse. See README.md in this folder.
"""
