# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that look at sources, documentation, playbooks and roles."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.run import changelog
from tests.run.collection import collections_link
from tests.run.command import BIN, ROOT, Failed, run
from tests.run.environments import lint_bin

SOURCES = ["plugins", "extensions", "tests", "tools", "docs"]
# Tests misspell names on purpose.
READ_BY_PEOPLE = ["README.md", "CONTRIBUTING.md", "changelogs", "docs", "extensions", "playbooks", "plugins", "roles"]


def style() -> None:
    bin_dir = lint_bin()
    run(bin_dir / "ruff", "format", "--check", *SOURCES)
    run(bin_dir / "ruff", "check", *SOURCES)
    run(bin_dir / "yamllint", "--strict", ".")
    run(bin_dir / "codespell", *READ_BY_PEOPLE)
    run(BIN / "python", "-m", "tests.run.prose")
    if shutil.which("shellcheck"):
        run("shellcheck", *sorted((ROOT / "tests" / "run").glob("*.sh")), ROOT / ".ci" / "run")
    else:
        print("shellcheck is not installed: the shell scripts are not checked")


def licences() -> None:
    """Check that every file names its copyright and licence, where programs look for them."""
    run(lint_bin() / "reuse", "lint", "--lines")


def types() -> None:
    collections_link()
    run(lint_bin() / "mypy")


def docs() -> None:
    bin_dir = lint_bin()
    path = f"{bin_dir}:{os.environ['PATH']}"
    run(BIN / "python", "-m", "tools.docsite")
    run(
        bin_dir / "antsibull-docs",
        "lint-collection-docs",
        "--plugin-docs",
        "--validate-collection-refs",
        "all",
        ".",
        PATH=path,
    )
    run("tests/run/site.sh", bin_dir, collections_link(), ROOT / "dist" / "site")
    changelog.check()


def ansible_lint() -> None:
    bin_dir = lint_bin()
    run(
        bin_dir / "ansible-lint",
        "--offline",
        "--profile=production",
        ANSIBLE_COLLECTIONS_PATH=str(collections_link()),
        PATH=f"{bin_dir}:{os.environ['PATH']}",
    )


def molecule() -> None:
    """Play the scenarios of the roles; what Ansible keeps of that lies in .cache, nothing in the home folder."""
    bin_dir = lint_bin()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "MOLECULE_"))}
    environment.update(ANSIBLE_HOME=str(ROOT / ".cache" / "molecule"), ANSIBLE_COLLECTIONS_PATH=str(collections_link()))
    environment.update(PATH=f"{bin_dir}:{os.environ['PATH']}", NO_COLOR="1")
    environment["JOBWISE_EMULATOR"] = f"{bin_dir / 'python'} -m jobwise_emulator"
    command = [str(bin_dir / "molecule"), "test", "--all", "--workers", str(min(os.cpu_count() or 1, 4))]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(done.stdout if done.returncode else done.stdout[done.stdout.rfind("SCENARIO RECAP") :])
    if done.returncode:
        raise Failed(f"molecule ended with {done.returncode}")
