# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shipped playbooks for file services, called by their names in the collection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Player, writes
from .test_playbooks import play


@pytest.fixture
def nas(newest: Player) -> Player:
    """An array with a NAS server that exports the file system home."""
    change = newest.emulator.change
    change("nas_server", create={"name": "nas01"})
    change("nfs_server", create={"nas_server_id": "name:nas01", "is_nfsv3_enabled": True})
    system = {"name": "home", "nas_server_id": "name:nas01", "size_total": 10 << 30, "filesystem_type": "Primary"}
    change("file_system", create=system)
    change("nfs_export", create={"name": "home", "file_system_id": "name:home", "path": "/home"})
    return newest


def test_an_export_follows_a_group_of_the_inventory(nas: Player, tmp_path: Path) -> None:
    inventory = tmp_path / "hosts.json"
    hosts = {"a": {"ansible_host": "192.0.2.1"}, "b": {"ansible_host": "10.0.0.2", "nfs_address": "192.0.2.2"}, "c": {}}
    inventory.write_text(json.dumps({"web": {"hosts": hosts}, "nobody": {}}), encoding="utf-8")
    known = ("-i", str(inventory), "-e", "nas_server=nas01", "-e", "export=home", "-e")
    none = play(nas, "powerstore_export_hosts", *known, "clients=nobody")
    assert none.returncode == 2 and "An empty list would shut out everybody" in none.output, none.output
    checked = play(nas, "powerstore_export_hosts", *known, "clients=web", "--check", "--diff")
    assert checked.returncode == 0 and "+    - 192.0.2.2" in checked.output, checked.output
    assert writes(nas.emulator) == []
    done = play(nas, "powerstore_export_hosts", *known, "clients=web")
    assert "changed=1" in done.output, done.output
    assert writes(nas.emulator)[-1]["request"] == {"add_read_write_hosts": ["192.0.2.1", "192.0.2.2", "c"]}


def test_testers_get_a_copy_that_they_can_only_read(nas: Player) -> None:
    options = {"nas_server": "nas01", "source": "home", "copy": "home-test", "test_hosts": "192.0.2.40, 192.0.2.41"}
    known = ("-e", json.dumps(options))
    checked = play(nas, "powerstore_file_clone", *known, "--check")
    assert checked.returncode == 0 and "changed=1" in checked.output, checked.output
    assert writes(nas.emulator) == []
    assert "changed=2" in play(nas, "powerstore_file_clone", *known).output
    export = writes(nas.emulator)[-1]["request"]
    assert (export["default_access"], export["read_only_hosts"]) == ("No_Access", ["192.0.2.40", "192.0.2.41"])
    assert "changed=0" in play(nas, "powerstore_file_clone", *known).output
    renewed = play(nas, "powerstore_file_clone", *known, "-e", "renew=true")
    assert renewed.returncode == 0 and "changed=4" in renewed.output, renewed.output


def test_home_directories_come_and_go(newest: Player) -> None:
    secrets = {"domain_password": "Password123!", "local_admin_password": "L0cal!Admin9"}
    known = ("-vv", "-e", json.dumps({"domain_user": "joiner", **secrets}))
    first = play(newest, "powerstore_home_directories", *known)
    assert first.returncode == 0 and "changed=1" in first.output, first.output
    asked = [(one["method"], one["path"].split("/rest/")[1].split("/")[0]) for one in writes(newest.emulator)]
    made = [type_ for method, type_ in asked if method == "POST"]
    assert made.index("nas_server") < made.index("smb_server") < made.index("smb_share"), made
    assert "changed=0" in play(newest, "powerstore_home_directories", *known).output
    gone = play(newest, "powerstore_home_directories", *known, "-e", "powerstore_file_services_remove=true")
    assert gone.returncode == 0 and "changed=1" in gone.output, gone.output
    assert [one["path"].split("/rest/")[1].split("/")[0] for one in writes(newest.emulator)][-1] == "nas_server"
    assert not any(secret in first.output + gone.output for secret in secrets.values())
