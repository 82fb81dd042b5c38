# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources of Deploy: each file has the rules of one and the paths that lead to them."""

from __future__ import annotations

from jobwise_emulator.ontap_select.resources import (
    appliance,
    backups,
    checks,
    clusters,
    credentials,
    deployment,
    hosts,
    licenses,
    node_networks,
    node_storage,
    nodes,
)
from jobwise_emulator.ontap_select.routes import Routes

TABLES: list[Routes] = [
    appliance.ROUTES,
    backups.ROUTES,
    checks.ROUTES,
    clusters.ROUTES,
    credentials.ROUTES,
    deployment.ROUTES,
    hosts.ROUTES,
    licenses.ROUTES,
    node_networks.ROUTES,
    node_storage.ROUTES,
    nodes.ROUTES,
]
