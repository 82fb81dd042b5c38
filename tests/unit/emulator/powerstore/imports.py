# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An in-process array with short words for imports, for the tests of import sessions."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GROUPS = ("import_unity_consistency_group", "import_storage_center_consistency_group")
VOLUMES = ("import_unity_volume", "import_storage_center_volume", "import_universal_volume")
SYSTEMS = {"sc": "sc1", "uv": "uni1", "un": "uni1"}


class Imports(Array):
    """Sources and sessions are called by name."""

    def change(self, order: Json) -> Json:
        """Somebody else's change."""
        return self.platform.change(order)

    def settings(self, **values: Any) -> None:
        """Settings of the emulator."""
        self.change({"type": "settings", "set": values})

    def source(self, name: str) -> str:
        """The id of a source object."""
        for kind in (*GROUPS, "import_universal_consistency_group", *VOLUMES):
            found = self.get(kind, name=f"eq.{name}")
            if found:
                return str(found[0]["id"])
        raise AssertionError(f"no source is called {name}")

    def body(self, name: str, source: str, **more: Any) -> Json:
        """The body that creates a session."""
        system = SYSTEMS.get(source[:2], "unity1")
        return {"name": name, "remote_system_id": f"name:{system}", "source_resource_id": self.source(source), **more}

    def start(self, name: str, source: str, **more: Any) -> str:
        """Create a session; its id."""
        return str(self.do("POST", "import_session", self.body(name, source, **more))["id"])

    def refused_start(self, source: str, **more: Any) -> tuple[int, str]:
        """Status and message of a create that is refused."""
        return self.refused("POST", "import_session", self.body("new", source, **more))

    def force(self, name: str, state: str, **more: Any) -> None:
        """Hold a session in a state."""
        self.change({"type": "import_session", "name": name, "set": {"state": state, **more}})

    def act(self, name: str, action: str, body: Json | None = None) -> None:
        """An action that succeeds."""
        self.do("POST", f"import_session/name:{name}/{action}", body)

    def show(self, name: str) -> Json:
        """A session, all of it."""
        found: Json = self.get(f"import_session/name:{name}", select="*,remote_system(name)")
        return found

    def states(self) -> dict[str, str]:
        """The states of all sessions by name."""
        found = self.get("import_session", select="name,state", order="name", limit="2000")
        return {entry["name"]: entry["state"] for entry in found}

    def criteria(self, name: str) -> str:
        """The importable criteria of a source."""
        for kind in (*GROUPS, *VOLUMES):
            found = self.get(kind, name=f"eq.{name}", select="importable_criteria")
            if found:
                return str(found[0]["importable_criteria"])
        raise AssertionError(name)

    def wait(self, seconds: float) -> None:
        """Let time pass in small steps, as somebody who polls does."""
        for dummy in range(int(seconds * 2)):
            self.clock.advance(0.5)
            self.platform.catch_up()
