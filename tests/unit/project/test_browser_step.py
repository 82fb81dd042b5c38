# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The step with the browser says what is wrong if there is no browser, and never passes without one."""

from __future__ import annotations

import pytest

from tests.run import browser
from tests.run.command import Failed


def test_a_user_who_may_not_install_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Failed, match="No browser is installed.*apt install chromium-headless-shell"):
        browser.browser()


@pytest.mark.parametrize(
    "command, reason",
    [
        (
            ("sh", "-c", "echo Could not resolve host; exit 100"),
            "sh -c failed, so there is no browser:\nCould not resolve",
        ),
        (("sleep", "60"), "sleep 60 took more than 0.1 s"),
        (("true",), "is installed, but none of"),
    ],
)
def test_an_installation_that_fails_fails_the_step(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], reason: str
) -> None:
    monkeypatch.setattr(browser, "PROGRAMS", ("no-such-browser",))
    monkeypatch.setattr(browser, "INSTALL", (command,))
    monkeypatch.setattr(browser, "INSTALL_SECONDS", 0.1 if command[0] == "sleep" else 20)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(Failed, match=reason):
        browser.install()
