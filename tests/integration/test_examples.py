# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every example of every module, guide and role does what it shows, on an emulated appliance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.needs import mistakes
from tests.examples.pages import Page, all_pages
from tests.examples.play import problems, run

PAGES = all_pages()
PARTS = {
    "powerstore modules": ("powerstore", True),
    "powerstore guides": ("powerstore", False),
    "oneview": ("oneview", None),
    "ontap_select": ("ontap_select", None),
}
"""What one run of ansible-playbook plays: the platform, and whether it plays modules, or other pages, or both."""


@pytest.mark.parametrize("part", PARTS)
def test_examples(part: str, tmp_path: Path) -> None:
    platform, modules = PARTS[part]
    pages = [page for page in PAGES if modules in (None, page.is_module)]
    rows, output = run(platform, pages, tmp_path)
    found = [f"{page.name}: {problem}" for page in pages for problem in problems(page.on(platform), rows)]
    assert rows, output
    assert not found, "\n".join(found)


def test_what_examples_need_is_described_for_examples_that_exist() -> None:
    assert list(mistakes(PAGES)) == []


def test_every_platform_is_played() -> None:
    assert {example.platform for page in PAGES for example in page.examples} == {name for name, dummy in PARTS.values()}


def test_pages_are_found() -> None:
    names = {page.name for page in PAGES}
    assert {"volume_group", "README", "docs/powerstore", "roles/powerstore_users"} <= names
    assert all(isinstance(page, Page) and page.examples for page in PAGES)
