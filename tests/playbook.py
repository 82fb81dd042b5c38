# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs playbooks against an emulated appliance, the way a person or AWX would."""

from __future__ import annotations

import os
import subprocess
import sys
import typing as t
from pathlib import Path

from jobwise_emulator.process import Emulator

ROOT = Path(__file__).resolve().parents[1]
USER, PASSWORD = "admin", "Password123!"


def connection(emulator: Emulator, platform: str = "powerstore") -> dict[str, str]:
    """Return the environment that leads to the emulated appliance. platform: what the emulator was started as."""
    options = {
        "HOST": emulator.host,
        "PORT": str(emulator.port),
        "USERNAME": USER,
        "PASSWORD": PASSWORD,
        "CA_PATH": str(emulator.ca_path),
    }
    return {**{f"{platform.upper()}_{name}": value for name, value in options.items()}, "EMULATOR_URL": emulator.url}


def ansible_environment(**extra: str) -> dict[str, str]:
    """Return an environment in which ansible-playbook is quiet and finds nothing personal."""
    personal = ("ANSIBLE_", "POWERSTORE_", "ONEVIEW_", "SELECT_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(personal)}
    return {
        **inherited,
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
        "ANSIBLE_RETRY_FILES_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
        **extra,
    }


def ansible_playbook(bin_dir: Path = Path(sys.executable).parent) -> str:
    """Return the ansible-playbook of an environment, by default of the one that runs this."""
    return str(bin_dir / "ansible-playbook")


def sign_command() -> list[str]:
    """Return a command that lets a throw-away CA sign: request and answer are its last two arguments."""
    return ["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "jobwise_emulator.authority", "sign", "--days", "90"]


def run_playbook(
    playbook: Path, environment: dict[str, str], *arguments: str, bin_dir: Path | None = None, **options: t.Any
) -> subprocess.CompletedProcess[str]:
    """Run a playbook to its end and return what came of it."""
    command = [ansible_playbook(bin_dir) if bin_dir else ansible_playbook(), str(playbook), *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, text=True, check=False, **options)
