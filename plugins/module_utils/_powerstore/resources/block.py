# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Block storage: volume groups, volumes, and storage containers. `copies` has their snapshots and clones.

Source: PowerStore REST API 4.0, 4.1.
"""

from __future__ import annotations

import typing as t

from ..._engine.lookup.references import Ref
from ..._engine.options.rules import Requires
from ..._engine.table.attribute import CANNOT, EMPTY_TEXT, GROW, ONLY_FALSE, Membership
from ..._engine.table.lists import Action, Item, List
from ..._engine.table.resource_type import EXISTING, Dependents
from ..define import LIVE, NOT_IN_NAMES, REFERRED_KINDS, define
from ..formats import (
    PERFORMANCE_LEVELS,
    PERFORMANCE_POLICY,
    QUOTA,
    SERVER_NAME,
    SIZE,
    THUMBPRINT,
    as_node_affinity,
)
from .applications import OtherApplication
from .mappings import mapped_to

VOLUMES = Ref("volume", REFERRED_KINDS["volume"])
"""What the members of a group refer to."""

SNAPSHOT_SETS = Dependents(
    option="snapshot_sets",
    type="volume_group",
    filters={"type": "eq.Snapshot"},
    by="protection_data->>parent_id",
    select="id,name,protection_data",
    noun="snapshot set",
)
"""The array deletes the snapshot sets of a group with the group."""

VOLUME_GROUP = define(
    "volume_group",
    kinds=LIVE,
    key_without=NOT_IN_NAMES,
    offer=(
        "description",
        "is_write_order_consistent",
        "is_replication_destination",
        "protection_policy",
        "qos_performance_policy",
    ),
    one_way={"is_replication_destination": ONLY_FALSE},
    lists=(
        List(
            "volumes",
            api_name="volume_ids",
            read="volumes[]",
            item=Item("volume", ref=VOLUMES),
            channel=Action("add_members", "remove_members", api_name="volume_ids", create="volume_ids"),
            deleted_by="delete_members",
        ),
    ),
    parameters=("force", "delete_members", "immediate"),
    dependents=(SNAPSHOT_SETS,),
    rules=(Requires("force", "protection_policy", ("",)),),
    reads=("creation_timestamp", "is_protectable", "is_importing"),
)

SNAPSHOTS = Dependents(
    option="snapshots",
    type="volume",
    filters={"type": "eq.Snapshot"},
    by="protection_data->>parent_id",
    select="id,name,protection_data,volume_groups(id,name),mapped_volumes(id)",
    noun="snapshot",
    part_of={"volume_groups": "volume_group"},
)
"""The array deletes the snapshots of a volume with the volume. Its clones stay."""

VOLUME = define(
    "volume",
    kinds=LIVE,
    offer=(
        "description",
        "size",
        "min_size",
        "sector_size",
        "appliance",
        "volume_group",
        "app_type",
        "app_type_other",
        "performance_policy",
        "protection_policy",
        "qos_performance_policy",
        "node_affinity",
        "is_replication_destination",
    ),
    read={"volume_group": "volume_groups[0]"},
    membership={"volume_group": Membership("add_members", "remove_members", "volume_ids")},
    clear={"volume_group": EMPTY_TEXT},
    format={"size": SIZE, "min_size": SIZE, "performance_policy": PERFORMANCE_POLICY},
    one_way={"size": GROW, "is_replication_destination": ONLY_FALSE},
    normalize={"node_affinity": as_node_affinity},
    default={"node_affinity": "System_Select_At_Attach"},
    choices={
        "node_affinity": ("System_Select_At_Attach", "Preferred_Node_A", "Preferred_Node_B"),
        "sector_size": (512, 4096),
        "performance_policy": PERFORMANCE_LEVELS,
    },
    lists=(mapped_to("host"), mapped_to("host_group")),
    parameters=("force", "immediate"),
    own_parameters=("recover",),
    dependents=(SNAPSHOTS,),
    rules=(Requires("force", "protection_policy", ("",)), Requires("recover", "state", ("present",))),
    state_rules=(OtherApplication(),),
    reads=(
        "wwn",
        "nguid",
        "nsid",
        "state",
        "logical_used",
        "creation_timestamp",
        "metro_replication_session_id",
        "migration_session_id",
    ),
)

NOT_IN_CONTAINERS = '/\\%"\u201c[]'
"""What the documents forbid in the name of a storage container. Of quotation marks, they show a typographic one."""

STORAGE_CONTAINER = define(
    "storage_container",
    key_without=NOT_IN_CONTAINERS,
    offer=("quota", "storage_protocol", "high_water_mark"),
    format={"quota": QUOTA},
    parameters=("force", "unmount"),
    dependents=(Dependents("virtual_volumes", "virtual volume", only_with="force"),),
)

STORAGE_CONTAINER_DESTINATION = define(
    "storage_container_destination",
    identity=("storage_container", "remote_system"),
    offer=("remote_storage_container", "remote_system", "storage_container"),
)

APPLIANCE = define("appliance", kind=EXISTING, reads=("service_tag", "model", "node_count"))


def _is_not_registered(vcenter: t.Any) -> bool:
    """Return whether the VASA provider must be registered in a vCenter, for the first time or again."""
    return bool(vcenter.get("vendor_provider_status") != "Online")


VCENTER = define(
    "vcenter",
    title="vCenter",
    identity=("address",),
    offer=(
        "vcenter_username",
        "vcenter_password",
        "is_verify_server_cert",
        "server_cert_thumbprint",
        "vasa_username",
        "vasa_password",
    ),
    names={
        "vcenter_username": "username",
        "vcenter_password": "password",
        "vasa_username": "vasa_provider_credentials.username",
        "vasa_password": "vasa_provider_credentials.password",
    },
    format={"address": SERVER_NAME, "server_cert_thumbprint": THUMBPRINT},
    clear={"vcenter_username": CANNOT, "server_cert_thumbprint": CANNOT},
    belongs_to={"vcenter_password": ("vcenter_username",), "server_cert_thumbprint": ("is_verify_server_cert",)},
    is_lacking=dict.fromkeys(("vasa_username", "vasa_password"), _is_not_registered),
    parameters=("delete_vendor_provider",),
    reads=("instance_uuid", "vendor_provider_status", "version"),
)
