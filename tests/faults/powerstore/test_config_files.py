# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents of file services. Names are unique in a NAS server only, which items may name in several ways."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import file_dns, file_system
from ansible_collections.jobwise.appliance.plugins.modules.powerstore_config import TASK
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Document = t.Dict[str, t.Any]

SYSTEM: Document = {"name": "data", "size": "10 GiB"}
EXPORT: Document = {"name": "data", "file_system": "data", "path": "/data"}
DNS: Document = {"domain": "example.com", "ip_addresses": ["192.0.2.1"]}


def server(emulator: Emulator, name: str) -> str:
    """Return the id of a new NAS server that can have exports."""
    key = str(emulator.change("nas_server", create={"name": name})["id"])
    emulator.change("nfs_server", create={"nas_server_id": key, "is_nfsv3_enabled": True})
    return key


def brought(run: Runner, config: Document) -> Document:
    """Return the result of a document that does what its check has shown, and nothing the second time."""
    foreseen, done, again = (run(TASK, config=config, check=check) for check in (True, False, False))
    assert not done.get("failed"), done["msg"]
    assert (foreseen["plan"], foreseen["diff"]) == (done["plan"], done["diff"])
    assert not again.get("failed") and not again["changed"], again
    return done


def test_a_server_by_its_name_in_one_item_and_by_its_id_in_another(run: Runner, emulator: Emulator) -> None:
    nas1, nas2 = server(emulator, "nas1"), server(emulator, "nas2")
    config: Document = {
        "file_system": [{**SYSTEM, "nas_server": "nas1"}, {**SYSTEM, "nas_server": nas2}],
        "nfs_export": [{**EXPORT, "nas_server": nas1}, {**EXPORT, "nas_server": "NAS2"}],
        "file_tree_quota": [{"path": "/projects", "file_system": "data", "nas_server": nas1, "hard_limit": "1 GiB"}],
    }
    assert brought(run, config)["counts"]["changed"] == 5
    config["nfs_export"].append({**EXPORT, "name": "more", "path": "/data/more", "nas_server": nas1})
    assert brought(run, config)["plan"] == ["create NFS export more"], "the file system is there, and is no second one"


def test_two_items_for_one_object(run: Runner, emulator: Emulator) -> None:
    """Whether it is there or not."""
    nas1 = server(emulator, "nas1")
    config: Document = {
        "file_system": [{**SYSTEM, "nas_server": nas1}, {**SYSTEM, "name": "Data", "nas_server": "NAS1"}],
        "nfs_export": [{**EXPORT, "nas_server": "nas1"}],
        "file_dns": [{**DNS, "nas_server": "nas1"}, {**DNS, "nas_server": nas1}],
    }
    for dummy in range(2):
        wrong = run(TASK, config=config)
        assert [one["message"].partition(" both ")[2] for one in wrong["mistakes"]] == [
            "describe the same DNS of NAS server. Put their options into one item.",
            "describe the same file system. Put their options into one item.",
        ], wrong
        emulator.change("file_system", create={"name": "data", "nas_server_id": nas1, "filesystem_type": "Primary"})


def test_objects_of_one_name_are_made_at_the_same_time(run: Runner, emulator: Emulator) -> None:
    """The running job of one is not that of the other, although it has the same name."""
    servers = [server(emulator, f"nas{number}") for number in range(2)]
    emulator.fault("job_slow", "POST", "file_system", seconds=0.5)
    emulator.fault("job_slow", "POST", "nfs_export", seconds=1.5)
    config = {
        "file_system": [{**SYSTEM, "nas_server": one} for one in servers],
        "nfs_export": [{**EXPORT, "nas_server": one} for one in servers],
    }
    assert brought(run, config)["counts"]["changed"] == 4


def test_a_job_of_others_that_makes_an_object_of_this_name_elsewhere(run: Runner, emulator: Emulator) -> None:
    """Their job ends, and the task makes its own object."""
    nas1, nas2 = server(emulator, "nas1"), server(emulator, "nas2")
    request = {"name": "data", "nas_server_id": nas2, "size_total": 10 << 30}
    emulator.job("file_system", "create", resource_name="data", seconds=1, request=request)
    done = run(file_system.TASK, **SYSTEM, nas_server="nas1")
    assert done["changed"] and done["resource"]["nas_server"]["id"] == nas1, done
    emulator.job("file_dns", "create", seconds=1, request={**DNS, "nas_server_id": nas2})
    done = run(file_dns.TASK, **DNS, nas_server="nas1")
    assert done["changed"] and done["resource"]["nas_server"]["id"] == nas1, done


def test_a_whole_service_comes_and_goes(run: Runner) -> None:
    """Files are uploaded to a new server, and later only the one that differs. What the array deletes with a server or
    with a file system is no step of its own: a directory that a server uses cannot be deleted before it."""
    files = {"passwd": "lee:x:2001:2001::/:/bin/false", "hosts": "192.0.2.9 dc1"}
    places: Document = {
        "nas_server": [{"name": "nas1", "current_unix_directory_service": "NIS"}, {"name": "nas2"}],
        "file_interface": [{"nas_server": "nas1", "ip_address": "192.0.2.10"}],
        "file_dns": [{"nas_server": "nas1"}],
        "file_nis": [{"nas_server": "nas1"}],
        "nfs_server": [{"nas_server": name} for name in ("nas1", "nas2")],
        "file_system": [{"name": "data", "nas_server": name} for name in ("nas1", "nas2")],
        "nfs_export": [{"name": "data", "nas_server": name} for name in ("nas1", "nas2")],
        "file_tree_quota": [{"path": "/projects", "file_system": "data", "nas_server": "nas1"}],
    }
    more: Document = {
        "file_interface": {"prefix_length": 24},
        "file_dns": DNS,
        "file_nis": DNS,
        "nfs_server": {"is_nfsv3_enabled": True},
        "file_system": SYSTEM,
        "nfs_export": EXPORT,
        "file_tree_quota": {"hard_limit": "1 GiB"},
    }
    config = {type_: [{**one, **more.get(type_, {})} for one in items] for type_, items in places.items()}
    config["nas_server"][0].update(files)
    plan = brought(run, config)["plan"]
    assert plan[:3] == [
        "create NAS server nas1",
        "upload passwd to NAS server nas1",
        "upload hosts to NAS server nas1",
    ]
    config["nas_server"][0]["passwd"] = "kim:x:2002:2002::/:/bin/false"
    assert brought(run, config)["plan"] == ["upload passwd to NAS server nas1"]
    gone = {type_: [{**one, "state": "absent"} for one in items] for type_, items in places.items()}
    done = brought(run, gone)
    assert [re.sub(r" \(PROD.*", "", sentence) for sentence in done["plan"]] == [
        "8 deletions",
        "delete NFS export data (nas1)",
        "delete file system data (nas1)",
        "delete NFS server nas1",
        "delete NAS server nas1 with its file interface",
        "delete NFS export data (nas2)",
        "delete file system data (nas2)",
        "delete NFS server nas2",
        "delete NAS server nas2",
    ]


def test_files_of_several_servers_go_to_the_right_ones(run: Runner, emulator: Emulator) -> None:
    """An upload follows the creation in the same item, while other items create objects of this type."""
    for seconds in (0.6, 0.2):
        emulator.fault("job_slow", "POST", "file_ldap", seconds=seconds)
    options = {"base_dn": "dc=x", "addresses": ["192.0.2.1"], "port_number": 389, "authentication_type": "Anonymous"}
    config: Document = {
        "file_ldap": [{**options, "nas_server": server(emulator, name), "config": name} for name in ("nas1", "nas2")]
    }
    done = brought(run, config)
    assert [sentence.partition(" ")[0] for sentence in done["plan"]] == ["create", "upload"] * 2, done["plan"]
    config["file_ldap"][1]["config"] = "other"
    assert len(brought(run, config)["plan"]) == 1


def test_a_server_stops_using_what_is_removed(run: Runner, emulator: Emulator) -> None:
    """Otherwise the array keeps a directory. What a document does not list goes as well."""
    nas1 = server(emulator, "nas1")
    config: Document = {
        "nfs_server": [{"nas_server": nas1}],
        "nas_server": [{"name": "nas1", "current_unix_directory_service": "NIS"}],
        "file_nis": [{**DNS, "nas_server": nas1}],
        "file_dns": [{**DNS, "nas_server": nas1}],
    }
    brought(run, config)
    config["nas_server"][0]["current_unix_directory_service"] = "None"
    for type_ in ("file_nis", "file_dns"):
        config[type_][0]["state"] = "absent"
    assert brought(run, config)["plan"] == [
        "2 deletions",
        "change current_unix_directory_service of NAS server nas1",
        "delete DNS of NAS server nas1",
        "delete NIS of NAS server nas1",
    ]
    everything: Document = {"nas_server": [], "file_dns": [], "file_interface": []}
    done = run(TASK, config=everything, state="overridden", only_types=list(everything), max_deletions=5)
    assert done["plan"] == ["1 deletion", "delete NAS server nas1"], done


def test_gathered_objects_are_sorted_by_what_identifies_them(run: Runner, emulator: Emulator) -> None:
    """Objects that were made anew have other ids, and the file must not differ for that."""
    servers = [server(emulator, f"nas{number}") for number in (3, 1, 4, 2, 5)]
    config: Document = {
        "file_dns": [{**DNS, "nas_server": one} for one in servers],
        "file_system": [{**SYSTEM, "nas_server": one} for one in servers],
        "file_tree_quota": [{"path": "/a", "file_system": "data", "nas_server": one} for one in servers],
    }
    made = run(TASK, config=config)
    assert not made.get("failed"), made["msg"]
    found = run(TASK, state="gathered", only_types=list(config))["gathered"]
    for type_, items in found.items():
        assert [item["nas_server"] for item in items] == ["nas1", "nas2", "nas3", "nas4", "nas5"], type_


def test_many_objects_are_read_as_lists(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """20 NAS servers, 200 file systems, 1,000 exports: one read of each type. Each server has the same names."""
    monkeypatch.undo()  # planning twice takes twice the time
    servers = [f"nas{number:02}" for number in range(20)]
    systems = [(name, f"fs{number}") for name in servers for number in range(10)]
    config: Document = {
        "nas_server": [{"name": name} for name in servers],
        "file_interface": [
            {"nas_server": name, "ip_address": f"192.0.2.{number + 1}", "prefix_length": 24}
            for number, name in enumerate(servers)
        ],
        "file_dns": [{**DNS, "nas_server": name} for name in servers],
        "file_system": [{**SYSTEM, "name": system, "nas_server": name} for name, system in systems],
        "nfs_export": [
            {
                "name": f"{system}-{number}",
                "nas_server": name,
                "file_system": system,
                "path": f"/{system}/{number}",
                "read_write_hosts": ["192.0.2.0/24"],
            }
            for name, system in systems
            for number in range(5)
        ],
    }
    document = tmp_path / "document.json"
    document.write_text(json.dumps(config), encoding="utf-8")
    with Emulator("powerstore", speed=20, arguments=("--seed", str(document))) as emulator:
        result = Runner(emulator)(TASK, config=config)
        asked = [one["path"].split("/rest/")[1] for one in emulator.requests()["requests"]]
    assert result["counts"] == {**dict.fromkeys(result["counts"], 0), "ok": 1260}, result
    assert sorted(asked) == sorted([*config, "logout"])
