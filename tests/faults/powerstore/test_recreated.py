# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one array was gathered into makes an empty one the same, as far as a document says."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

TASK = powerstore_config.TASK
SECRET = "Sup3r!secret1"
EMPTY = (
    "policy",
    "snapshot_rule",
    "io_limit_rule",
    "host",
    "host_group",
    "storage_container",
    "volume",
    "volume_group",
)
MORE: dict[str, t.Any] = {
    "replication_rule": [{"name": "there", "remote_system": "remote1", "rpo": "One_Hour", "alert_threshold": 30}],
    "protection_policy": [{"name": "far", "snapshot_rules": ["hourly"], "replication_rules": ["there"]}],
    "host": [
        {
            "name": "alone",
            "os_type": "Linux",
            "initiators": [{"port_name": "10:00:00:90:fa:13:81:80", "port_type": "FC"}],
        }
    ],
    "storage_container": [{"name": "small", "quota": "20 GiB", "storage_protocol": "NVMe"}],
    "volume": [
        {
            "name": "name:odd",
            "size": 1056768,
            "description": "{{ 1 + 1 }}: yes # no",
            "app_type": "Healthcare_Other",
            "app_type_other": "Ward 7",
            "node_affinity": "Preferred_Node_B",
            "mapped_hosts": [{"host": "alone", "logical_unit_number": 0}],
            "mapped_host_groups": [{"host_group": "esx-cluster", "logical_unit_number": 7}],
            "qos_performance_policy": "bronze-qos",
        }
    ],
    "volume_group": [{"name": "odds", "volumes": ["name:name:odd"], "is_write_order_consistent": False}],
    "dns": {"addresses": ["192.0.2.7", "2001:db8::1"]},
    "recycle_bin_config": {"expiration_duration": 0},
}


def succeeded(run: Runner, **options: t.Any) -> dict[str, t.Any]:
    result = run(TASK, **options)
    assert not result.get("failed"), result["msg"]
    return result


def test_an_empty_array_becomes_the_same(run: Runner) -> None:
    succeeded(run, config=MORE)
    found = succeeded(run, state="gathered")
    document = found["gathered"]
    volume = next(one for one in document["volume"] if one["name"] == "name:odd")
    assert volume["size"] == "1032 KiB" and volume["mapped_hosts"] == MORE["volume"][0]["mapped_hosts"]
    users = [{**user, "user_password": SECRET} for user in document["local_user"]]
    seed: dict[str, t.Any] = {name: [] for name in (*EMPTY, "users")}
    with Emulator(speed=50, seed=seed) as empty:
        other = Runner(empty)
        made = succeeded(other, config={**document, "local_user": users})
        assert made["counts"]["changed"] > 30 and made["deletions"] == 0
        again = succeeded(other, state="gathered")
        assert again["gathered"] == document
        assert not succeeded(other, config=document)["changed"]
