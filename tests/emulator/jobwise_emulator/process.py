# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator as a subprocess, for tests and demos: standard library and ``requests`` only."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import requests
from requests.adapters import HTTPAdapter

HOME = Path(__file__).resolve().parents[1]
"""The folder that holds the package, for the emulator's own process."""
START_SECONDS = 60.0
STOP_SECONDS = 10.0

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

Json = dict[str, Any]


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the program as Ctrl-C does, so that a running emulator is stopped on the way out.

    The exit status is 128 and the signal's number. A second signal cannot interrupt the way out.
    """

    def end(number: int, frame: object) -> None:
        for one in ENDING:
            signal.signal(one, signal.SIG_IGN)
        sys.exit(128 + number)

    before = {number: signal.signal(number, end) for number in ENDING if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class EmulatorError(RuntimeError):
    """The emulator did not start, or refused an order; the text says why."""


class CertifiedAsLocal(HTTPAdapter):
    """For the control interface: any address is fine as long as the certificate is the one for 127.0.0.1."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Hold the certificate against 127.0.0.1."""
        super().init_poolmanager(*arguments, assert_hostname="127.0.0.1", **options)


class Emulator:
    """One running emulator; use it as a context manager.

    ``with Emulator(speed=20) as emulator: ...`` starts it and stops it at the end. ``url`` is
    ``https://<address>:<port>``; ``ca_path`` the CA's certificate; ``pid`` the process. The journal, if asked for,
    stays when everything else of the state folder is removed, so keep it outside.
    """

    def __init__(
        self,
        platform: str = "powerstore",
        *,
        speed: float = 1.0,
        seed: Json | Path | None = None,
        journal: Path | None = None,
        address: str = "127.0.0.1",
        port: int = 0,
        lifetime: float = 3600.0,
        arguments: tuple[str, ...] = (),
        python: str = sys.executable,
    ) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="emulator-")
        self.state = Path(self.folder.name)
        self.command = [python, "-m", "jobwise_emulator", "--platform", platform, "--port", str(port)]
        self.command += ["--state-dir", str(self.state), "--speed", str(speed), "--address", address]
        self.command += ["--lifetime", str(lifetime), *arguments]
        if journal:
            self.command += ["--journal", str(Path(journal).resolve())]
        if seed is not None:
            self.command += ["--objects", str(self.seed_file(seed))]
        self.process: subprocess.Popen[bytes] | None = None
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = str(self.state / "ca.pem")
        self.http.mount("https://", CertifiedAsLocal())
        self.url = ""
        self.host = address
        self.port = 0
        self.pid = 0
        self.ca_path = str(self.state / "ca.pem")

    def seed_file(self, seed: Json | Path) -> Path:
        """A file with the seed, given as data or as a file already."""
        if not isinstance(seed, dict):
            return Path(seed).resolve()
        path = self.state / "seed.json"
        path.write_text(json.dumps(seed), encoding="utf-8")
        return path

    def start(self) -> Emulator:
        """Start the process and wait until it is ready; whatever interrupts the start stops it again."""
        with contextlib.ExitStack() as unless_ready:
            unless_ready.callback(self.stop)
            self.launch()
            unless_ready.pop_all()
        return self

    def launch(self) -> None:
        """Start the process and wait until it is ready."""
        log = (self.state / "log").open("wb")
        environment = {**os.environ, "PYTHONPATH": str(HOME)}
        with log:
            self.process = subprocess.Popen(
                self.command, cwd=HOME, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while not (self.state / "url").exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                text = (self.state / "log").read_text(encoding="utf-8", errors="replace")
                raise EmulatorError(f"the emulator did not start: {text}")
            time.sleep(0.02)
        self.url = (self.state / "url").read_text(encoding="utf-8").strip()
        self.port = int(self.url.rsplit(":", 1)[1])
        self.pid = int((self.state / "pid").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """Stop the process and remove its state folder; a second call does nothing."""
        self.http.close()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        with contextlib.suppress(FileNotFoundError):
            self.folder.cleanup()

    def __enter__(self) -> Emulator:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def control(self, method: str, name: str, order: Json | None = None) -> Json:
        """One exchange with the control interface; raises ``EmulatorError`` with the reason of a refusal."""
        reply = self.http.request(method, f"{self.url}/_emulator/{name}", json=order, timeout=30)
        answer: Json = reply.json()
        if reply.status_code != 200:
            raise EmulatorError(answer.get("error", reply.text))
        return answer

    def sessions(self) -> Json:
        """Open sessions and the counters of logins, logouts and failed logins."""
        return self.control("GET", "sessions")

    def requests(self) -> Json:
        """The request record: ``requests``, ``connections`` and the ``jobs`` counters."""
        return self.control("GET", "requests")

    def fault(self, fault: str, method: str = "*", path: str = "*", **parameters: Any) -> Json:
        """Arm a fault for the exchanges that match."""
        return self.control("POST", "faults", {"fault": fault, "method": method, "path": path, **parameters})

    def faults(self) -> Json:
        """Armed and fired faults."""
        return self.control("GET", "faults")

    def clear_faults(self) -> Json:
        """Disarm all faults; jobs that hang go on."""
        return self.control("DELETE", "faults")

    def change(self, kind: str, **order: Any) -> Json:
        """Somebody else's change: ``id`` or ``name`` with ``set`` or ``delete=True``, or ``create`` with attributes."""
        return self.control("POST", "change", {"type": kind, **order})

    def job(self, resource_type: str, resource_action: str, **order: Any) -> str:
        """Somebody else's operation as a job (``resource_id``, ``resource_name``, ``seconds``, ``request``): its id."""
        answer = self.control(
            "POST", "jobs", {"resource_type": resource_type, "resource_action": resource_action, **order}
        )
        return str(answer["id"])

    def advance(self, seconds: float) -> None:
        """Push the emulator's clock forward."""
        self.control("POST", "clock", {"advance": seconds})

    def reset(self) -> None:
        """Back to the seed."""
        self.control("POST", "reset", {})
