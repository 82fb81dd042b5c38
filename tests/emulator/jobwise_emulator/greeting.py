# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an appliance that has started says to the person who started it."""

from __future__ import annotations

import argparse
import dataclasses
import shlex
from pathlib import Path

from jobwise_emulator.exchange import Json

TITLES = {"powerstore": "Dell PowerStore", "oneview": "HPE OneView", "ontap_select": "NetApp ONTAP Select Deploy"}
USUAL_USER = {"oneview": "Administrator"}
PASSWORD = "Password123!"


@dataclasses.dataclass(frozen=True)
class Access:
    """How to reach an appliance. ``options``: those of the command line. ``port``: where it listens."""

    options: argparse.Namespace
    port: int

    @property
    def connection(self) -> Json:
        """The connection options of the collection's modules."""
        return {
            "host": self.options.address,
            "port": self.port,
            "username": self.options.username or USUAL_USER.get(self.options.platform, "admin"),
            "password": self.options.password or PASSWORD,
            "ca_path": str((self.folder / "ca.pem").resolve()),
        }

    @property
    def folder(self) -> Path:
        """The state folder."""
        folder: Path = self.options.state_dir
        return folder

    def environment(self) -> str:
        """The environment that leads tasks here, and nowhere else, as a shell reads it."""
        prefix = self.options.platform.upper()
        values = {f"{prefix}_{name.upper()}": str(value) for name, value in self.connection.items()}
        values["JOBWISE_REHEARSAL"] = f"{self.options.address}:{self.port}"
        values["JOBWISE_TWIN"] = str(self.folder.resolve())
        lines = [f"export {name}={shlex.quote(value)}\n" for name, value in values.items()]
        return "".join([*lines, 'export NO_PROXY="127.0.0.1${NO_PROXY:+,$NO_PROXY}"\n'])

    def variables(self) -> str:
        """The same as a part of a play."""
        lines = [f"  group/jobwise.appliance.{self.options.platform}:"]
        lines += [f"    {name}: {value}" for name, value in self.connection.items()]
        return "\n".join(["module_defaults:", *lines])

    def text(self) -> str:
        """Everything that a person needs to know."""
        seed = f", as {self.options.seed.name} describes it" if self.options.seed else ""
        faults = "".join(f"\nWill go wrong: {words}" for words in self.options.fault)
        life = in_words(self.options.lifetime)
        there = shlex.quote(str(self.folder))
        return f"""\
An emulated {TITLES[self.options.platform]}{seed}.
It answers at https://{self.options.address}:{self.port} until Ctrl-C, for {life} at most.{faults}

For ansible-playbook in another terminal, either the environment:
  . {shlex.quote(str((self.folder / "environment").resolve()))}
or these lines in the play:
{indented(self.variables())}

Meanwhile: jobwise-emulator report --state-dir {there}
           jobwise-emulator fault --state-dir {there} job-fails create volume
           jobwise-emulator stop --state-dir {there}"""


def indented(text: str) -> str:
    """A text with blanks in front of its lines."""
    return "\n".join(f"  {line}" for line in text.splitlines())


def in_words(seconds: float) -> str:
    """A time for people."""
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
