# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example rulebook, run by ansible-rulebook against an emulated array: alerts are raised, playbooks react to them.

It needs Java, and installs ansible-rulebook into an environment of its own.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
import typing as t
from pathlib import Path

import yaml

from jobwise_emulator.process import Emulator
from tests.playbook import PASSWORD, USER, ansible_environment, connection, sign_command
from tests.run.collection import make_importable
from tests.run.command import Failed
from tests.run.environments import rulebook_bin

make_importable()

from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient  # noqa: E402

RULEBOOK = "jobwise.appliance.powerstore_alerts"
SECONDS = 120.0
GIB = 1024**3
INVENTORY = "localhost ansible_connection=local ansible_python_interpreter={{ansible_playbook_python}}\n"
EXPIRES = {
    "event_code": "0x02800203",
    "severity": "Critical",
    "description_l10n": "The certificate of the service Management_HTTP expires in less than 7 days.",
    "resource_type": "x509_certificate",
    "resource_name": "Management_HTTP",
}
FULL = {
    "event_code": "0x00f0ffff",
    "severity": "Major",
    "description_l10n": "The volume web01 is nearly full.",
    "resource_type": "volume",
    "resource_name": "web01",
}


def rulebook() -> None:
    """Raise alerts while the rulebook runs and while it does not, and look at what the array has become."""
    if not shutil.which("java"):
        raise Failed("ansible-rulebook needs Java, such as the package openjdk-17-jre-headless")
    bin_dir = rulebook_bin()
    if not bin_dir:
        return
    # a folder of its own, away from the checkout, of which ansible-rulebook would copy too much
    with tempfile.TemporaryDirectory() as name, Emulator(speed=20) as emulator:
        play(Path(name), emulator, bin_dir)


def play(folder: Path, emulator: Emulator, bin_dir: Path) -> None:
    """Start the rulebook twice: each alert must have its effect once."""
    first = certificates(emulator)
    raised(emulator, EXPIRES)
    with running(folder, emulator, bin_dir) as output:
        until(lambda: renewed(emulator, first), "the certificate of the array has been renewed", output)
        raised(emulator, FULL)
        until(lambda: size(emulator) == 500, "web01 has 500 GiB", output)
    after_first = written(emulator)
    raised(emulator, {**FULL, "resource_name": "web02"})
    with running(folder, emulator, bin_dir) as output:
        until(lambda: size(emulator, "web02") == 600, "web02 has 600 GiB", output)
    if [one for one in written(emulator)[len(after_first) :] if "volume" not in one]:
        raise Failed(f"after the restart, the rulebook did things again: {written(emulator)[len(after_first) :]}")
    if size(emulator) != 500:
        raise Failed(f"web01 has grown twice, to {size(emulator)} GiB")
    if emulator.sessions()["open"]:
        raise Failed(f"sessions are open: {emulator.sessions()['open']}")
    print("ansible-rulebook renewed the certificate and grew two volumes, each once, and logged out.")


@contextlib.contextmanager
def running(folder: Path, emulator: Emulator, bin_dir: Path) -> t.Iterator[Path]:
    """Run ansible-rulebook in the background; yield the file with what it prints."""
    values = {
        "bookmark": str(folder / "bookmark"),
        "certificates": str(folder / "certificates"),
        "sign_command": sign_command(),
        "growth": {"web01": [500, 900], "web02": [1, 600]},
    }
    (folder / "values.yml").write_text(yaml.safe_dump(values), encoding="utf-8")
    (folder / "hosts").write_text(INVENTORY, encoding="utf-8")
    environment = ansible_environment(**connection(emulator), ANSIBLE_HOME=str(folder / "home"), NO_COLOR="1")
    environment["PATH"] = f"{bin_dir}:{environment['PATH']}"
    output = folder / "output"
    command = [str(bin_dir / "ansible-rulebook"), "-r", RULEBOOK, "-i", "hosts", "-e", "values.yml", "--print-events"]
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        try:
            yield output
            process.terminate()
            process.wait(30)
        finally:
            process.kill()
            process.wait()
    if PASSWORD in output.read_text(encoding="utf-8"):
        raise Failed("the output of ansible-rulebook contains the password")


def until(reached: t.Callable[[], bool], what: str, output: Path) -> None:
    """Wait until something is reached; raise Failed with what ansible-rulebook has printed if it takes too long."""
    end = time.monotonic() + SECONDS
    while not reached():
        if time.monotonic() > end:
            print(output.read_text(encoding="utf-8")[-20000:])
            raise Failed(f"{what}: this was not reached in {SECONDS:g} s")
        time.sleep(0.2)


def raised(emulator: Emulator, alert: dict[str, str]) -> None:
    """Let the array raise an alert now."""
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000+00:00", time.gmtime())
    times = {"generated_timestamp": now, "raised_timestamp": now}
    emulator.change("alert", create={**alert, **times, "state": "ACTIVE", "is_acknowledged": False})


def written(emulator: Emulator) -> list[str]:
    """Return what has been written, without logouts."""
    requests = emulator.requests()["requests"]
    paths = [f"{one['method']} {one['path']}" for one in requests if one["method"] != "GET"]
    return [path for path in paths if not path.endswith("/logout")]


def renewed(emulator: Emulator, before: t.Sequence[str]) -> bool:
    """Return whether the array uses another certificate than before."""
    return certificates(emulator) != before


def certificates(emulator: Emulator) -> list[str]:
    """Return the ids of the certificates that the management server of the array uses."""
    filters = {"service": "eq.Management_HTTP", "type": "eq.Server", "is_current": "eq.true"}
    return [row["id"] for row in rows(emulator, "x509_certificate", {"select": "id", **filters})]


def size(emulator: Emulator, volume: str = "web01") -> int:
    """Return the size of a volume in GiB."""
    found = rows(emulator, "volume", {"select": "size", "name": f"eq.{volume}"})
    return int(found[0]["size"]) // GIB


def rows(emulator: Emulator, type_: str, query: dict[str, str]) -> list[dict[str, t.Any]]:
    """Return objects of the array, in a session that ends at once."""
    with PowerStoreClient(Endpoint(emulator.host, emulator.port, ca_path=emulator.ca_path), USER, PASSWORD) as client:
        return client.query(type_, query)
