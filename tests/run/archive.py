# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the archive of a collection the same, byte for byte, wherever and whenever it is built.

``ansible-galaxy collection build`` lists the files in the order of the file system, and writes the time and the user of
the build into the archive. Whoever builds a release again could not compare it with the published one.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import typing as t
from pathlib import Path

# Ansible reads these two first, so they stay in front.
FIRST = ("MANIFEST.json", "FILES.json")


def normalize(archive: Path, epoch: int) -> None:
    """Rewrite an archive in place. epoch: time of all its members, in seconds since 1970."""
    with tarfile.open(archive) as old:
        members = {member.name: member for member in old.getmembers()}
        content = {name: contained(old, member) for name, member in members.items()}
    put_in_order(content)
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as new:
        for name in [*FIRST, *sorted(set(members) - set(FIRST))]:
            new.addfile(header(members[name], len(content[name]), epoch), io.BytesIO(content[name]))
    with archive.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(plain.getvalue())


def contained(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """Return what a member holds, nothing if it is a folder or a link."""
    file = archive.extractfile(member) if member.isfile() else None
    return file.read() if file else b""


def put_in_order(content: dict[str, bytes]) -> None:
    """Sort the list of files; the manifest holds its checksum, so that changes with it."""
    listing = json.loads(content["FILES.json"])
    listing["files"].sort(key=lambda entry: entry["name"])
    content["FILES.json"] = dumped(listing)
    manifest = json.loads(content["MANIFEST.json"])
    manifest["file_manifest_file"]["chksum_sha256"] = hashlib.sha256(content["FILES.json"]).hexdigest()
    content["MANIFEST.json"] = dumped(manifest)


def dumped(value: t.Any) -> bytes:
    """Return JSON as ansible-galaxy writes it."""
    return json.dumps(value, indent=True).encode()


def header(member: tarfile.TarInfo, size: int, epoch: int) -> tarfile.TarInfo:
    """Return the header of a member without what depends on the machine: owner, exact mode, time."""
    info = tarfile.TarInfo(member.name)
    info.type, info.linkname, info.mtime, info.size = member.type, member.linkname, epoch, size
    info.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return info
