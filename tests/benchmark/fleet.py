# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many emulated arrays in one process, each at a port of its own.

Usage: python -m tests.benchmark.fleet FOLDER COUNT GROUPS. Writes ports.json and ca.pem into the folder when all are
ready. Stops on SIGTERM and SIGINT, when the folder disappears, and after ten minutes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import typing as t
from pathlib import Path

from jobwise_emulator.application import Emulation
from jobwise_emulator.certificates import Identity
from jobwise_emulator.clock import Clock
from jobwise_emulator.platforms import Options, create
from jobwise_emulator.process import EmulatorError
from jobwise_emulator.server import Server
from jobwise_emulator.transport import Transport
from tests.playbook import PASSWORD, ROOT, USER

LIFETIME = 600.0
START_SECONDS = 60.0
CA, PORTS = "ca.pem", "ports.json"


async def serve(folder: Path, count: int, groups: int) -> None:
    """Serve all arrays until the process is told to stop."""
    identity = Identity()
    context = identity.server_context(folder / CA)
    servers: list[Server] = []
    transports: list[Transport] = []
    tasks = []
    for number in range(count):
        clock = Clock(40.0)
        options = Options(clock, {}, {"groups": groups}, "", f"array{number:03}", identity.chain)
        transport = Transport("127.0.0.1", 0, context)
        emulation = Emulation(create("powerstore", options), clock, transport, None)
        server = Server(emulation.application(), transport, lambda: None)
        servers.append(server)
        transports.append(transport)
        tasks.append(asyncio.create_task(server.serve()))
    while not all(server.started for server in servers):
        await asyncio.sleep(0.02)
    end = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, end.set)
    ready = folder / f"{PORTS}.new"
    ready.write_text(json.dumps([transport.port for transport in transports]), encoding="utf-8")
    ready.replace(folder / PORTS)
    ends = time.monotonic() + LIFETIME
    while not end.is_set() and folder.is_dir() and time.monotonic() < ends:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(end.wait(), 0.5)
    for server in servers:
        server.stop()
    await asyncio.gather(*tasks)


@contextlib.contextmanager
def fleet(folder: Path, count: int, groups: int) -> t.Iterator[list[int]]:
    """Start so many arrays, each with so many volume groups, and return their ports."""
    (folder / PORTS).unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'emulator'}"}
    command = [sys.executable, "-m", "tests.benchmark.fleet", str(folder), str(count), str(groups)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        ends = time.monotonic() + START_SECONDS
        while not (folder / PORTS).exists():
            if process.poll() is not None or time.monotonic() > ends:
                raise EmulatorError("the fleet did not start")
            time.sleep(0.05)
        yield json.loads((folder / PORTS).read_text(encoding="utf-8"))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def inventory(folder: Path, ports: t.Sequence[int]) -> Path:
    """Write an inventory with the arrays as hosts, and return its file."""
    hosts = {f"array{number:03}": {"powerstore_port": port} for number, port in enumerate(ports)}
    variables = {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "array_user": USER,
        "array_password": PASSWORD,
        "array_ca": str(folder / CA),
    }
    path = folder / "arrays.json"
    path.write_text(json.dumps({"powerstores": {"hosts": hosts, "vars": variables}}), encoding="utf-8")
    return path.rename(folder / "arrays.yml")


PLAY = """- hosts: powerstores
  gather_facts: false
  module_defaults:
    group/jobwise.appliance.powerstore:
      host: 127.0.0.1
      port: "{{ powerstore_port }}"
      username: "{{ array_user }}"
      password: "{{ array_password }}"
      ca_path: "{{ array_ca }}"
  vars:
"""
"""The head of a play with all arrays; variables and tasks follow."""


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
