# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The archive of a release does not depend on when, where and by whom it was built."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.run.archive import normalize

GALAXY = Path(sys.executable).parent / "ansible-galaxy"
SETTINGS = """\
namespace: some
name: thing
version: 1.0.0
readme: README.md
authors: [Anna]
"""
EPOCH = 1_700_000_000


def built(folder: Path, names: list[str], time: int, mask: int) -> Path:
    """Build a small collection whose files were written in this order, at this time, with these rights."""
    source = folder / "source"
    (source / "docs").mkdir(parents=True)
    (source / "galaxy.yml").write_text(SETTINGS, encoding="utf-8")
    for name in names:
        (source / name).write_text(f"This is {name}.\n", encoding="utf-8")
        (source / name).chmod(0o666 & ~mask)
        os.utime(source / name, (time, time))
    home = {"ANSIBLE_HOME": str(folder / "home")}
    command = [str(GALAXY), "collection", "build", "--output-path", str(folder)]
    subprocess.run(command, cwd=source, env={**os.environ, **home}, check=True, capture_output=True)
    return folder / "some-thing-1.0.0.tar.gz"


def contents(archive: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    """Return the members of an archive with what they hold."""
    with tarfile.open(archive) as packed:
        files = [(member, packed.extractfile(member)) for member in packed.getmembers()]
        return [(member, file.read() if file else b"") for member, file in files]


def shaken(archive: Path, time: int) -> None:
    """Pack the members in reverse, at this time and for another user, as another machine might."""
    members = contents(archive)
    with tarfile.open(archive, "w:gz") as new:
        for member, data in reversed(members):
            if member.name == "FILES.json":
                listing = json.loads(data)
                listing["files"].reverse()
                data = json.dumps(listing, indent=True).encode()
            member.mtime, member.uid, member.uname, member.size = time, 1234, "anna", len(data)
            new.addfile(member, io.BytesIO(data))


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    names = ["README.md", "docs/b.md", "docs/a.md"]
    one = built(tmp_path / "one", names, 1_000_000_000, 0o022)
    two = built(tmp_path / "two", names[::-1], 1_100_000_000, 0o077)
    shaken(two, 1_200_000_000)
    assert one.read_bytes() != two.read_bytes()
    for archive in (one, two):
        normalize(archive, EPOCH)
    assert one.read_bytes() == two.read_bytes()


def test_the_checksums_in_the_archive_hold(tmp_path: Path) -> None:
    archive = built(tmp_path / "one", ["README.md", "docs/b.md", "docs/a.md"], EPOCH, 0o022)
    normalize(archive, EPOCH)
    members = contents(archive)
    names = [member.name for member, dummy in members]
    content = {member.name: data for member, data in members if member.isfile()}
    times = {member.mtime for member, dummy in members}
    manifest, listing = json.loads(content["MANIFEST.json"]), json.loads(content["FILES.json"])
    assert names[:2] == ["MANIFEST.json", "FILES.json"] and times == {EPOCH}
    assert manifest["file_manifest_file"]["chksum_sha256"] == hashlib.sha256(content["FILES.json"]).hexdigest()
    listed = {one["name"]: one["chksum_sha256"] for one in listing["files"] if one["ftype"] == "file"}
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in content.items() if name not in names[:2]}
