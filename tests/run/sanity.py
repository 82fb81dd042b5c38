# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sanity tests of ansible-test, with the newest and the oldest ansible-core.

CI looks at what is released. Each test runs where it can find something: ruff and mypy look at tests and tools, and the
tests that do not depend on ansible-core run with the newest one only. ``whole`` leaves nothing out.
"""

from __future__ import annotations

import subprocess
import typing as t
from pathlib import Path

from tests.run.command import BIN, run
from tests.run.environments import oldest_bin, pythons

RELEASED = ("--exclude", "tests/", "--exclude", "tools/")
DEPENDS_ON_CORE = ("ansible-doc", "compile", "validate-modules")
"""Beside import: what another ansible-core can see differently. Its pylint is an older one, with fewer rules."""
CONTROLLER_ONLY = ("plugins/action/", "plugins/doc_fragments/", "plugins/inventory/", "plugins/plugin_utils/")
FIRST_PYTHON = 8
"""Modules and module_utils run on Python 3.8 and later, as tests/config.yml says to ansible-test."""


def ansible_test(bin_dir: Path, *options: str, lane: str = "", limit: float | None = None) -> None:
    """Run sanity tests. lane: tells apart what runs side by side with one ansible-core. limit: seconds."""
    run("tests/run/ansible-test.sh", bin_dir, "sanity", "--color", "no", *options, limit=limit, LANE=lane)


def only(*tests: str) -> list[str]:
    return [part for test in tests for part in ("--test", test)]


def pylint() -> None:
    ansible_test(BIN, *only("pylint"), *RELEASED, lane="pylint")


def others() -> None:
    """Run everything but pylint and import, also on tests and tools: they take seconds."""
    ansible_test(BIN, "--skip-test", "pylint", "--skip-test", "import")


def imports() -> None:
    import_at_one_end(BIN, -1, lane="import")


def oldest() -> None:
    """Run what depends on ansible-core with the oldest one."""
    bin_dir = oldest_bin()
    if bin_dir:
        ansible_test(bin_dir, *only(*DEPENDS_ON_CORE), *RELEASED)
        import_at_one_end(bin_dir, 0)


def whole() -> None:
    """Run all tests: on everything with the newest ansible-core, on what is released with the oldest one."""
    ansible_test(BIN)
    bin_dir = oldest_bin()
    if bin_dir:
        ansible_test(bin_dir, *RELEASED)


def import_at_one_end(bin_dir: Path, end: int, lane: str = "") -> None:
    """Import all plugins with one of the Pythons that ansible-core supports and this machine has.

    end: 0 for the first, -1 for the last. The oldest core takes the first of its Pythons, the newest the last of its
    own: what one Python between them lacks, one of the two lacks as well. Each takes minutes. What runs in the
    controller needs a later Python than modules: it is imported with the first of these, too.
    """
    remote, controller = supported(bin_dir)
    there = pythons(*remote, *controller)
    chosen = [version for version in [*remote, *controller] if version in there][end]
    ansible_test(bin_dir, *only("import"), "--python", chosen, *RELEASED, lane=lane)
    first = next((version for version in controller if version in there), chosen)
    if first != chosen:
        ansible_test(bin_dir, *only("import"), "--python", first, *CONTROLLER_ONLY, lane=lane)


def supported(bin_dir: Path) -> tuple[list[str], list[str]]:
    """Return the Pythons that an ansible-core supports: those for modules only, and those for the controller, too."""
    code = "from ansible_test._util.target.common import constants as c; print(c.{}_PYTHON_VERSIONS)"
    return of_modules(words(bin_dir, code.format("REMOTE_ONLY"))), words(bin_dir, code.format("CONTROLLER"))


def of_modules(versions: t.Iterable[str]) -> list[str]:
    return [version for version in versions if version.startswith("3.") and int(version[2:]) >= FIRST_PYTHON]


def words(bin_dir: Path, code: str) -> list[str]:
    """Return the words that a piece of Python prints as a list."""
    done = subprocess.run([bin_dir / "python", "-c", code], capture_output=True, text=True, check=True)
    return [word.strip("(),'\n ") for word in done.stdout.split()]
