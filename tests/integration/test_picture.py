# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The picture of the landing page shows what a run prints today."""

from __future__ import annotations

from tests.picture import PICTURE, picture


def test_the_picture_is_up_to_date() -> None:
    """If it fails: .venv/bin/python -m tests.picture."""
    assert PICTURE.read_text(encoding="utf-8") == picture()
