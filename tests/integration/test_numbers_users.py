# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a user costs the array."""

from __future__ import annotations

from collections import Counter

from .conftest import Player
from .counting import Counting, count

MODULE = "jobwise.appliance.local_user"
USER = {"name": "night.shift", "role": "Operator", "user_password": "Sup3r!secret1"}
READ = Counter({"GET local_user": 1, "GET role": 1, "POST logout": 1})


def test_create_then_converged_then_changed(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, MODULE, USER)
    assert created.pop("job read") >= 1 and created.pop("job look-up") == 1
    assert created == READ + Counter({"POST local_user": 1, "GET local_user": 1})
    assert count(counting, newest, route, MODULE, USER) == READ
    other = {**USER, "role": "Administrator", "is_locked": True, "user_password": "Sup3r!secret2"}
    changed = count(counting, newest, route, MODULE, {**other, "update_password": "always"})
    assert changed.pop("job read") >= 1
    assert changed == READ + Counter({"job look-up": 1, "PATCH local_user": 1, "GET local_user": 1})
    assert count(counting, newest, route, MODULE, {**USER, "state": "absent"}, "--check")["GET local_user"] == 1
