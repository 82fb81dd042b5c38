# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The changelog tells people who update what is different for them."""

from __future__ import annotations

import typing as t

import pytest
import yaml

from tests.run.changelog import DATA, entry, fragments
from tests.unit.project.sources import ROOT

FOLDER = ROOT / "changelogs" / "fragments"
FOR_USERS_OF_A_RELEASE = {"bugfixes", "breaking_changes", "deprecated_features", "removed_features", "security_fixes"}
"""Sections about what an earlier release did otherwise."""


def load(path: str) -> dict[str, t.Any]:
    loaded: dict[str, t.Any] = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    return loaded


VERSION = str(load("galaxy.yml")["version"])


def sections() -> dict[str, dict[str, t.Any]]:
    """Return what fragments and entries say, by where they say it: section to its texts."""
    found = {name: load(f"changelogs/fragments/{name}") for name in fragments(ROOT)}
    return {**found, **{version: one["changes"] for version, one in load(str(DATA))["releases"].items()}}


@pytest.mark.parametrize("place", sections())
def test_entries_are_texts(place: str) -> None:
    """A colon makes a mapping of one that is not in quotes, and antsibull-changelog refuses it."""
    for entries in sections()[place].values():
        assert all(isinstance(one, str) for one in ([entries] if isinstance(entries, str) else entries))


def test_the_version_that_comes_next_is_described() -> None:
    """By its entry, or by fragments that become one."""
    assert entry(ROOT, VERSION) or fragments(ROOT)


@pytest.mark.parametrize("place", sections())
def test_nothing_is_mended_that_nobody_has_got(place: str) -> None:
    """The first release has no earlier one: what was wrong on the way to it is of no interest to its users."""
    if set(load(str(DATA))["releases"]) == {VERSION}:
        assert set(sections()[place]) & FOR_USERS_OF_A_RELEASE == set()


def test_all_names_of_fragments_are_read() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {*fragments(ROOT), ".keep"} == set()


@pytest.mark.parametrize("role", sorted((ROOT / "roles").iterdir()), ids=lambda path: path.name)
def test_every_role_says_when_it_came(role: t.Any) -> None:
    """Else the changelog does not list it as new."""
    assert load(f"roles/{role.name}/meta/argument_specs.yml")["argument_specs"]["main"]["version_added"]
