# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The appliances of a team, and AWX set up for them."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from jobwise_emulator.process import Emulator
from tests.playbook import PASSWORD, USER

from .as_awx import Awx

NEW_USER, BACKUP = "F1rst!password-of-users", "An0ther!password-of-backups"
SECRETS = (PASSWORD, NEW_USER, BACKUP)


@pytest.fixture
def oneview(running_emulators: t.Callable[[str, str], Emulator]) -> Emulator:
    emulator = running_emulators("oneview", "")
    emulator.reset()
    return emulator


@pytest.fixture
def deploy(running_emulators: t.Callable[[str, str], Emulator]) -> Emulator:
    emulator = running_emulators("ontap_select", "")
    emulator.reset()
    return emulator


def login(*emulators: Emulator, host: bool = True) -> dict[str, str]:
    """Return the values of a credential for one appliance, or for several arrays that the inventory names."""
    values = {"username": USER, "password": PASSWORD}
    if host:
        values.update(host=emulators[0].host, port=str(emulators[0].port))
    return {**values, "ca": "".join(Path(one.ca_path).read_text(encoding="utf-8") for one in emulators)}


@pytest.fixture
def awx(tmp_path: Path, emulator: Emulator, peer: Emulator) -> Awx:
    """Return AWX with the two arrays of the example project, which the emulators stand for."""
    arrays = {
        "array01": {"ansible_host": emulator.host, "powerstore_port": emulator.port},
        "array02": {"ansible_host": peer.host, "powerstore_port": peer.port},
    }
    return Awx(tmp_path / "awx", arrays, {"powerstore": login(emulator, peer, host=False)})
