# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The step that looks at pages in a browser, which it installs if it may."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.run.command import Failed, run
from tests.run.environments import lint_bin

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGE = "chromium-headless-shell"
INSTALL = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE, "fonts-dejavu-core"),
)
INSTALL_SECONDS = 120
TEST_SECONDS = 120


def program() -> str | None:
    """Return the browser of this machine, None if it has none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def install() -> None:
    """Install a browser; raise Failed if there is none afterwards, with the reason."""
    if os.geteuid() or not shutil.which("apt-get"):
        raise Failed(f"No browser is installed. Install one of {', '.join(PROGRAMS)}: on Debian, apt install {PACKAGE}")
    print(f"Installing {PACKAGE}", flush=True)
    for command in INSTALL:
        try:
            done = subprocess.run(
                command,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=INSTALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Failed(
                f"{' '.join(command[:2])} took more than {INSTALL_SECONDS} s, so there is no browser"
            ) from None
        if done.returncode:
            raise Failed(f"{' '.join(command[:2])} failed, so there is no browser:\n{done.stdout}")
    if program() is None:
        raise Failed(f"{PACKAGE} is installed, but none of {', '.join(PROGRAMS)} can be found")


def browser() -> None:
    """Look at the page of reports in a browser."""
    if program() is None:
        install()
    run("timeout", str(TEST_SECONDS), lint_bin() / "python", "-m", "pytest", "-q", "tests/browser")
