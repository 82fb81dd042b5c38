# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scripted Deploys on loopback for every test here."""

from __future__ import annotations

from tests.unit.http.fixtures import (
    authority,
    ca_path,
    context,
    no_settings_of_this_machine,
    start,
)
from tests.unit.ontap_select.scripted import deploy

__all__ = ["authority", "ca_path", "context", "deploy", "no_settings_of_this_machine", "start"]
