# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which lines of the plugins the tests run: in pytest, in the workers that Ansible forks, and in modules.

Coverage starts in every Python process below a test, as the environment names its settings. Modules are packed into
archives before they run, so Ansible has settings of its own for them.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from tests.run.command import ROOT, Failed, chosen, run
from tests.run.environments import coverage_bin

FOLDER = ROOT / ".cache" / "coverage"
PAGES = ROOT / "dist" / "coverage"
PLUGINS = ROOT / "plugins"
IN_ARCHIVES = "*/ansible_collections/jobwise/appliance/plugins/*"
LIMIT = 1800
"""Seconds that a part may take."""
AT_LEAST = 95
"""Per cent of all lines below plugins/."""
# Emulator and project have tests that run no line of a plugin.
UNITS = ("tests/unit", "--ignore=tests/unit/emulator", "--ignore=tests/unit/project")
PLAYS = [f"tests/integration/test_{name}.py" for name in ("keywords", "routing", "inventory", "config", "targets")]
PARTS: dict[str, tuple[str, ...]] = {
    "units": UNITS,
    "faults": ("tests/faults",),
    "plays": (*PLAYS, "-k", "not oldest"),
}
"""What is measured, with the arguments of pytest. JOBWISE_PARTS names some, to measure only these anew."""
SETTINGS = """\
[run]
parallel = true
data_file = {data}/tests
core = sysmon
concurrency =
    multiprocessing
    thread
patch =
    subprocess
    _exit
sigterm = true
{files}
disable_warnings = no-data-collected, module-not-measured, module-not-imported

[paths]
plugins =
    plugins
    {root}/plugins
    */ansible_collections/jobwise/appliance/plugins

[report]
# Files that Ansible itself adds to a module's archive have no source.
ignore_errors = true
include = plugins/*
skip_empty = true
skip_covered = true
show_missing = true
exclude_also =
    if t.TYPE_CHECKING:
    ^\\s*\\.\\.\\.$
    raise NotImplementedError
"""


def coverage() -> None:
    """Run the parts, then print the lines that nothing has run; fail below the limit."""
    bin_dir = coverage_bin()
    failed = []
    for part in chosen("JOBWISE_PARTS", PARTS):
        try:
            measure(part, bin_dir)
        except Failed as error:
            failed.append(f"{part}: {error}")
    report(bin_dir)
    if failed:
        raise Failed("\n".join(failed))


def settings_of(part: str) -> Path:
    """Write the settings with which a part is measured; return their path."""
    # A file can have one of the two: the first counts files that nothing imports, too, but none in a module's archive.
    files = f"source_dirs =\n    {PLUGINS}" if part == "units" else f"include =\n    {IN_ARCHIVES}\n    {PLUGINS}/*"
    FOLDER.mkdir(parents=True, exist_ok=True)
    settings = FOLDER / f"{part}.cfg"
    settings.write_text(SETTINGS.format(files=files, data=FOLDER / part, root=ROOT), encoding="utf-8")
    return settings


def measure(part: str, bin_dir: Path) -> None:
    """Run one part; what it keeps takes the place of what an earlier run has kept."""
    settings, data = settings_of(part), FOLDER / part
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    workers = 6 if part == "faults" else min(os.cpu_count() or 1, 4)
    pytest = (bin_dir / "python", "-m", "pytest", "-q", "-n", str(workers), "--dist", "worksteal")
    run(
        *pytest,
        *PARTS[part],
        limit=LIMIT,
        COVERAGE_PROCESS_START=str(settings),
        _ANSIBLE_ANSIBALLZ_COVERAGE_CONFIG=json.dumps({"config": str(settings), "output": str(data / "module")}),
    )


def report(bin_dir: Path) -> None:
    """Combine what all parts have kept, print it, and write pages of it."""
    command, rcfile = bin_dir / "coverage", f"--rcfile={settings_of('all')}"
    data = f"--data-file={FOLDER / 'all'}"
    kept = [path for part in PARTS for path in sorted((FOLDER / part).glob("*"))]
    run(command, "combine", rcfile, data, "--quiet", "--keep", *kept)
    run(command, "html", rcfile, data, "--quiet", f"--directory={PAGES}")
    run(command, "report", rcfile, data, f"--fail-under={AT_LEAST}")
    print(f"Open {PAGES}/index.html")
