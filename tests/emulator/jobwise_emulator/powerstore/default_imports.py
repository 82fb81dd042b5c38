# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed of what can be imported: remote systems, their volumes and consistency groups, and hosts.

``unity1`` has ``lun01`` to ``lun12`` (three of them in group ``cg01``), ``sc1`` has ``scvol01`` to ``scvol03``,
``unity1`` has NAS servers, too. ``uni1`` has ``uvol01`` and ``uvol02``, ``remote1`` is another PowerStore.
"""

from __future__ import annotations

import uuid

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore import default_file_imports

GIB = 1024**3
DISCOVERED = "2026-01-05T08:00:00.000+00:00"
READY, AGENTLESS = "Ready", "Ready_For_Agentless_Import"

UNITY: dict[str, tuple[int, str]] = {
    **{f"lun{number:02}": (10 * number, READY) for number in range(1, 5)},
    **{f"lun{number:02}": (20, AGENTLESS) for number in range(5, 8)},
    "lun08": (30, "Host_Not_Added"),
    "lun09": (40, "Imported"),
    **{f"lun{number:02}": (8, READY) for number in range(10, 13)},
}
GROUPED = ("lun10", "lun11", "lun12")
STORAGE_CENTER = {"scvol01": (15, READY), "scvol02": (25, AGENTLESS), "scvol03": (5, AGENTLESS)}


def key(name: str) -> str:
    """The id of a built-in object, the same at every start."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"jobwise/import/{name}"))


def wwn(number: int) -> str:
    """A world wide name of an external volume."""
    return f"naa.6006016{number:025x}"


def remote_systems() -> list[Json]:
    """One remote system of each kind that tests need; ``remote1`` is for replication and metro."""
    external = {"data_connection_type": "iSCSI", "user_name": "importer"}
    return [
        {"id": key(name), "name": name, "description": text, "management_address": address, "type": kind, **more}
        for name, text, address, kind, more in (
            ("unity1", "Unity to be replaced", "192.0.2.11", "Unity", {**external, "iscsi_addresses": ["192.0.2.21"]}),
            ("sc1", "Storage Center", "192.0.2.12", "Storage_Center", {**external, "iscsi_addresses": ["192.0.2.22"]}),
            ("uni1", "another vendor", "192.0.2.13", "Universal", {**external, "iscsi_addresses": ["192.0.2.23"]}),
            ("remote1", "second site", "192.0.2.14", "PowerStore", {"data_network_latency": "Low"}),
        )
    ]


def unity() -> Json:
    """The array, volumes and group of ``unity1``."""
    array = {"import_unity_id": key("unity1")}
    return {
        "import_unity": [
            {
                "id": key("unity1"),
                "name": "unity1",
                "management_address": "192.0.2.11",
                "model": "Unity 400",
                "software_version": "5.3.0",
                "api_version": "12.0",
                "health": "Ok",
                "user_name": "importer",
                "serial_number": "EMUUNITY01",
                "last_updated_timestamp": DISCOVERED,
                "supported_import_type": "Non_Disruptive_And_Agentless",
            }
        ],
        "import_unity_consistency_group": [
            {"id": key("cg01"), "name": "cg01", "importable_criteria": READY, **array},
            {"id": key("cg02"), "name": "cg02", "importable_criteria": "No_Members", **array},
            {"id": key("cg03"), "name": "cg03", "importable_criteria": AGENTLESS, **array},
        ],
        "import_unity_volume": [
            *[
                unity_volume(place, name, size, criteria, "cg01" if name in GROUPED else "")
                for place, (name, (size, criteria)) in enumerate(UNITY.items(), start=1)
            ],
            *[unity_volume(20 + number, f"cg03-lun{number}", 4, AGENTLESS, "cg03") for number in (1, 2)],
        ],
    }


def unity_volume(number: int, name: str, gib: int, criteria: str, group: str) -> Json:
    """One volume of ``unity1``."""
    return {
        "id": key(name),
        "name": name,
        "wwn": wwn(number),
        "size": gib * GIB,
        "import_unity_id": key("unity1"),
        "import_unity_consistency_group_id": key(group) if group else None,
        "health": "Ok",
        "type": "Generic_Storage" if group else "Standalone",
        "migration_state": "Source_Migration_Completed" if criteria == "Imported" else "Normal",
        "is_replication_destination": False,
        "is_thin_clone": False,
        "importable_criteria": criteria,
        "host_volume_ids": [],
    }


def storage_center() -> Json:
    """The array and volumes of ``sc1``, with a group of two."""
    array = {"import_storage_center_id": key("sc1")}
    group = {
        "import_storage_center_consistency_group_id": key("sccg01"),
        "import_storage_center_consistency_group_names": ["sccg01"],
    }
    return {
        "import_storage_center": [
            {
                "id": key("sc1"),
                "name": "sc1",
                "management_address": "192.0.2.12",
                "user_name": "importer",
                "model": "SC5020",
                "serial_number": 640001,
                "api_version": "5.3",
                "status": "Up",
                "last_update_time": DISCOVERED,
                "supported_import_type": "Non_Disruptive_And_Agentless",
            }
        ],
        "import_storage_center_consistency_group": [
            {"id": key("sccg01"), "name": "sccg01", "importable_criteria": AGENTLESS, **array}
        ],
        "import_storage_center_volume": [
            {
                "id": key(name),
                "name": name,
                "wwn": wwn(100 + place),
                "size": gib * GIB,
                "health": "Up",
                "is_active": True,
                "migration_state": "Not_Applicable",
                "is_read_only": False,
                "importable_criteria": criteria,
                "host_volume_ids": [],
                **array,
                **(group if place else {"import_storage_center_consistency_group_names": []}),
            }
            for place, (name, (gib, criteria)) in enumerate(STORAGE_CENTER.items())
        ],
    }


def universal() -> Json:
    """The volumes of ``uni1``; the second has no name yet, as a discovery leaves it, and is in a group."""
    return {
        "import_universal_consistency_group": [
            {
                "id": key("unicg01"),
                "name": "unicg01",
                "remote_system_id": key("uni1"),
                "importable_criteria": AGENTLESS,
            }
        ],
        "import_universal_volume": [
            {
                "id": key(f"uvol{number:02}"),
                "name": "uvol01" if number == 1 else None,
                "wwn": wwn(200 + number),
                "size": 12 * GIB,
                "block_size": "512_Bytes",
                "remote_system_id": key("uni1"),
                "importable_criteria": AGENTLESS,
                "import_universal_consistency_group_id": key("unicg01") if number == 2 else None,
            }
            for number in (1, 2)
        ],
    }


def hosts() -> Json:
    """Three hosts, two of them in a group."""
    return {
        "host_group": [{"name": "esx-cluster", "host_connectivity": "Local_Only"}],
        "host": [
            {
                "name": name,
                "type": "External",
                "os_type": system,
                "host_connectivity": "Local_Only",
                "host_group_id": group,
                "host_initiators": [{"port_name": f"iqn.2026-01.com.example:{name}", "port_type": "iSCSI"}],
            }
            for name, system, group in (
                ("linux01", "Linux", None),
                ("esx01", "ESXi", "name:esx-cluster"),
                ("esx02", "ESXi", "name:esx-cluster"),
            )
        ],
    }


def built_in() -> Json:
    """Everything of this file; ``lun13`` is there to be discovered."""
    found = {**unity_volume(13, "lun13", 16, READY, "")}
    found.pop("id")
    return {
        "remote_system": remote_systems(),
        **unity(),
        **storage_center(),
        **universal(),
        **hosts(),
        "file_import_nas_server": default_file_imports.sources(key("unity1")),
        "settings": {"discoverable": {"unity1": {"import_unity_volume": [found]}}},
    }
