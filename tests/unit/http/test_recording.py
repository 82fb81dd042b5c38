# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recordings: no secret in any form, whole lines, bounded, only to a file meant for it. Where a rehearsal may go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ConnectionFailed, InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._http import recording
from ansible_collections.jobwise.appliance.plugins.module_utils._http.client import Client
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.environment import RECORD, REHEARSAL
from ansible_collections.jobwise.appliance.plugins.module_utils._http.secrets import HIDDEN, forms_of
from tests.run.collection import NAME, ROOT
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer
from tests.unit.http.test_secrets import KEY, LINES, ODD

Json = t.Dict[str, t.Any]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the environment names."""
    path = tmp_path / "exchanges.jsonl"
    monkeypatch.setenv(RECORD, str(path))
    return path


def lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_exchange_is_a_line(start: Start, file: Path) -> None:
    answer = Answer(
        206, '[{"id": "1"}]', {"Content-Range": "0-0/2", "Set-Cookie": "a=b", "Content-Type": "application/json"}
    )
    dummy, endpoint = start.script(answer)
    client = Client(endpoint)
    client._transport.exchange("POST", "/x", {"a": "b"}, {"size": 1}, {"Cookie": "c=d", "If-Match": "7"})
    client.close()
    (line,) = lines(file)
    assert list(line)[0] == "record" and line.pop("record") == 1
    assert line.pop("time").endswith("Z") and line.pop("seconds") >= 0
    assert line.pop("connection").startswith(f"{os.getpid()}-") and len(line.pop("appliance")) == 8
    assert line == {
        **{
            "method": "POST",
            "path": "/x",
            "query": [["a", "b"]],
            "request": {"size": 1},
            "request_headers": {"If-Match": "7"},
        },
        **{"status": 206, "headers": {"Content-Type": "application/json", "Content-Range": "0-0/2"}},
        "response": [{"id": "1"}],
    }
    assert file.stat().st_mode & 0o777 == 0o600


def test_no_secret_in_any_form(start: Start, file: Path) -> None:
    """The task's own secrets, those that only the answers hold, keys, and echoes in JSON and in other texts."""
    forms = sorted(forms_of(ODD) | forms_of("Bearer-4711"))
    echo = {
        "messages": [{"text": form} for form in forms],
        ODD: 1,
        "sessionID": "from-answer",
        "token": ["from-answer"],
    }
    answers = [Answer(200, json.dumps(echo)), Answer(500, " ".join([*forms, KEY])), Answer(422, json.dumps({"x": KEY}))]
    dummy, endpoint = start.script(*answers)
    client = Client(endpoint)
    client.keep_secret([ODD, "Bearer-4711"])
    body = {"password": "unknown-to-the-task", "is_password_change_required": True, "more": [{"private_key": KEY}]}
    client._transport.exchange("POST", "/x", [("q", ODD)], body, {"Authorization": "Bearer-4711"})
    client._transport.exchange("GET", "/x", {"q": ODD})
    client._transport.exchange("PATCH", "/x", body={"note": ODD})
    client.close()
    text = file.read_text(encoding="utf-8")
    hidden = [*forms, "unknown-to-the-task", "from-answer", *LINES]
    assert [secret for secret in hidden if secret in text or json.dumps(secret)[1:-1] in text] == []
    assert lines(file)[0]["request"]["is_password_change_required"] is True
    assert len(lines(file)) == 3 and HIDDEN in lines(file)[1]["text"]


def test_failures_and_downloads(start: Start, file: Path) -> None:
    dummy, endpoint = start.script(Answer(200, "s3cret backup", {"Content-Type": "application/octet-stream"}))
    client = Client(endpoint)
    with client._transport.download("/backup") as (dummy_answer, pieces):
        assert b"".join(pieces) == b"s3cret backup"
    client.close()
    nobody = Client(Endpoint("127.0.0.1", 1, validate_certs=False))
    with pytest.raises(ConnectionFailed):
        nobody._transport.exchange("GET", "/x")
    downloaded, failed = lines(file)
    assert downloaded["download"] and downloaded["response"] is None and "s3cret" not in json.dumps(downloaded)
    assert failed["error"]["kind"] == "connection" and "Cannot connect" in failed["error"]["message"]
    assert "status" not in failed and failed["connection"] != downloaded["connection"]


def test_lines_are_bounded() -> None:
    rows = [{"id": str(number), "text": "x" * 2000} for number in range(2000)]
    line = recording.line_of({"record": 1, "response": rows})
    assert len(line) <= recording.LARGEST_LINE
    cut = json.loads(line)
    assert cut["cut"] and len(cut["response"]) == 500 and set(cut["response"][0]) == {"id", "text"}
    huge = json.loads(recording.line_of({"record": 1, "method": "GET", "response": "x" * 2 * recording.LARGEST_LINE}))
    assert huge["cut"] and huge["response"] is None and huge["method"] == "GET"
    text = json.loads(recording.line_of({"record": 1, "text": "x" * 3000}))
    assert text["cut"] and len(text["text"]) == 2000


WRITER = f"""
import os, sys, threading
from {NAME}.plugins.module_utils._http.recording import RecordFile
def write(name):
    file = RecordFile(sys.argv[1])
    for number in range(20):
        file.append(b'{{"record": 1, "by": "' + name.encode() + b'", "text": "' + b"x" * 100000 + b'"}}\\n')
children = [os.fork() for dummy in range(2)]
threads = [threading.Thread(target=write, args=[f"{{os.getpid()}}-{{number}}"]) for number in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
if all(children):
    [os.wait() for dummy in range(2)]
"""


def test_processes_and_threads_write_whole_lines(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    subprocess.run([sys.executable, "-c", WRITER, str(file)], cwd=ROOT, check=True)
    written = [one["by"] for one in lines(file)]
    writers = set(written)
    assert len(writers) == 8 and all(written.count(one) == 20 for one in writers)


FULL = f"""
import resource, sys
from {NAME}.plugins.module_utils._http.recording import RecordFile
file = RecordFile(sys.argv[1])
file.append(b'{{"record": 1}}\\n')
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
try:
    file.append(b'{{"record": 1, "text": "' + b"x" * 9000 + b'"}}\\n')
except OSError:
    sys.exit(7)
"""


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    file = tmp_path / "full.jsonl"
    assert subprocess.run([sys.executable, "-c", FULL, str(file)], cwd=ROOT, check=False).returncode == 7
    assert lines(file) == [{"record": 1}]


def test_a_recording_that_ends_is_a_warning(start: Start, file: Path) -> None:
    dummy, endpoint = start.script(Answer(200, "1"), Answer(200, "2"))
    client = Client(endpoint)
    file.unlink()
    file.parent.rmdir()
    assert [client._transport.exchange("GET", "/x").body for dummy in range(2)] == [1, 2]
    client.close()
    assert client.warnings == [f"The recording to {file} ended: No such file or directory."]


@pytest.mark.parametrize("case", ["relative", "folder", "link", "other", "nowhere"])
def test_only_to_a_file_meant_for_it(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("my notes\n")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    paths = {"relative": "x.jsonl", "folder": str(tmp_path), "link": str(tmp_path / "link"), "other": str(other)}
    why = {
        "relative": "is not an absolute path",
        "folder": "Is a directory",
        "link": "cannot be written: a link",
        "other": "holds something other than a recording",
        "nowhere": "No such file or directory",
    }
    monkeypatch.setenv(RECORD, paths.get(case, str(tmp_path / "no" / "x.jsonl")))
    with pytest.raises(InputError, match=why[case]):
        Client(Endpoint("127.0.0.1", validate_certs=False))
    assert other.read_text() == "my notes\n" and not (tmp_path / "target").exists()


def test_who_does_not_record_pays_nothing() -> None:
    code = (
        f"import sys, {NAME}.plugins.module_utils._powerstore.client as client\n"
        f"from {NAME}.plugins.module_utils._http.endpoint import Endpoint\n"
        "client.PowerStoreClient(Endpoint('127.0.0.1', validate_certs=False), 'a', 'b')\n"
        "sys.exit(any(name.endswith('_http.recording') for name in sys.modules))"
    )
    environment = {name: value for name, value in os.environ.items() if name != RECORD}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode == 0


@pytest.mark.parametrize("only", ["127.0.0.1:8443", "127.0.0.1:9443, 127.0.0.1:8443"])
def test_a_rehearsal_stays_where_it_is(only: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REHEARSAL, only)
    Client(Endpoint("127.0.0.1", 8443, validate_certs=False)).close()
    for endpoint in (Endpoint("array01.example.com", 8443), Endpoint("127.0.0.1", 443)):
        with pytest.raises(InputError, match="This is a rehearsal at 127.0.0.1:.*so nothing was sent") as raised:
            Client(endpoint)
        assert f"{endpoint.host}:{endpoint.port}" in str(raised.value) and f"unset {REHEARSAL}" in str(raised.value)
