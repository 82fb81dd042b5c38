# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users. Source: PowerStore REST API 4.0, 4.1, local_user."""

from __future__ import annotations

from ..define import define

LOCAL_USER = define(
    "local_user",
    title="user",
    offer=("role", "is_locked", "is_mfa_bypass", "user_password"),
    names={"user_password": "password"},
    default={"is_locked": False},
    parameters=("current_password",),
    update_secrets="update_password",
    secret_tests=("when_different",),
    reads=("is_built_in", "is_default_password"),
)
