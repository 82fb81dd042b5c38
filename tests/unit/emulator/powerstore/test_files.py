# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of objects: a download gives what was uploaded, with the content type of the document; errors are JSON."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Reply
from jobwise_emulator.process import Emulator
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.client import Client

FORM = 'multipart/form-data; boundary="x"'


@pytest.fixture
def nas(array: Array) -> Array:
    array.platform.change({"type": "nas_server", "create": {"id": "N1", "name": "nas"}})
    return array


def upload(array: Array, path: str, body: bytes, content_type: str = FORM) -> Reply:
    headers = {"cookie": array.cookie, "dell-emc-token": array.token, "content-type": content_type}
    return array.send("POST", path, body, headers)


def form(content: bytes, name: str = "body") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="f"\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n"


def test_a_download_gives_what_was_uploaded(nas: Array) -> None:
    assert upload(nas, "nas_server/name:nas/upload/passwd", form(b"root:x\r\n\xff")).status == 204
    reply = nas.call("GET", "nas_server/N1/download/passwd")
    assert (reply.status, reply.payload(), reply.content_type) == (200, b"root:x\r\n\xff", "document/text")
    assert nas.call("GET", "nas_server/N1/download/hosts").payload() == b"# Template of hosts.\n"
    assert "@" not in str(nas.get("nas_server/N1"))


def test_a_file_that_nobody_uploaded_is_refused_as_json(nas: Array) -> None:
    nas.platform.change({"type": "file_kerberos", "create": {"id": "K1", "nas_server_id": "N1"}})
    reply = nas.call("GET", "file_kerberos/K1/download_keytab")
    assert (reply.status, reply.content_type) == (422, "application/json")
    assert nas.call("GET", "nas_server/N2/download/passwd").status == 404


@pytest.mark.parametrize(
    ("kind", "path", "content_type"),
    [
        ("metrics_archive", "metrics_archive/A1/download", "application/binary"),
        ("nas_server", "nas_server/A1/download/user_mapping_report", "document/text"),
    ],
)
def test_what_the_array_writes_is_there(array: Array, kind: str, path: str, content_type: str) -> None:
    array.platform.change({"type": kind, "create": {"id": "A1"}})
    reply = array.call("GET", path)
    assert (reply.status, reply.content_type) == (200, content_type)
    assert array.call("GET", path.replace("A1", "A2")).status == 404


def test_an_empty_file_has_a_content_type(running: Emulator) -> None:
    running.change("nas_server", create={"id": "N1", "name": "nas"})
    client = Client(running)
    reply = client.call("GET", "nas_server/N1/download/user_mapping_report")
    client.http.close()
    assert (reply.status_code, reply.content, reply.headers["Content-Type"]) == (200, b"", "document/text")


def test_a_wrong_form_is_refused(nas: Array) -> None:
    path = "nas_server/N1/upload/passwd"
    assert upload(nas, path, b"nothing").status == 400
    assert upload(nas, path, form(b"x", "other")).status == 400
    assert upload(nas, path, b"{}", "application/json").status == 415
