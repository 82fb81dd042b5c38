# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that CI runs. Usage: python -m tests.run [STEP ...]; without a step, all of them, side by side."""

from __future__ import annotations

import os
import signal
import sys
import time
import typing as t

from tests.run import changelog, checks, cores, coverage, packaging, release, rulebook, sanity
from tests.run.browser import browser
from tests.run.command import BIN, ROOT, Failed, run
from tests.run.environments import lint_bin, oldest_bin
from tests.run.lanes import TABLE, Job, run_jobs, table

PROCESSORS = os.cpu_count() or 1
PLAYED = ("tests/integration", "tests/conformance")
TESTS = ("tests/faults", "tests/unit", *PLAYED)
# Some tools ask git what belongs to the checkout; it may be another user's when root runs a job in a container.
TRUSTED = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(ROOT)}


def pytest(folders: t.Sequence[str], workers: int, *options: str) -> None:
    """Run tests in several processes."""
    parallel = ("-n", str(workers), "--dist", "worksteal")
    command = (BIN / "python", "-m", "pytest", "-q", "--durations", "20", "--durations-min", "1", *parallel)
    run(*command, *options, *folders)


def played(*more: str) -> None:
    """Run the playbooks, with more folders; one process more than processors, as a play now and then waits."""
    os.environ["JOBWISE_ANSIBLE_OLDEST"] = str(oldest_bin() or "")
    pytest([*PLAYED, *more], min(PROCESSORS, 4) + 1)


def integration() -> None:
    fault_tests()
    played()


def fault_tests() -> None:
    """Run the fault tests, many at once: they keep a processor busy for a sixth of their time."""
    pytest(["tests/faults"], 6)


def units_oldest() -> None:
    """Run the unit tests of the plugins with the oldest ansible-core, in one process beside other steps."""
    bin_dir = oldest_bin()
    if bin_dir:
        cores.unit_tests(bin_dir, *cores.LEFT_OUT, "--ignore=tests/unit/emulator")


def faults() -> None:
    """Run the tests that otherwise take a sample of their cases with all of them."""
    os.environ["JOBWISE_ANSIBLE_OLDEST"] = str(oldest_bin() or "")
    pytest(TESTS, min(PROCESSORS, 4), "--whole", "-m", "sampled")


STEPS: dict[str, t.Callable[[], object]] = {
    "environment": lint_bin,
    "style": checks.style,
    "licences": checks.licences,
    "types": checks.types,
    "docs": checks.docs,
    "ansible-lint": checks.ansible_lint,
    "molecule": checks.molecule,
    "browser": browser,
    "build": packaging.build,
    "emulator-wheel": packaging.emulator_wheel,
    "importer": packaging.importer,
    "sanity-import": sanity.imports,
    "sanity-others": sanity.others,
    "sanity-oldest": sanity.oldest,
    "sanity-pylint": sanity.pylint,
    "units-oldest": units_oldest,
    "fault-tests": fault_tests,
    "pytest": lambda: played("tests/unit"),
}
LAST = "pytest"
"""It runs alone, as it uses all processors itself, and the last line of a run is to be its summary."""
NEED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("style", "licences", "types", "docs", "ansible-lint", "molecule", "browser"), ("environment",)),
    # ansible-test does not lock its environments: what could set up the same one runs one after the other.
    "sanity-others": ("sanity-import",),
    "sanity-oldest": ("sanity-others",),
    # it uses the environment that the other one sets up
    "units-oldest": ("sanity-oldest",),
}
"""What has to end before a step begins."""
FIRST = ("environment", "sanity-import", "fault-tests", "style", "types", "sanity-others", "sanity-oldest", "molecule")
"""Steps in the order in which they begin, before all others: what others need, what fails often, what takes long."""
WAITING = ("fault-tests",)
RELEASE = ("reproducible", "coverage", "cores", "rulebook", "image")
"""What a release has to pass beside all STEPS: it takes long, or needs what only few machines have."""
PARTS: dict[str, t.Callable[[], object]] = {
    "sanity": sanity.whole,
    "unit": lambda: pytest(["tests/unit"], min(PROCESSORS, 4)),
    "integration": integration,
    "faults": faults,
    "changelog": changelog.write,
    "coverage": coverage.coverage,
    "cores": cores.cores,
    "reproducible": release.reproducible,
    "release": release.release,
    "release-check": lambda: checked(RELEASE),
    "rulebook": rulebook.rulebook,
    "image": packaging.image,
}


def jobs() -> list[Job]:
    """Return all steps but the last one, each as a process of its own."""
    names = [*FIRST, *(name for name in STEPS if name not in (*FIRST, LAST))]
    return [
        Job(name, (sys.executable, "-m", "tests.run", name), NEED.get(name, ()), waits=name in WAITING)
        for name in names
    ]


def everything() -> None:
    """Run all steps, as many at once as there are processors, and the last one alone."""
    lanes = min(PROCESSORS, 4)
    print(f"Steps run side by side, {lanes} at once. What a step prints is shown when it ends.", flush=True)
    begun = time.monotonic()
    times = run_jobs(jobs(), lanes)
    os.environ[TABLE] = f"{table(times)}\n{time.monotonic() - begun:.0f} s for these steps, in {lanes} lanes"
    print(f"\n=== {LAST}   (after {time.monotonic() - begun:.0f} s)", flush=True)
    STEPS[LAST]()


def checked(names: t.Sequence[str]) -> None:
    """Run steps one after the other to their end, whatever fails; then say which have failed."""
    ended: dict[str, str] = {}
    for name in names:
        begun = time.monotonic()
        try:
            in_turn([name])
            ended[name] = "ok"
        except Failed as error:
            print(error, flush=True)
            ended[name] = "FAILED"
        ended[name] += f" {time.monotonic() - begun:.0f} s"
    print("\n" + "\n".join(f"{name:24}{outcome}" for name, outcome in ended.items()), flush=True)
    failed = [name for name, outcome in ended.items() if outcome.startswith("FAILED")]
    if failed:
        raise Failed(f"failed: {', '.join(failed)}")


def in_turn(names: t.Sequence[str]) -> None:
    """Run some steps one after the other."""
    for name in names:
        if len(names) > 1:
            print(f"\n=== {name}", flush=True)
        try:
            {**STEPS, **PARTS}[name]()
        except Failed as error:
            raise Failed(f"{name} failed: {error}") from error


def main() -> int:
    os.environ.update(TRUSTED)
    # Bytecode saves more than it costs: many processes import the same files, and pytest rewrites its tests only once.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    signal.signal(signal.SIGTERM, lambda *dummy: sys.exit(143))
    asked = sys.argv[1:]
    known = (*STEPS, *PARTS)
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"No step {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    try:
        if asked:
            in_turn(asked)
        else:
            everything()
    except Failed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
