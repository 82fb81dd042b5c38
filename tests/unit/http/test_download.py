# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Large bodies, both ways: downloads piece by piece, uploads in parts, and names that come twice in a query."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ConnectionFailed, ResponseLost
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, closed_port


def test_a_download_comes_with_its_headers(start: Start) -> None:
    dummy, endpoint = start.script(Answer(200, "x" * 200000, {"Content-Disposition": "attachment; filename=b.bkp"}))
    with Transport(endpoint).download("/big") as (response, pieces):
        assert b"".join(pieces) == b"x" * 200000
        assert response.headers["content-disposition"].endswith("b.bkp")


def test_what_is_no_download_is_a_reply(start: Start) -> None:
    dummy, endpoint = start.script(Answer(404, {"message": "gone"}))
    with Transport(endpoint).download("/big") as (response, pieces):
        assert (response.status, response.body, list(pieces)) == (404, {"message": "gone"}, [])


def test_a_download_that_breaks_off_is_an_error(start: Start) -> None:
    dummy, endpoint = start.script(Answer(200, "short", {"Content-Length": "1000", "Connection": "close"}))
    with pytest.raises(ResponseLost), Transport(endpoint).download("/big") as (response, pieces):
        assert response.status == 200 and list(pieces)


def test_nobody_there() -> None:
    endpoint = Endpoint("127.0.0.1", closed_port(), validate_certs=False, timeout=2.0)
    with pytest.raises(ConnectionFailed), Transport(endpoint).download("/big"):
        pass


def test_a_name_may_come_twice_in_a_query(start: Start) -> None:
    script, endpoint = start.script(Answer(200, {}))
    Transport(endpoint).exchange("GET", "/x", [("filter", "a=1"), ("filter", "b='2'")])
    assert script.requests[0].target == "/x?filter=a%3D1&filter=b%3D%272%27"


def test_parts_of_an_upload(start: Start) -> None:
    script, endpoint = start.script(Answer(200, {}))
    Transport(endpoint).exchange("POST", "/up", files={"file": ("licence.txt", b"SERIAL", "text/plain")})
    sent = script.requests[0]
    assert sent.headers["content-type"].startswith("multipart/form-data")
    assert 'filename="licence.txt"' in str(sent.body) and "SERIAL" in str(sent.body)
