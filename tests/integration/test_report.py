# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role appliance_report over three appliances and one that does not answer, played by its playbook."""

from __future__ import annotations

import json
import re
import subprocess
import typing as t
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import yaml

from jobwise_emulator.process import Emulator
from tests.browser.fleets import HOSTILE
from tests.playbook import PASSWORD, USER, ansible_environment, ansible_playbook

from .conftest import OLDEST

GROUPS = {"powerstore": "powerstores", "oneview": "oneviews", "ontap_select": "ontap_selects"}
FILES = ("report.html", "report.json", "report.md", "report.xml")
SECRETS = ("D0cument!secret", "T4sk!secret", PASSWORD)
NAME = HOSTILE.split("\x00", maxsplit=1)[0].replace("{{7*7}}", "")  # Ansible evaluates variables, and this becomes one

DOCUMENT = {
    "volume": [{"name": "web01", "description": "ours"}, {"name": "web02"}, {"name": "new", "size": "1 GiB"}],
    "local_user": [{"name": "new.user", "role": "Operator", "user_password": SECRETS[0]}],
}
TASKS = """
- name: A volume with a name that is a script
  jobwise.appliance.volume: {name: "{{ name_of_volume }}", size: 1 GiB}
  register: drift_hostile_volume
- name: A password
  jobwise.appliance.local_user: {name: helpdesk, user_password: "{{ task_password }}", update_password: always}
  register: drift_helpdesk
- name: A mistake
  jobwise.appliance.volume: {name: web01, siz: 1 GiB}
  register: drift_mistake
- name: Volumes as they are
  jobwise.appliance.volume: {name: "{{ item }}"}
  loop: [db01, db02]
  register: drift_databases
"""


class Site:
    """An inventory of the emulated appliances, in a folder with what describes them."""

    def __init__(self, folder: Path, emulators: dict[str, Emulator], collections: Path, core: Path) -> None:
        self.folder, self.core = folder, core
        self.environment = ansible_environment(ANSIBLE_COLLECTIONS_PATH=str(collections), ANSIBLE_NOCOLOR="1")
        self.environment["PWD"] = str(folder)
        hosts = {GROUPS[platform]: {"hosts": {platform: self.host(one)}} for platform, one in emulators.items()}
        array = hosts["powerstores"]["hosts"]
        described = {
            "appliance_report_documents": [{"name": "Array as code", "file": "array.yml"}],
            "appliance_report_tasks": ["tasks.yml"],
        }
        array["powerstore"].update(described)
        array["lost"] = {**described, **array["powerstore"], "appliance_port": 1}
        login = {"appliance_username": USER, "appliance_password": PASSWORD}
        (folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"children": hosts, "vars": login}}))
        (folder / "array.yml").write_text(yaml.safe_dump(DOCUMENT))
        (folder / "tasks.yml").write_text(TASKS)
        (folder / "variables.json").write_text(json.dumps({"name_of_volume": NAME, "task_password": SECRETS[1]}))

    def host(self, emulator: Emulator) -> dict[str, t.Any]:
        address = {"ansible_host": emulator.host, "appliance_port": emulator.port}
        return {**address, "appliance_ca_path": str(emulator.ca_path)}

    def report(self, *arguments: str) -> str:
        """Play the playbook; return its output."""
        command = [ansible_playbook(self.core), "-i", "inventory.yml", "jobwise.appliance.report", "-vvv", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        output = done.stdout + done.stderr
        assert done.returncode == ("fail_on" in str(arguments)) * 2, output
        return output

    def files(self) -> dict[str, str]:
        return {name: (self.folder / "report" / name).read_text(encoding="utf-8") for name in FILES}


def drift(report: dict[str, t.Any]) -> list[tuple[str, str, str]]:
    return sorted((row["appliance"], row["object"], row["state"]) for row in report["drift"])


def test_report(
    running_emulators: t.Callable[[str, str], Emulator], tmp_path: Path, collections_path: Path, core: Path
) -> None:
    emulators = {platform: running_emulators(platform, "") for platform in GROUPS}
    for emulator in emulators.values():
        emulator.reset()
    array = emulators["powerstore"]
    array.change("alert", id="AL1", set={"description_l10n": HOSTILE.replace("\x00", ""), "raised_timestamp": None})
    array.change("settings", set={"physical_used": 19 * 1024**4})
    array.job("volume", "modify", resource_name="web01", seconds=0, request={"description": "theirs"})
    site = Site(tmp_path, emulators, collections_path, core)
    extra = ("-e", "@variables.json", "-e", "appliance_report_time=2026-11-28T12:00:00Z")

    output = site.report(*extra)
    files = site.files()
    for text in (output, *files.values()):
        assert [secret for secret in SECRETS if secret in text] == []
    sent = [one for emulator in emulators.values() for one in emulator.requests()["requests"]]
    posts = {one["path"].rpartition("/rest/")[2] for one in sent if one["method"] != "GET"}
    assert posts <= {"logout", "metrics/generate", "login-sessions"}, posts
    assert not [one for emulator in emulators.values() for one in emulator.sessions()["open"]]

    report = json.loads(files["report.json"])
    assert drift(report) == sorted(
        [
            ("powerstore", "1 object", "in_sync"),
            ("powerstore", "Mistake", "failed"),
            ("powerstore", "user helpdesk", "drifted"),
            ("powerstore", "user new.user", "missing"),
            ("powerstore", "volume new", "missing"),
            ("powerstore", "volume web01", "drifted"),
            ("powerstore", f"volume {NAME}", "missing"),
            ("powerstore", "volume db01", "in_sync"),
            ("powerstore", "volume db02", "in_sync"),
        ]
    )
    web01 = next(row for row in report["drift"] if row["object"] == "volume web01")
    assert web01["changes"] == [{"setting": "description", "now": "theirs", "desired": "ours"}]
    assert web01["changed_by"]["user"] == "local/admin" and web01["changed_by"]["address"] == "127.0.0.1"
    lost = next(row for row in report["appliances"] if row["appliance"] == "lost")
    assert lost["word"] == "Not read" and "Cannot connect to https://127.0.0.1:1" in lost["error"]
    assert any("{{7*7}}" in row["text"] for row in report["alerts"]), "what an appliance says is not evaluated"
    assert not report["not_read"] and {row["appliance"] for row in report["alerts"]} == {"powerstore", "oneview"}
    assert [(row["appliance"], row["status"]) for row in report["capacity"]][0] == ("powerstore", "critical")
    assert {row["kind"] for row in report["expiry"]} == {"Certificate"}
    assert ">None<" not in files["report.html"], "a time that the array does not tell"
    assert "<script>alert" not in files["report.html"] and "<script>" not in files["report.md"]
    names = [case.get("name") for case in ElementTree.fromstring(files["report.xml"]).iter("testcase")]
    assert f"Hostile volume: volume {NAME}" in names

    if str(core) != OLDEST:  # a second run says the same, and check mode writes nothing
        again = site.report(*extra, "-e", "appliance_report_fail_on=critical", "--check")
        assert "findings need attention. The first is lost, Cannot connect" in again
        assert "-> localhost] => (item=json)" in again and not re.search(r"changed: \[\S+ -> localhost", again), again
