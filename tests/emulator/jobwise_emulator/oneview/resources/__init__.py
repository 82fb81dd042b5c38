# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The categories of resources, each with its rules. ``KINDS`` and ``TABLES`` are all of them."""

from __future__ import annotations

from jobwise_emulator.oneview import crud
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.resources import (
    alerts,
    appliance,
    backups,
    certificates,
    hardware,
    licenses,
    network_bulk,
    networks,
    profiles,
    roles,
    scopes,
    sessions,
    snapshots,
    storage,
    task_list,
    users,
    volumes,
)

PLAIN: tuple[Kind, ...] = (*networks.KINDS, hardware.GROUPS, scopes.KIND)
READ: tuple[Kind, ...] = (hardware.ENCLOSURES, licenses.KIND)
WITH_RULES: tuple[Kind, ...] = (
    *(users.KIND, networks.TEMPLATE, hardware.HARDWARE, hardware.TYPES),
    *(*profiles.KINDS, *backups.KINDS, *certificates.KINDS, *appliance.KINDS),
    *(*storage.KINDS, *volumes.KINDS, alerts.KIND),
)
KINDS: dict[str, Kind] = {kind.path: kind for kind in (*PLAIN, *READ, *WITH_RULES)}
TABLES: list[crud.Routes] = [
    *(module.ROUTES for module in (sessions, users, task_list, networks, hardware, profiles, backups)),
    *(module.ROUTES for module in (scopes, certificates, appliance, storage, volumes)),
    *(module.ROUTES for module in (roles, network_bulk, snapshots, alerts)),
    *(crud.routes(kind) for kind in PLAIN),
    *(crud.reading(kind) for kind in READ),
]
