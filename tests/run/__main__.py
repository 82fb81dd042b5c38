# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that CI runs, step by step. Usage: python -m tests.run [STEP ...]; without a step, all of them."""

from __future__ import annotations

import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

from tests.run.archive import normalize
from tests.run.collection import ROOT, collections_link

VENVS = ROOT / ".cache" / "venvs"
BIN = Path(sys.executable).parent
TESTS = ("tests/faults", "tests/unit", "tests/integration", "tests/conformance")
WAITING = ("tests/faults",)
"""Tests that mostly sleep: they keep a processor busy for a sixth of their time."""
SOURCES = ["plugins", "tests", "tools", "docs"]
# Tests misspell names on purpose.
READ_BY_PEOPLE = ["README.md", "CONTRIBUTING.md", "changelogs", "docs", "playbooks", "plugins", "roles"]
# The oldest supported ansible-core, and the Pythons that it runs its tests on; the next one for machines without these.
OLDEST = (("2.16", ("3.10", "3.11", "3.12")), ("2.18", ("3.13",)))
# The ansible-core that Galaxy's importer works with, its Pythons, and what Galaxy has it do.
IMPORTER = ("2.18", ("3.13", "3.12", "3.11"))
IMPORTER_SETTINGS = """\
RUN_ANSIBLE_TEST = False
RUN_ANSIBLE_LINT = True
OFFLINE_ANSIBLE_LINT = True
RUN_FLAKE8 = False
CHECK_REQUIRED_TAGS = True
REQUIRE_V1_OR_GREATER = True
CHECK_CHANGELOG = True
CHECK_RUNTIME_REQUIRES_ANSIBLE = True
"""

# Some tools ask git what belongs to the checkout; it may be another user's when root runs a job in a container.
TRUSTED = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(ROOT)}


class Failed(Exception):
    """A step's command ended with an error; it has said why."""


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """Run a command, show what it prints; raise Failed unless it succeeds."""
    sys.stdout.flush()
    done = subprocess.run([str(part) for part in command], cwd=cwd, env={**os.environ, **environment}, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(str(part) for part in command[:4])} ... ended with {done.returncode}")


def lint_bin() -> Path:
    """Return the commands of the environment with the linters."""
    run("tests/run/venv.sh", VENVS / "lint", "newest", "ansible-core", "tests/lint-requirements.txt")
    return VENVS / "lint" / "bin"


def pythons() -> dict[str, str]:
    """Return the Pythons of this machine, the preferred first: version to path."""
    listed = subprocess.run([ROOT / "tests/run/pythons.sh"], capture_output=True, text=True, check=True).stdout
    return dict(line.split(" ", 1) for line in listed.splitlines())


def oldest_bin() -> Path | None:
    """Return the commands of the environment with the oldest ansible-core that this machine can install."""
    there = pythons()
    for core, supported in OLDEST:
        python = next((there[version] for version in supported if version in there), None)
        if python:
            folder = VENVS / f"core-{core}"
            run("tests/run/venv.sh", folder, python, f"ansible-core=={core}.*", "requests")
            return folder / "bin"
    return None


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
    run(bin_dir / "antsibull-changelog", "lint", PATH=path)
    run(bin_dir / "antsibull-changelog", "lint-changelog-yaml", "changelogs/changelog.yaml", PATH=path)


def ansible_lint() -> None:
    bin_dir = lint_bin()
    run(
        bin_dir / "ansible-lint",
        "--offline",
        "--profile=production",
        ANSIBLE_COLLECTIONS_PATH=str(collections_link()),
        PATH=f"{bin_dir}:{os.environ['PATH']}",
    )


def sanity() -> None:
    """Test with each ansible-core, in lanes side by side: one keeps hardly more than one processor busy.

    The newest core looks at everything; its pylint, which takes longest, has a lane of its own. The oldest one looks at
    what is released. What the lanes need in the home folder is set up before, or they would get into each other's way.
    """
    cores = [bin_dir for bin_dir in (BIN, oldest_bin()) if bin_dir]
    for bin_dir in cores:
        run("tests/run/ansible-test.sh", bin_dir, "sanity", "--color", "no", "--prime-venvs")
    lanes: list[tuple[Path, str, tuple[str, ...]]] = [
        (BIN, "pylint", ("--test", "pylint")),
        *((bin_dir, "", ("--exclude", "tests/", "--exclude", "tools/")) for bin_dir in cores[1:]),
        (BIN, "", ("--skip-test", "pylint")),
    ]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        ended = [
            pool.submit(printed, "tests/run/ansible-test.sh", bin_dir, "sanity", "--color", "no", *options, LANE=lane)
            for bin_dir, lane, options in lanes
        ]
        for (bin_dir, *dummy), result in zip(lanes, ended):
            run(bin_dir / "ansible-test", "--version")
            print(result.result().stdout, end="")
    if any(result.result().returncode for result in ended):
        raise Failed("ansible-test sanity found something")


def printed(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it printed, to be shown in one piece."""
    parts = [str(part) for part in command]
    return subprocess.run(
        parts,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )


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
    run(BIN / "ansible-galaxy", "collection", "build", "--output-path", folder, cwd=folder / "tree")
    tarball = next(folder.glob("*.tar.gz"))
    command = ["git", "log", "-1", "--format=%ct"]
    committed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    normalize(tarball, int(committed))
    return tarball


def importer() -> None:
    """Let the program that takes collections into Galaxy examine the archive."""
    core, supported = IMPORTER
    python = next((path for version, path in pythons().items() if version in supported), None)
    if not python:
        print(f"galaxy-importer is not run: it needs one of Python {', '.join(supported)}")
        return
    venv = VENVS / "importer"
    run("tests/run/venv.sh", venv, python, "galaxy-importer", f"ansible-core=={core}.*")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = folder / "galaxy-importer.cfg"
        settings.write_text(f"[galaxy-importer]\n{IMPORTER_SETTINGS}ANSIBLE_LOCAL_TMP = {folder}\n", encoding="utf-8")
        tarball = built(folder)
        # what it makes of its own goes with the folder
        clean = {"ANSIBLE_HOME": str(folder / "home"), "ANSIBLE_COLLECTIONS_PATH": str(folder / "none")}
        path = f"{venv / 'bin'}:{os.environ['PATH']}"
        command = (venv / "bin" / "python", "-m", "galaxy_importer.main", tarball)
        run(*command, cwd=folder, GALAXY_IMPORTER_CONFIG=str(settings), PATH=path, **clean)


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


def molecule() -> None:
    """Play the scenarios of the roles; what Ansible keeps of that lies in .cache, nothing in the home folder."""
    folder = VENVS / "molecule"
    run("tests/run/venv.sh", folder, "newest", "ansible-core", "molecule", "tests/requirements.txt")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "MOLECULE_"))}
    environment.update(ANSIBLE_HOME=str(ROOT / ".cache" / "molecule"), ANSIBLE_COLLECTIONS_PATH=str(collections_link()))
    environment.update(PATH=f"{folder / 'bin'}:{os.environ['PATH']}", NO_COLOR="1")
    command = [str(folder / "bin" / "molecule"), "test", "--all", "--workers", str(min(os.cpu_count() or 1, 4))]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(done.stdout if done.returncode else done.stdout[done.stdout.rfind("SCENARIO RECAP") :])
    if done.returncode:
        raise Failed(f"molecule ended with {done.returncode}")


def pytest(*folders: str) -> None:
    """Run the tests; what waits for faults to pass runs many at once, all else one for each processor."""
    oldest = oldest_bin()
    wanted = folders or TESTS
    waiting = [folder for folder in wanted if folder in WAITING]
    working = [folder for folder in wanted if folder not in WAITING]
    for group, workers in ((waiting, 6), (working, min(os.cpu_count() or 1, 4))):
        if group:
            parallel = ("-n", str(workers), "--dist", "worksteal") if workers > 1 else ()
            slowest = ("--durations", "20", "--durations-min", "1")
            command = (BIN / "python", "-m", "pytest", "-q", *slowest, *parallel, *group)
            run(*command, JOBWISE_ANSIBLE_OLDEST=str(oldest or ""))


def faults() -> None:
    """Run the tests that otherwise take a sample of their cases with all of them."""
    parallel = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal")
    command = (BIN / "python", "-m", "pytest", "-q", "--whole", "-m", "sampled", "--durations", "20", *parallel, *TESTS)
    run(*command, JOBWISE_ANSIBLE_OLDEST=str(oldest_bin() or ""))


STEPS: dict[str, t.Callable[[], None]] = {
    "style": style,
    "licences": licences,
    "types": types,
    "docs": docs,
    "ansible-lint": ansible_lint,
    "build": build,
    "importer": importer,
    "molecule": molecule,
    "sanity": sanity,
    "pytest": pytest,
}
PARTS: dict[str, t.Callable[[], None]] = {
    "unit": lambda: pytest("tests/unit"),
    "integration": lambda: pytest("tests/faults", "tests/integration", "tests/conformance"),
    "faults": faults,
}
# pytest's own summary, which tells the seconds, is to be the last line of a run.
ENDS_WITH_SUMMARY = ("pytest", *PARTS)


def main() -> int:
    os.environ.update(TRUSTED)
    known = {**STEPS, **PARTS}
    asked = sys.argv[1:] or list(STEPS)
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"No step {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    begun = time.monotonic()
    for name in asked:
        start = time.monotonic()
        print(f"\n=== {name}   (after {start - begun:.0f} s)", flush=True)
        try:
            known[name]()
        except Failed as error:
            print(f"\n{name} failed: {error}", file=sys.stderr)
            return 1
        if name not in ENDS_WITH_SUMMARY:
            print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
