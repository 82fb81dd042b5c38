# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways to bring volume groups to a state that are compared, each as a playbook or as a command."""

from __future__ import annotations

import dataclasses
import json
import typing as t

CONVERGED, CREATE, CHANGE, DELETE = "converged", "create", "change", "delete"
CHANGED = "as changed"

Options = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Work:
    """What is to become of volume groups. prefix: of their names. options: besides the name."""

    name: str
    prefix: str
    options: Options

    def names(self, count: int) -> list[str]:
        """Return the names of the groups."""
        return [f"{self.prefix}{number:04}" for number in range(1, count + 1)]


WORKS = {
    CONVERGED: Work(CONVERGED, "bulk", {}),
    CREATE: Work(CREATE, "new", {}),
    CHANGE: Work(CHANGE, "bulk", {"description": CHANGED}),
    DELETE: Work(DELETE, "bulk", {"state": "absent"}),
}

HEAD = """- hosts: localhost
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
"""

Playbook = t.Callable[[Work, int], str]


def task(name: str, options: object, **keywords: object) -> str:
    """Return a task as a line of a playbook."""
    return f"    - {json.dumps({name: options, **keywords})}\n"


def names_of(work: Work, count: int) -> str:
    """Return variables with the names of the groups."""
    return f"    names: {json.dumps(work.names(count))}\n"


def debug(work: Work, count: int) -> str:
    """Return a loop that does nothing: what Ansible itself costs."""
    return f"{HEAD}{names_of(work, count)}  tasks:\n" + task(
        "ansible.builtin.debug", {"msg": "{{ item }}"}, loop="{{ names }}"
    )


def loop(work: Work, count: int) -> str:
    """Return a loop of tasks of the collection."""
    options = {"name": "{{ item }}", **work.options}
    return f"{HEAD}{names_of(work, count)}  tasks:\n" + task(
        "jobwise.appliance.volume_group", options, loop="{{ names }}"
    )


def module(work: Work, count: int) -> str:
    """Return the same loop as ordinary modules, as on a remote host."""
    return loop(work, count).replace("  tasks:\n", "    jobwise_run_in: target\n  tasks:\n")


def tasks(work: Work, count: int) -> str:
    """Return a task for each group."""
    lines = [task("jobwise.appliance.volume_group", {"name": name, **work.options}) for name in work.names(count)]
    return f"{HEAD}  tasks:\n{''.join(lines)}"


def document(work: Work, count: int, **options: object) -> str:
    """Return one document with all groups."""
    items = "".join(f"        - {json.dumps({'name': name, **work.options})}\n" for name in work.names(count))
    return document_of(f"      volume_group:\n{items}", **options)


def document_of(config: str, **options: object) -> str:
    """Return a playbook with one document, given as YAML that is indented by 6."""
    used = {"config": "{{ array }}", **options}
    return f"{HEAD}    array:\n{config}  tasks:\n" + task("jobwise.appliance.powerstore_config", used)


URI = "ansible.builtin.uri"
API = "https://{{ lookup('env', 'POWERSTORE_HOST') }}:{{ lookup('env', 'POWERSTORE_PORT') }}/api/rest"
CA = "{{ lookup('env', 'POWERSTORE_CA_PATH') }}"
LOGIN = {
    "url": f"{API}/login_session",
    "url_username": "{{ lookup('env', 'POWERSTORE_USERNAME') }}",
    "url_password": "{{ lookup('env', 'POWERSTORE_PASSWORD') }}",
    "force_basic_auth": True,
    "ca_path": CA,
}
LOGGED_IN = {
    "ca_path": CA,
    "headers": {"Cookie": "{{ login.cookies_string }}", "DELL-EMC-TOKEN": "{{ login.dell_emc_token }}"},
}


def uri(work: Work, count: int) -> str:
    """Return what somebody writes without a collection: a login, a loop that looks, and a loop that writes."""
    look = {"url": f"{API}/volume_group?name=eq." + "{{ item }}&select=id,name,description", **LOGGED_IN}
    lines = task(URI, LOGIN, register="login") + task(URI, look, register="found", loop="{{ names }}")
    one = f"{API}/volume_group/" + "{{ item.json[0].id }}"
    write: dict[str, tuple[Options, str]] = {
        CONVERGED: (_sent("POST", f"{API}/volume_group", 201, name="{{ item.item }}"), "not item.json"),
        CREATE: (_sent("POST", f"{API}/volume_group", 201, name="{{ item.item }}"), "not item.json"),
        CHANGE: (_sent("PATCH", one, 204, **work.options), f"item.json[0].description != '{CHANGED}'"),
        DELETE: ({"url": one, "method": "DELETE", "status_code": 204}, "item.json | length > 0"),
    }
    options, when = write[work.name]
    label = {"label": "{{ item.item }}"}
    lines += task(URI, {**options, **LOGGED_IN}, loop="{{ found.results }}", when=when, loop_control=label)
    return f"{HEAD}{names_of(work, count)}  tasks:\n{lines}"


def _sent(method: str, url: str, status: int, **body: object) -> Options:
    return {"url": url, "method": method, "status_code": status, "body_format": "json", "body": body}


@dataclasses.dataclass(frozen=True)
class Contender:
    """A way to do a work. playbook: None for the vendor's library, which is run without Ansible.

    most: how many items it gets at most, by work; a key "" is for all other works.
    """

    name: str
    playbook: Playbook | None
    most: t.Mapping[str, int]

    def takes(self, work: str, count: int) -> bool:
        """Tell whether it is measured with so many items."""
        return count <= self.most.get(work, self.most[""])


DEBUG, LOOP, TASKS, MODULE = "debug loop", "loop", "separate tasks", "loop, as modules"
DOCUMENT, BY_HAND, LIBRARY = "document", "uri by hand", "PyPowerStore"

CONTENDERS = (
    Contender(DEBUG, debug, {"": 1000}),
    Contender(LOOP, loop, {CONVERGED: 1000, CREATE: 100, "": 100}),
    Contender(TASKS, tasks, {CONVERGED: 100, "": 20}),
    Contender(MODULE, module, {"": 20}),
    Contender(DOCUMENT, document, {"": 1000}),
    Contender(BY_HAND, uri, {"": 20}),
    Contender(LIBRARY, None, {"": 20}),
)
