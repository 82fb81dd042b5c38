# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What imports need on this array. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..._engine.table.attribute import CANNOT
from ..define import NOT_IN_NAMES, define
from ..formats import ADDRESS, IDENTIFIER, INSTANT
from ..timestamps import as_instant

FILE_IMPORT_INTERFACE = define(
    "file_import_interface",
    identity=("ip_address",),
    offer=("prefix_length", "gateway", "vlan_id", "ip_port_id"),
    format={"ip_address": ADDRESS, "gateway": ADDRESS, "ip_port_id": IDENTIFIER},
)

FILE_IMPORT_SESSION = define(
    "file_import_session",
    key_without=NOT_IN_NAMES,
    offer=(
        "description",
        "remote_system",
        "source",
        "source_interface",
        "import_interface",
        "protection_policy",
        "scheduled_timestamp",
        "source_smb_admin_username",
        "source_smb_admin_password",
        "source_dhsm_username",
        "source_dhsm_password",
        "cta_admin_username",
        "cta_admin_password",
    ),
    names={"source": "source_resource_id", "import_interface": "import_file_interface_id"},
    format={"scheduled_timestamp": INSTANT},
    normalize={"scheduled_timestamp": as_instant},
    clear=dict.fromkeys(
        (
            *("import_interface", "source_interface", "scheduled_timestamp"),
            *("source_smb_admin_password", "source_dhsm_password", "cta_admin_password"),
        ),
        CANNOT,
    ),
    belongs_to={
        "source_smb_admin_password": ("source_smb_admin_username",),
        "source_dhsm_password": ("source_dhsm_username",),
        "cta_admin_password": ("cta_admin_username",),
    },
    reads=(
        "state",
        "current_operation",
        "current_operation_progress_percentage",
        "estimated_completion_timestamp",
        "last_update_timestamp",
        "nas_server_id",
        "destination_resource_id",
        "destination_resource_type",
        "error",
    ),
)
