# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that clients upload to an object and download from it (PowerStore REST 4.0, ``upload...``, ``download...``).

A download gives back what the upload of the same name brought. Files that the array writes itself are always there;
their content is made up.
"""

from __future__ import annotations

from jobwise_emulator import multipart
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.powerstore.errors import INVALID_REQUEST, Refused, invalid, no_rules

PART = "body"
TEXT, BINARY = "document/text", "application/binary"
# What the document says that an operation produces, where that is no text.
CONTENT_TYPES = {
    ("file_kerberos", "download_keytab"): BINARY,
    ("metrics_archive", "download"): BINARY,
}
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)
OF_THE_ARRAY = {
    ("metrics_archive", "download"): EMPTY_ZIP,
    ("nas_server", "download/user_mapping_report"): b"",
}

# What an object shows of a file that it has (file_ldap, is_config_file_uploaded, is_certificate_uploaded).
SHOWN_BY = {
    ("file_ldap", "upload_config"): "is_config_file_uploaded",
    ("file_ldap", "upload_certificate"): "is_certificate_uploaded",
    ("file_virus_checker", "upload_config"): "is_config_file_uploaded",
}

# What a download gives before the first upload: a template (nas_server, download/passwd and its siblings,
# file_virus_checker, download_config).
TEMPLATES = {
    ("file_virus_checker", "download_config"): b"# Template of viruschecker.conf.\n",
    **{
        ("nas_server", f"download/{name}"): f"# Template of {name}.\n".encode()
        for name in ("group", "homedir", "hosts", "netgroup", "nsswitch", "ntxmap", "passwd")
    },
}


def download(kind: str, action: str, entry: Json) -> Reply:
    """The file of an object; 422 if nobody has uploaded it."""
    content = OF_THE_ARRAY.get((kind, action), entry.get(hidden(action), TEMPLATES.get((kind, action))))
    if content is None:
        raise Refused(422, INVALID_REQUEST, f"The {kind.replace('_', ' ')} has no such file.")
    return Reply(200, content=content, content_type=CONTENT_TYPES.get((kind, action), TEXT))


def upload(request: Request, kind: str, action: str, entry: Json | None) -> Reply:
    """Keep the file of a form: the download gives it from now on. This is no job; 400 for a wrong form."""
    if entry is None:
        raise no_rules(kind, action)
    try:
        parts = multipart.parse(request.headers.get("content-type", ""), request.body)
    except ValueError as error:
        raise invalid(f"The form cannot be read: {error}.") from None
    content = next((part.content for part in parts if part.name == PART), None)
    if content is None:
        raise invalid(f"The form has no part {PART}.")
    entry[hidden(action)] = content
    if (kind, action) in SHOWN_BY:
        entry[SHOWN_BY[kind, action]] = True
    return Reply(204)


def hidden(action: str) -> str:
    """The attribute that holds a file; the operations ``upload...`` and ``download...`` of one file share it."""
    return "@file" + action.removeprefix("upload").removeprefix("download")
