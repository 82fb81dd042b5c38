# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugins against emulated appliances, with the newest and the oldest ansible-core."""

from __future__ import annotations

import json
import subprocess
import typing as t
from pathlib import Path

import pytest
import trustme
import yaml

from jobwise_emulator.process import Emulator
from tests.playbook import PASSWORD

from .conftest import HERE, Player

VERSION, LOGIN, SCOPES = "/rest/version", "/rest/login-sessions", "/rest/scopes"
LISTS = ["/rest/server-hardware", "/rest/server-profiles", "/rest/index/resources"]
ONE_READ = [VERSION, LOGIN, *LISTS, SCOPES, LOGIN]


class Inventories:
    """Writes inventory files, and reads all of them in one process."""

    def __init__(self, player: Player, platform: str) -> None:
        self.player, self.platform = player, platform
        self.paths: list[Path] = []

    def add(self, **options: t.Any) -> int:
        """Write a file with these options, and return its place in what ``read`` returns."""
        path = self.player.folder / f"{len(self.paths)}.{self.platform}.yml"
        path.write_text(yaml.safe_dump({"plugin": f"jobwise.appliance.{self.platform}", **options}), encoding="utf-8")
        self.paths.append(path)
        return len(self.paths) - 1

    def read(self, **environment: str) -> list[dict[str, t.Any]]:
        done = subprocess.run(
            [self.player.core / "python", HERE / "inventories.py"],
            env={**self.player.environment, **environment},
            input=json.dumps([str(path) for path in self.paths]),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert PASSWORD not in done.stdout + done.stderr
        found: list[dict[str, t.Any]] = json.loads(done.stdout)
        return found


@pytest.fixture(params=["oneview", "ontap_select"])
def platform(request: pytest.FixtureRequest) -> str:
    """The appliance that is emulated."""
    return str(request.param)


@pytest.fixture
def inventories(player: Player, platform: str) -> Inventories:
    return Inventories(player, platform)


def paths(emulator: Emulator) -> list[str]:
    return [one["path"] for one in emulator.requests()["requests"]]


@pytest.mark.parametrize("platform", ["oneview"], indirect=True)
def test_servers(inventories: Inventories, emulator: Emulator) -> None:
    emulator.change("settings", set={"page_size": 4})
    emulator.change("scopes", create={"name": "Lab", "addedResourceUris": ["name:server-hardware/encl1, bay 2"]})
    emulator.change("scopes", name="Production", set={"addedResourceUris": ["name:server-profiles/web-01"]})
    whole = inventories.add(
        hostnames=["profile", "name"],
        compose={"ansible_host": "oneview_ilo_address", "ports": "oneview_bay + 1"},
        groups={"spare": "not oneview_profile"},
        keyed_groups=[{"key": "oneview_power", "prefix": "power"}, {"key": "oneview_scopes", "prefix": "scope"}],
        strict=True,
    )
    on = inventories.add(filters={"powerState": "On"})
    lab = inventories.add(scopes=["lab"], hostnames=["serial_number"])
    profiles = inventories.add(hosts="profiles", scopes=["Production"], username="{{ 'ad' ~ 'min' }}")
    found = inventories.read(ONEVIEW_PORT=str(emulator.port), ONEVIEW_TIMEOUT="")
    servers, groups = found[whole]["hosts"], found[whole]["groups"]
    assert sorted(servers) == ["dl01.example.com", "dl02.example.com", *(f"encl1-bay-{n}" for n in (2, 3, 4)), "web-01"]
    web = servers["web-01"]
    assert web["oneview_name"] == web["oneview_hardware"] == "encl1, bay 1" and web["oneview_profile"] == "web-01"
    assert web["oneview_template"] == "web" and web["oneview_enclosure"] == "encl1" and web["oneview_bay"] == 1
    assert web["oneview_hardware_type"] == "SY 480 Gen10 1" and web["oneview_enclosure_group"] == "EG1"
    assert web["ansible_host"] == web["oneview_ilo_addresses"][1] and web["oneview_ilo_addresses"][0].startswith("fe80")
    assert str(web["ports"]) == "2" and "web-01" not in groups["spare"] and len(groups["spare"]) == 5
    assert groups["power_On"] == ["web-01"] and groups["scope_Lab"] == ["encl1-bay-2"]
    assert (
        servers["encl1-bay-2"]["oneview_name"] == "encl1, bay 2"
        and servers["dl01.example.com"]["oneview_template"] is None
    )
    assert list(found[on]["hosts"]) == ["encl1-bay-1"]
    assert list(found[lab]["hosts"]) == [servers["encl1-bay-2"]["oneview_serial_number"]]
    assert list(found[profiles]["hosts"]) == ["web-01"]
    assert found[profiles]["hosts"]["web-01"]["oneview_power"] == "On"
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("platform", ["oneview"], indirect=True)
def test_mistakes_and_the_cache(inventories: Inventories, emulator: Emulator) -> None:
    cache = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(inventories.player.folder / "cache")}
    kept = inventories.add(**cache)
    other_ca = inventories.player.folder / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other_ca))
    for number in (1, 2):
        emulator.change("server-hardware", name=f"dl0{number}.example.com", set={"serialNumber": "SAME"})
    wrong: dict[str, dict[str, t.Any]] = {
        "oneview has no option usernme. Did you mean username?": {"usernme": "x", "strikt": True},
        "port takes a whole number, not 'x'. Value of hosts must be one of": {"port": "x", "hosts": "profile"},
        "username: 'nosuch' is undefined": {"username": "{{ nosuch }}"},
        "compose.a is no valid expression: 'oneview_name |'": {"compose": {"a": "oneview_name |"}},
        "keyed_groups[0].key is no valid expression": {"keyed_groups": [{"key": "a b"}]},
        "Could not set a for host": {"compose": {"a": "ilo_address"}, "strict": True},
        "scopes: the appliance has no scope Prod. It has Production.": {"scopes": ["production", "Prod"]},
        "dl01.example.com and dl02.example.com would all be the host SAME": {"hostnames": ["serial_number"]},
        "does not accept user admin": {"password": "Wrong-Passw0rd"},
        "is not trusted": {"ca_path": str(other_ca)},
        "does-not-exist.example does not exist": {"ca_path": "/does-not-exist.example"},
        "host takes a name or an address without scheme": {"host": "https://oneview.example.com"},
    }
    places = {inventories.add(**options): words for words, options in wrong.items()}
    again = inventories.add(**cache)
    inventories.paths[again] = inventories.paths[kept]
    found = inventories.read()
    for place, words in places.items():
        assert words in found[place].get("error", ""), (words, found[place])
    assert found[kept] == found[again] and len(found[kept]["hosts"]) == 6
    assert paths(emulator)[:7] == ONE_READ
    assert paths(emulator).count(LISTS[0]) == 4  # of the first file, and of three that failed after they had read
    assert paths(emulator).count(LOGIN) == 2 * 4 + 1 and not emulator.sessions()["open"]
    assert PASSWORD not in "".join(path.read_text() for path in (inventories.player.folder / "cache").iterdir())
    before = len(paths(emulator))
    inventories.paths = inventories.paths[:1]
    assert inventories.read() == found[:1] and len(paths(emulator)) == before
    assert "host is missing" in inventories.read(ONEVIEW_HOST="")[0]["error"]


@pytest.mark.parametrize("platform", ["ontap_select"], indirect=True)
def test_clusters_and_nodes(inventories: Inventories, emulator: Emulator) -> None:
    for number in (1, 2):
        emulator.change("host", create={"name": f"esx0{number}.example.com", "hypervisor_type": "ESX"})
    nodes = [{"host": f"esx0{number}.example.com", "ip": f"192.0.2.1{number}"} for number in (1, 2)]
    address = {"ip": "192.0.2.10", "netmask": "255.255.255.0", "gateway": "192.0.2.1"}
    deployed = {"is_deployed": True, "state": "powered_on", "password": PASSWORD}
    emulator.change("cluster", create={"name": "c1", **address, "nodes": nodes, **deployed})
    emulator.change("cluster", create={"name": "draft", "nodes": [{}]})
    both = inventories.add(keyed_groups=[{"key": "ontap_select_hypervisor", "prefix": "on", "default_value": "none"}])
    clusters = inventories.add(hosts=["clusters"], include_undeployed=True, hostnames=["address", "name"])
    found = inventories.read()
    assert found[both]["groups"]["ontap_select_clusters"] == ["c1"]
    assert found[both]["groups"]["ontap_select_nodes"] == ["c1-01", "c1-02"]
    assert found[both]["groups"]["on_esx02_example_com"] == ["c1-02"]
    cluster, node = found[both]["hosts"]["c1"], found[both]["hosts"]["c1-02"]
    assert cluster["ansible_host"] == "192.0.2.10" and cluster["ontap_select_nodes"] == ["c1-01", "c1-02"]
    assert node["ansible_host"] == "192.0.2.12" and node["ontap_select_cluster_address"] == "192.0.2.10"
    assert node["ontap_select_node_number"] == 2 and node["ontap_select_hypervisor_type"] == "ESX"
    assert sorted(found[clusters]["hosts"]) == ["192.0.2.10", "draft"]
    assert "ansible_host" not in found[clusters]["hosts"]["draft"]
    assert [path.rpartition("/")[2] for path in paths(emulator)] == ["clusters", "hosts", "clusters"]


@pytest.mark.parametrize("platform", ["oneview"], indirect=True)
def test_a_play_over_the_servers(newest: Player) -> None:
    """As a person does it: the file beside the playbook, and a limit with the host's name."""
    inventories = Inventories(newest, "oneview")
    inventories.add()
    tasks = [
        {
            "name": "Read the server",
            "jobwise.appliance.oneview_info": {"type": "server-hardware", "ids": ["{{ oneview_uri }}"]},
            "delegate_to": "localhost",
        }
    ]
    run = newest.play(tasks, "auto", "-i", str(inventories.paths[0]), "--limit", "encl1-bay-1", hosts="all")
    assert run.returncode == 0, run.output
    assert run.result("Read the server")["resources"][0]["name"] == "encl1, bay 1"
