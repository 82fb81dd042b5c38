# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a release needs beside the tests: its version, its changelog, and an archive that anybody can build again.

Nothing here signs, tags or publishes: ``release`` says how a maintainer does that.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import yaml

from tests.run import changelog
from tests.run.command import BIN, ROOT, Failed, run
from tests.run.environments import oldest_bin

BUILD = "import pathlib, sys; from tests.run.packaging import built; built(pathlib.Path(sys.argv[1]))"
NEXT = """\

The archive of {version} is ready, dated {date}:

  dist/{name}
  sha256 {checksum}

Nothing has been signed, tagged or published. A maintainer goes on with

  tar -xzOf dist/{name} MANIFEST.json > dist/MANIFEST.json
  gpg --armor --detach-sign --output dist/MANIFEST.json.asc dist/MANIFEST.json
  git tag -s {version} -m "jobwise.appliance {version}"
  git push origin {version}
  ansible-galaxy collection publish dist/{name}

docs/releasing.md explains each step."""


def release() -> None:
    """Check that this commit can be released as the version in galaxy.yml, and put its archive into dist."""
    version = str(yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mistakes = [*mistakes_in_git(version), *mistakes_in_changelog(version, folder)]
        if mistakes:
            raise Failed("\n".join(["This commit cannot be released:", *(f"- {mistake}" for mistake in mistakes)]))
        archive = built_twice(folder)
        (ROOT / "dist").mkdir(exist_ok=True)
        shutil.copy(archive, ROOT / "dist")
        checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    date = (changelog.entry(ROOT, version) or {})["release_date"]
    print(NEXT.format(version=version, name=archive.name, checksum=checksum, date=date))


def mistakes_in_git(version: str) -> list[str]:
    mistakes = []
    if git("status", "--porcelain"):
        mistakes.append("the checkout has changes that are not committed: the archive would not have them")
    if git("tag", "--list", version):
        mistakes.append(f"the tag {version} exists: give galaxy.yml the next version")
    return mistakes


def mistakes_in_changelog(version: str, folder: Path) -> list[str]:
    """Return what the changelog lacks: make changelog, tried on a clone, must have nothing to do."""
    if not changelog.entry(ROOT, version) or changelog.fragments(ROOT):
        return [f"the changelog has no entry of {version}, or fragments wait for it: run make changelog"]
    clone = cloned(folder / "changelog")
    before = (clone / changelog.RENDERED).read_bytes()
    changelog.write(clone)
    if (clone / changelog.RENDERED).read_bytes() == before:
        return []
    return [f"the changelog's entry of {version} does not list all that is new: run make changelog"]


def reproducible() -> None:
    """Build the archive twice, and compare."""
    with tempfile.TemporaryDirectory() as name:
        archive = built_twice(Path(name))
        print(f"{archive.name} is the same from two builds: sha256 {hashlib.sha256(archive.read_bytes()).hexdigest()}")


def built_twice(folder: Path) -> Path:
    """Build the archive in two clones, with all that may differ; return its path if both are the same to the byte."""
    one = built_in_clone(folder / "one", BIN, "022", "UTC")
    two = built_in_clone(folder / "two", oldest_bin() or BIN, "077", "Pacific/Auckland")
    if one.read_bytes() != two.read_bytes():
        raise Failed(f"two builds of {one.name} differ")
    return one


def built_in_clone(folder: Path, bin_dir: Path, mask: str, zone: str) -> Path:
    """Build the archive with an environment's ansible-core. mask: rights that new files lack. zone: time zone."""
    clone = cloned(folder, mask)
    command = ("sh", "-c", 'umask "$0" && exec "$@"', mask, bin_dir / "python", "-c", BUILD, folder)
    run(*command, cwd=clone, TZ=zone)
    return next(folder.glob("*.tar.gz"))


def cloned(folder: Path, mask: str = "022") -> Path:
    """Return a clone of what is committed."""
    clone = folder / "clone"
    folder.mkdir()
    run("sh", "-c", 'umask "$0" && exec "$@"', mask, "git", "clone", "--quiet", ROOT, clone)
    run("git", "checkout", "--quiet", "--detach", git("rev-parse", "HEAD"), cwd=clone)
    return clone


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
