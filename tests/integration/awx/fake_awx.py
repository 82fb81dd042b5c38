# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for the REST API of AWX 24, as far as the modules of awx.awx use it to create objects.

It refuses what AWX refuses of the objects that the setup creates (`rules.py`), and records what it receives, with names
in the place of ids. As in AWX, a project has its playbooks only when its update has ended.
"""

from __future__ import annotations

import http.server
import itertools
import json
import threading
import typing as t
from urllib.parse import parse_qsl, urlsplit

from . import rules

Row = t.Dict[str, t.Any]

RELATIONS = {
    "success_nodes": "workflow_job_template_nodes",
    "failure_nodes": "workflow_job_template_nodes",
    "always_nodes": "workflow_job_template_nodes",
    "workflow_nodes": "workflow_job_template_nodes",
    "notification_templates_started": "notification_templates",
    "notification_templates_success": "notification_templates",
    "notification_templates_error": "notification_templates",
    "notification_templates_approvals": "notification_templates",
    "credentials": "credentials",
    "labels": "labels",
    "instance_groups": "instance_groups",
}
"""Lists below an object, each with the kind of its entries."""
LAUNCHED = ("job_templates", "workflow_job_templates", "projects", "inventory_sources", "workflow_approval_templates")
"""What a schedule or a node of a workflow can launch."""
OTHER = ("survey_spec", "copy", "create_approval_template", "update")


class FakeAwx:
    """The objects, and what was received: requests that write, in their order."""

    def __init__(self, playbooks: t.Collection[str]) -> None:
        self.playbooks = playbooks
        self.received: list[Row] = []
        self.ids = itertools.count(1)
        self.rows: dict[int, Row] = {}
        self.links: dict[tuple[int, str], list[int]] = {}
        self.surveys: dict[int, Row] = {}
        self.lock = threading.Lock()
        self.add("organizations", {"name": "Default"})
        awx = self

        class Handler(_Handler):
            fake = awx

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> FakeAwx:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *dummy: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def add(self, kind: str, body: Row) -> Row:
        number = next(self.ids)
        url = f"/api/v2/{kind}/{number}/"
        row = {"name": "", **body, "id": number, "url": url, "type": kind.rstrip("s"), "summary_fields": {}}
        row["related"] = {name: f"{url}{name}/" for name in (*RELATIONS, *OTHER)}
        self.rows[number] = row
        if kind == "projects":
            update = self.add("project_updates", {"project": number, "status": "successful"})
            row.update(scm_revision="", status="pending", summary_fields={"current_update": {"id": update["id"]}})
        return row

    def of(self, *kinds: str) -> list[Row]:
        return [row for row in self.rows.values() if row["url"].split("/")[3] in kinds]

    def label(self, number: t.Any) -> str:
        """Return a name for an id, so that a record does not depend on the order of creation."""
        row = self.rows[number]
        return f"{row['url'].split('/')[3]}: {row.get('identifier') or row['name']}"

    def record(self, method: str, parts: list[str], body: Row) -> None:
        """Keep a request that writes. Integers in a body are ids, except those in a survey or in plain settings."""
        path = "/".join([parts[0], *(self.label(int(part)) if part.isdigit() else part for part in parts[1:])])
        named = {key: self.label(value) if key in rules.REFERENCES else value for key, value in body.items()}
        self.received.append({"request": f"{method} {path}", "body": named})

    def answer(self, method: str, parts: list[str], query: dict[str, str], body: Row) -> tuple[int, t.Any]:
        """Answer one request; parts: the path below the version of the API."""
        if not parts:
            return 200, {}
        if parts[0] == "tokens":
            return (201, {"id": 1, "token": "token"}) if method == "POST" else (204, None)
        if method != "GET":
            self.record(method, parts, body)
        if len(parts) == 1:
            return self.create(parts[0], body) if method == "POST" else self.find(parts[0], query)
        row = self.rows.get(int(parts[1]))
        if row is None:
            return 404, {"detail": "Not found."}
        if len(parts) == 2:
            return self.one(method, row, body)
        return self.below(method, row, parts[2], body)

    def create(self, kind: str, body: Row) -> tuple[int, t.Any]:
        wrong = rules.mistakes(kind, body, self.rows, self.playbooks)
        if wrong:
            return 400, wrong
        return 201, self.add(kind, body)

    def find(self, kind: str, query: dict[str, str]) -> tuple[int, t.Any]:
        rows = self.of(*(LAUNCHED if kind == "unified_job_templates" else (kind,)))
        wanted = {key: value for key, value in query.items() if key not in ("page_size", "order_by")}
        found = [row for row in rows if all(str(row.get(key)) == value for key, value in wanted.items())]
        return 200, {"count": len(found), "results": found, "next": None}

    def one(self, method: str, row: Row, body: Row) -> tuple[int, t.Any]:
        if row["type"] == "project_update":
            self.rows[row["project"]].update(status="successful", scm_revision="abc", summary_fields={})
        if method == "PATCH":
            wrong = rules.mistakes(row["url"].split("/")[3], {**row, **body}, self.rows, self.playbooks)
            if wrong:
                return 400, wrong
            row.update(body)
        return 200, row

    def below(self, method: str, row: Row, part: str, body: Row) -> tuple[int, t.Any]:
        """Answer a request below an object: its survey, its approval, or a list of other objects."""
        if part == "survey_spec":
            if method == "GET":
                return 200, self.surveys.get(row["id"], {})
            wrong = rules.survey_mistake(body)
            if wrong:
                return 400, {"error": wrong}
            self.surveys[row["id"]] = body
            return 200, {}
        if part == "create_approval_template":
            approval = self.add("workflow_approval_templates", body)
            row["unified_job_template"] = approval["id"]
            row["related"]["unified_job_template"] = approval["url"]
            return 201, approval
        linked = self.links.setdefault((row["id"], part), [])
        if method == "GET":
            found = [self.rows[number] for number in linked]
            if part == "workflow_nodes":
                found = [one for one in self.of(RELATIONS[part]) if one["workflow_job_template"] == row["id"]]
            return 200, {"count": len(found), "results": found, "next": None}
        if self.rows[body["id"]]["url"].split("/")[3] != RELATIONS[part]:
            return 400, {"detail": "no such object"}
        if body.get("disassociate"):
            linked.remove(body["id"])
        else:
            linked.append(body["id"])
        return 204, None


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: otherwise the second waits 40 ms for the acknowledgement of the first
    fake: FakeAwx

    def log_message(self, *dummy: object) -> None:
        """Print nothing."""

    def handle_request(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        url = urlsplit(self.path)
        parts = url.path.strip("/").split("/")[2:]
        status, answer = 401, t.cast(t.Any, {"detail": "Authentication credentials were not provided."})
        if self.headers.get("Authorization") == "Bearer token" or parts[:1] == ["tokens"]:
            with self.fake.lock:
                status, answer = self.fake.answer(self.command, parts, dict(parse_qsl(url.query)), body)
        data = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-API-Product-Name", "AWX")
        self.send_header("X-API-Product-Version", "24.6.1")
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_DELETE = handle_request
