# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions of types that people rarely touch: virtual machines, hosts and volumes to import, archives, the license.

Source: PowerStore REST 4.0, virtual_machine, virtual_volume, import_host_system, import_universal_consistency_group,
discovered_appliance, keystore_archive, metrics_archive, license. A source of an import may have no snapshot schedules;
the array then answers 204. What an action has asked of a host or another appliance shows nowhere in the API. That the
volumes of a group belong to its remote system is an assumption, and its code is made up.
"""

from __future__ import annotations

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call, Check, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect

VOLUME, GROUP = "import_universal_volume", "import_universal_consistency_group_id"


def nothing_to_see(call: Call) -> Effect:
    """The action asks somebody outside of the array; it ends well."""
    return lambda: None


def snapshot_machine(call: Call) -> Effect:
    """A snapshot of a virtual machine is a virtual machine of type Snapshot, whose parent it is."""

    def take() -> Json:
        world, machine = call.world, call.target
        name = call.body.get("name") or f"{machine['name']}.{iso(world.clock.now())}"
        entry = world.new("virtual_machine", name=name, type="Snapshot", parent_id=machine["id"])
        world.store.add("virtual_machine", entry)
        return {"id": entry["id"]}

    return take


def members(adds: bool) -> Check:
    """Add volumes to a group, or remove them from it."""

    def check(call: Call) -> Effect:
        volumes = [call.world.find(VOLUME, key) for key in call.body["import_universal_volume_ids"]]
        for volume in volumes:
            if volume["remote_system_id"] != call.target["remote_system_id"]:
                raise Refused(422, "0xE0B110010010", f"Volume {volume['name']} is on another remote system.")
            if not adds and volume[GROUP] != call.target["id"]:
                raise Refused(422, "0xE0B110010011", f"Volume {volume['name']} is not in the group.")

        def change() -> None:
            for volume in volumes:
                volume[GROUP] = call.target["id"] if adds else None

        return change

    return check


def make_keystore(call: Call) -> Effect:
    """A new archive of the keys can be downloaded."""
    return lambda: {"download_uri": "/download/keystore_archive"}


def make_metrics(call: Call) -> Effect:
    """A new archive of metrics."""

    def make() -> Json:
        entry = call.world.new("metrics_archive", name=f"metrics-{iso(call.world.clock.now())}")
        call.world.store.add("metrics_archive", entry)
        return {"ids": [entry["id"]]}

    return make


SCHEDULES = {
    **{f"import_{name}": "import_snapshot_schedules" for name in ("netapp_volume", "psgroup_volume")},
    **{f"import_{name}": "import_snapshot_schedules" for name in ("unity_volume", "unity_consistency_group")},
    **{f"import_{name}": "import_snapshot_schedules" for name in ("xtremio_volume", "xtremio_consistency_group")},
    **{f"import_storage_center_{name}": "import_snapshot_profiles" for name in ("volume", "consistency_group")},
    "import_vmax_storage_group": "import_snapshot_policy",
}

RULES = {
    **{kind: Rules(checks={action: nothing_to_see}) for kind, action in SCHEDULES.items()},
    "discovered_appliance": Rules(checks={"update_software": nothing_to_see}),
    "import_host_system": Rules(checks={"refresh": nothing_to_see}),
    "import_universal_consistency_group": Rules(
        checks={"add_members": members(True), "remove_members": members(False)}
    ),
    "keystore_archive": Rules(checks={"regenerate": make_keystore}),
    "license": Rules(checks={"extend_trial": nothing_to_see, "retrieve": nothing_to_see}),
    "metrics_archive": Rules(checks={"generate": make_metrics}),
    "virtual_machine": Rules(checks={"snapshot": snapshot_machine}),
    "virtual_volume": Rules(checks={"detach": nothing_to_see}),
}
