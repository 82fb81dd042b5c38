# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays all examples of one platform in a single run of ansible-playbook, and says which of them went wrong.

The examples are played as they are printed, but for what belongs to the reader's own site: names of appliances
lead to the emulators, and absolute paths into a folder of the run.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import re
import shlex
import ssl
import subprocess
import typing as t
from pathlib import Path

import yaml

from jobwise_emulator.authority import Authority
from jobwise_emulator.process import Emulator
from tests.examples.needs import file_of, needs
from tests.examples.pages import PREFIX, Example, Page
from tests.playbook import ROOT, ansible_environment, ansible_playbook, connection, sign_command
from tests.run.collection import collections_link
from tests.values import platforms

HERE = Path(__file__).resolve().parent
ARGUMENTS = {
    "powerstore": ("--api-version", "4.1"),  # the newest release that is emulated, as some modules need it
}
PEERS = ("west.example.com",)
"""Names that examples give to a second array."""
FOLDERS = ("/etc/pki/", "/var/backups/", "/srv/")
"""Where examples have files with absolute paths."""
EMPTIED = ("srv/backups", "var/backups/oneview")
"""Folders of a run in which no page finds the files of another one."""
READS = re.compile(rf"{re.escape(PREFIX)}\w+_(info|job|task|network_check)$")
"""Modules that never change anything."""
MARKS = NEEDS, PLAYED, FAILED, END = "needs: ", "example: ", "failed: ", "end: "
"""What begins at a mark, which is a task named ``<word><page> | <example>``."""


@dataclasses.dataclass
class Setting:
    """The emulators and the folder of one run."""

    folder: Path
    emulator: Emulator
    peer: Emulator | None

    def substituted(self, content: t.Any) -> t.Any:
        """Return what an example says, with the addresses and paths of this run."""
        if isinstance(content, list):
            return [self.substituted(one) for one in content]
        if isinstance(content, dict):
            replaced = {key: self.substituted(value) for key, value in content.items()}
            return {**replaced, **self.address(content, "host"), **self.address(content, "peer_address", "peer_")}
        if isinstance(content, str):
            return re.sub("|".join(FOLDERS), lambda found: f"{self.folder}{found[0]}", content)
        return content

    def address(self, options: dict[str, t.Any], key: str, prefix: str = "") -> dict[str, t.Any]:
        """Return the options that lead to an emulator in place of the appliance that the option ``key`` names."""
        name = options.get(key)
        if not isinstance(name, str) or not name.endswith(".example.com"):
            return {}
        if name in PEERS and self.peer:
            known = {f"{prefix}port": self.peer.port, f"{prefix}ca_path": self.peer.ca_path}
            return {key: self.peer.host, **known}
        return {key: self.emulator.host, f"{prefix}port": self.emulator.port}


def playbook(pages: t.Sequence[Page], setting: Setting) -> list[dict[str, t.Any]]:
    """Return the plays, and one more with the last mark. Each page begins with the appliance in its first state."""
    end = {"hosts": "all", "gather_facts": False, "tasks": [{"name": END, "emulator": {}}]}
    return [*(play for page in pages for play in plays_of(page, setting)), end]


def plays_of(page: Page, setting: Setting) -> t.Iterator[dict[str, t.Any]]:
    """Yield the plays of a page: those that it prints, and one for the tasks between two of them."""
    wanted = needs(page.name)
    variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}", "run_folder": str(setting.folder)}
    variables.update(wanted.vars)
    common = {"hosts": "all", "gather_facts": False, "vars": variables}
    tasks: list[dict[str, t.Any]] = [mark(NEEDS, page, "the first state", {"reset": {}})]
    for example in page.examples:
        if example.name in wanted.not_played or not example.can_be_played:
            continue
        tasks.append(mark(NEEDS, page, example.name))
        tasks += setting.substituted(wanted.tasks_before(example.name))
        tasks += [mark(PLAYED, page, example.name), *setting.substituted(example.tasks)]
        if example.plays:
            yield {**common, "tasks": tasks}
            tasks = []
        for play in setting.substituted(example.plays):
            yield {**play, "vars": {**variables, **play.get("vars", {})}}
    if tasks:
        # The next pages are played also if this one fails.
        yield {**common, "tasks": [{"block": tasks, "rescue": [mark(FAILED, page, "")]}]}


def mark(word: str, page: Page, example: str, orders: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
    return {"name": mark_name(word, page, example), "emulator": orders or {}}


def mark_name(word: str, page: Page, example: str) -> str:
    return f"{word}{page.name} | {example}"


def inventory(pages: t.Sequence[Page], setting: Setting) -> dict[str, t.Any]:
    """Return an inventory with the groups that plays of the pages name; each has the emulated appliance as its host."""
    plays = [play for page in pages for example in page.examples for play in example.plays]
    patterns = {name for play in plays for name in play["hosts"].split(":")}
    host = {"ansible_host": setting.emulator.host, "ansible_connection": "local"}
    groups: dict[str, t.Any] = {name: {"hosts": {"localhost": None}} for name in patterns - {"localhost", "all"}}
    return {"all": {"hosts": {"localhost": host}, "children": groups}}


@contextlib.contextmanager
def emulators(platform: str, folder: Path) -> t.Iterator[Setting]:
    """Start the emulators of a platform; a PowerStore has another one to copy to."""
    with contextlib.ExitStack() as stack:
        seed = HERE / "appliances" / f"{platform}.yml"
        seeded = yaml.safe_load(seed.read_text(encoding="utf-8")) if seed.is_file() else None
        first = Emulator(platform, speed=100, seed=seeded, arguments=ARGUMENTS.get(platform, ()))
        stack.enter_context(first)
        peer = None
        if platform == "powerstore":
            arguments = (*ARGUMENTS["powerstore"], "--cluster", "west")
            peer = stack.enter_context(Emulator(platform, speed=100, arguments=arguments))
        yield Setting(folder, first, peer)


def run(platform: str, pages: t.Sequence[Page], folder: Path, *arguments: str) -> tuple[list[dict[str, t.Any]], str]:
    """Play the examples of a platform. Return the results of all tasks in order, and the output."""
    pages = [page for page in (one.on(platform) for one in pages) if page.examples]
    results = folder / "results.jsonl"
    results.touch()
    with emulators(platform, folder) as setting:
        prepare(folder, setting)
        write_yaml(folder / "play.yml", playbook(pages, setting))
        write_yaml(folder / "hosts.yml", inventory(pages, setting))
        known = [one for one in (setting.emulator, setting.peer) if one]
        environment = ansible_environment(
            **connection(setting.emulator, platform),
            ANSIBLE_COLLECTIONS_PATH=str(collections_link()),
            ANSIBLE_ACTION_PLUGINS=str(HERE / "action"),
            ANSIBLE_CALLBACK_PLUGINS=str(ROOT / "tests" / "integration" / "callback"),
            ANSIBLE_CALLBACKS_ENABLED="collect_results",
            ANSIBLE_HOME=str(folder / "home"),
            ANSIBLE_NOCOLOR="1",
            OLD_PASSWORD="Old!secret123",
            JOBWISE_RESULTS=str(results),
            JOBWISE_EXAMPLES=json.dumps([(one.url, str(one.ca_path)) for one in known]),
            JOBWISE_EMPTIED=os.pathsep.join(str(folder / name) for name in EMPTIED),
        )
        environment["PATH"] = f"{folder / 'bin'}:{environment['PATH']}"
        command = [ansible_playbook(), "-i", "hosts.yml", "play.yml", *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, text=True, capture_output=True, check=False, timeout=540
        )
    rows = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    return rows, done.stdout + done.stderr


def write_yaml(path: Path, content: t.Any) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def prepare(folder: Path, setting: Setting) -> None:
    """Make the files that examples find on the reader's machine: CAs, keys, licences, and a command that signs."""
    for name in (*(one.strip("/") for one in FOLDERS), "etc/pki/powerstore", "arrays", "bin", *EMPTIED):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("powerstore", "oneview", "deploy"):
        (folder / "etc" / "pki" / f"{name}-ca.pem").write_bytes(Path(setting.emulator.ca_path).read_bytes())
    authority = Authority("Example CA")
    issued = authority.issue("syslog.example.com")
    array = authority.issue("array1.example.com").certificate.partition("-----END")[0] + "-----END CERTIFICATE-----\n"
    texts = {
        "array1.pem": array,
        "array1.sha256": hashlib.sha256(ssl.PEM_cert_to_DER_cert(array)).hexdigest(),
        "corporate-ca.pem": authority.pem,
        "store.pub": "ssh-rsa AAAAB3NzaC1yc2E store",
        "etc/pki/powerstore/syslog.pem": issued.certificate,
        "etc/pki/powerstore/syslog.key": issued.private_key,
        "syslog.passphrase": issued.passphrase,
        "bin/sign-it": f'#!/bin/sh\nexec {shlex.join(sign_command())} "$@"\n',
    }
    for number in ("320000042", "320000043", "320000042-renewed"):
        texts[f"files/{number}.nlf"] = json.dumps({"statusResp": {"serialNumber": number[:9]}})
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "bin" / "sign-it").chmod(0o755)


def problems(page: Page, rows: t.Sequence[dict[str, t.Any]]) -> list[str]:
    """Return what went wrong with the examples of a page, and then what to do. rows: of the whole run."""
    wanted = needs(page.name)
    found = []
    for example in page.examples:
        if example.name not in wanted.not_played:
            problem = problem_of(example, page, rows, wanted.unchanged)
            found += [f"{example.name!r} {problem}"] if problem else []
    advice = (
        f"Mend the example in {page.path.relative_to(ROOT)}, or describe what it needs in "
        f"{file_of(page.name).relative_to(ROOT)}; tests/examples/needs.py explains the format. "
        f"To play this page alone: .venv/bin/python -m tests.examples {page.name}"
    )
    return [*found, advice] if found else []


def problem_of(
    example: Example, page: Page, rows: t.Sequence[dict[str, t.Any]], unchanged: t.Mapping[str, str]
) -> str | None:
    if not example.can_be_played:
        return "is neither tasks nor plays. Say in not_played what reads it, and which test does that."
    made, played = after(rows, mark_name(NEEDS, page, example.name)), after(rows, mark_name(PLAYED, page, example.name))
    if played is None:
        return f"has no state to start from: {failure(made)}" if made else "was not reached: an earlier one failed."
    if played.ended:
        return f"fails: {failure(played)}"
    changed = changes(example, played.rows)
    if not changed:
        return None
    if example.name in unchanged:
        return "changes something, although its page says that it does not (unchanged)." if any(changed) else None
    return None if all(changed) else "changes nothing, so it shows nothing. Give it something to do."


@dataclasses.dataclass(frozen=True)
class Stretch:
    """The results between a mark and the next one. ended: whether the run of the page ended there, by a failure."""

    rows: t.Sequence[dict[str, t.Any]]
    ended: bool


def after(rows: t.Sequence[dict[str, t.Any]], name: str) -> Stretch | None:
    """Return what follows a mark; None if the run did not reach it."""
    start = next((number for number, row in enumerate(rows) if row["task"] == name), None)
    if start is None:
        return None
    marks = (number for number, row in enumerate(rows) if number > start and row["task"].startswith(MARKS))
    end = next(marks, len(rows))
    return Stretch(rows[start + 1 : end], end == len(rows) or rows[end]["task"].startswith(FAILED))


def failure(stretch: Stretch) -> str:
    """Return the message of what failed last."""
    results = [row["result"] for row in stretch.rows if row["status"] in ("failed", "unreachable")]
    return str(results[-1].get("msg", results[-1])) if results else "see the output"


def changes(example: Example, rows: t.Sequence[dict[str, t.Any]]) -> list[bool]:
    """Return for each task that writes whether it has changed something; for plays and blocks, whether any task has."""
    whole = [row for row in rows if not row["item"]]
    if example.plays or any("block" in task for task in example.tasks):
        named = re.findall(rf"{re.escape(PREFIX)}\w+", yaml.safe_dump(example.content))
        return [any(row["result"].get("changed") for row in whole)] if any(map(writes, named)) else []
    pairs = zip(example.tasks, whole)
    return [bool(row["result"].get("changed")) for task, row in pairs if any(map(writes, task))]


def writes(name: str) -> bool:
    """Tell whether this is a module of the collection that changes something, or a role."""
    groups = {f"{PREFIX}{platform}" for platform in platforms().values()}
    return name.startswith(PREFIX) and not READS.search(name) and name not in groups
