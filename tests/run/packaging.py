# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The archive of the collection: built, installed, documented, and examined as Galaxy does it. The emulator's wheel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.run.archive import normalize
from tests.run.command import BIN, ROOT, Failed, run
from tests.run.environments import importer_bin

# What Galaxy has its importer do. The step ansible-lint has looked at all that is in the archive, and more.
IMPORTER_SETTINGS = """\
RUN_ANSIBLE_TEST = False
RUN_ANSIBLE_LINT = False
RUN_FLAKE8 = False
CHECK_REQUIRED_TAGS = True
REQUIRE_V1_OR_GREATER = True
CHECK_CHANGELOG = True
CHECK_RUNTIME_REQUIRES_ANSIBLE = True
"""


def build() -> None:
    """Build what is committed, install it elsewhere, and ask the installed one for its documentation."""
    with tempfile.TemporaryDirectory() as name:
        there, tarball = Path(name) / "there", built(Path(name))
        (ROOT / "dist").mkdir(exist_ok=True)
        shutil.copy(tarball, ROOT / "dist")
        # forced, as the link of the checkout counts as installed
        install = (BIN / "ansible-galaxy", "collection", "install", "--offline", "--force")
        run(*install, "-p", there, tarball, ANSIBLE_COLLECTIONS_PATH=str(there))
        check_documentation(there)


def built(folder: Path) -> Path:
    """Build the archive of what is committed in a folder, the same bytes each time; return its path."""
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    (folder / "tree").mkdir()
    subprocess.run(["tar", "-x", "-C", folder / "tree"], input=archive, check=True)
    # the guides for docs.ansible.com, which takes them from the archive
    run(BIN / "python", "-m", "tools.docsite", cwd=folder / "tree")
    run(BIN / "ansible-galaxy", "collection", "build", "--output-path", folder, cwd=folder / "tree")
    tarball = next(folder.glob("*.tar.gz"))
    normalize(tarball, int(committed_at()))
    return tarball


def committed_at() -> str:
    """Return the time of the last commit in seconds since 1970, which builds take as theirs."""
    command = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def emulator_wheel() -> None:
    """Build the emulator's wheel of what lies here, install it elsewhere, and start the installed one's help."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pip = (BIN / "python", "-m", "pip", "-qq", "--disable-pip-version-check")
        run(
            *pip,
            "wheel",
            "--no-deps",
            "--wheel-dir",
            folder,
            ROOT / "tests" / "emulator",
            SOURCE_DATE_EPOCH=committed_at(),
        )
        wheel = next(folder.glob("jobwise_emulator-*.whl"))
        run(*pip, "install", "--no-deps", "--target", folder / "there", wheel)
        started = subprocess.run(
            [str(folder / "there" / "bin" / "jobwise-emulator"), "--version"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder / "there")},
            capture_output=True,
            text=True,
            check=False,
        )
        if started.returncode or started.stdout != f"jobwise-emulator {wheel.name.split('-')[1]}\n":
            raise Failed(f"the installed emulator does not start: {started.stdout}{started.stderr}")
        (ROOT / "dist").mkdir(exist_ok=True)
        shutil.copy(wheel, ROOT / "dist")
    print(f"The emulator, installed from its wheel, starts: {started.stdout.strip()}")


def image() -> None:
    """Build an image of an execution environment with the archive. Needs root, buildah and debootstrap."""
    build()
    run("bash", "tests/run/image.sh")


def importer() -> None:
    """Let the program that takes collections into Galaxy examine the archive."""
    bin_dir = importer_bin()
    if not bin_dir:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = folder / "galaxy-importer.cfg"
        settings.write_text(f"[galaxy-importer]\n{IMPORTER_SETTINGS}ANSIBLE_LOCAL_TMP = {folder}\n", encoding="utf-8")
        tarball = built(folder)
        run(
            *(bin_dir / "python", "-m", "galaxy_importer.main", tarball),
            cwd=folder,
            GALAXY_IMPORTER_CONFIG=str(settings),
            PATH=f"{bin_dir}:{os.environ['PATH']}",
            # what it makes of its own goes with the folder
            ANSIBLE_HOME=str(folder / "home"),
            ANSIBLE_COLLECTIONS_PATH=str(folder / "none"),
        )


def check_documentation(collections: Path) -> None:
    """Ask the collection installed there for the documentation of each module in it."""
    plugins = collections / "ansible_collections" / "jobwise" / "appliance" / "plugins"
    modules = {f"jobwise.appliance.{path.stem}" for path in (plugins / "modules").glob("*.py")}
    there = {"ANSIBLE_COLLECTIONS_PATH": str(collections), "ANSIBLE_HOME": str(collections / "home")}
    command = [str(BIN / "ansible-doc"), "--json", *sorted(modules)]
    done = subprocess.run(
        command, cwd=collections, env={**os.environ, **there}, capture_output=True, text=True, check=False
    )
    told = json.loads(done.stdout) if done.returncode == 0 else {}
    documented = {name for name, plugin in told.items() if plugin["doc"]["filename"].startswith(str(plugins))}
    if not modules or documented != modules:
        print(done.stdout, done.stderr)
        raise Failed(f"not documented: {', '.join(sorted(modules - documented)) or 'there is no module'}")
    print(f"The archive, installed, documents its {len(modules)} modules.")
