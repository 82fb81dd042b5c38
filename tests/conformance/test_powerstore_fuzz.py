# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schemathesis sends the emulated PowerStore what the vendor's document allows, and what it does not allow.

The emulator must not fail, and every answer must be within the document: status, content type, attributes. A normal
run takes the operations of some types, ``--whole`` all of them with more requests each.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from jobwise_emulator.process import Emulator
from tests import conftest
from tests.conformance import environment
from tests.conformance.powerstore_document import prepared

HOOKS = Path(__file__).with_name("powerstore_fuzz.py")
PARTS = 20
"""Runs in which a document is tested: all operations at once would take gigabytes in the stateful phase."""
# How many generated requests an operation gets in each phase. The coverage phase sends one request for each limit and
# keyword of the document, whatever the number.
REQUESTS, REQUESTS_WHOLE = 2, 20
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
SETTINGS = """\
hooks = {hooks}
[phases.coverage]
unexpected-methods = ["PUT"]
"""
# Reads that never meet an object, and why.
UNREADABLE = {
    "GET /keystore_archive/{filename}": "files have no id to be listed by",
}

Json = dict[str, Any]


def part_of(document: Json, number: int) -> Json:
    """The document with a part of its types, which are in alphabetical order: those of one area stay together."""
    paths = document["paths"]
    total, before = sum(len(item) for item in paths.values()), 0
    kept: Json = {}
    for kind, group in itertools.groupby(sorted(paths), key=lambda path: path.split("/")[1]):
        of_kind = {path: paths[path] for path in group}
        if before * PARTS // total == number:
            kept.update(of_kind)
        before += sum(len(item) for item in of_kind.values())
    return {**document, "paths": kept}


def sent(emulator: Emulator, document: Json, folder: Path) -> tuple[subprocess.CompletedProcess[str], Json]:
    """Run schemathesis. Return what it printed, and the report of the hooks."""
    files = {name: folder / f"{name}.json" for name in ("document", "report", "order")}
    files["document"].write_text(json.dumps(document), encoding="utf-8")
    order = {"url": emulator.url, "ca": emulator.ca_path}
    order.update({name: str(files[name]) for name in ("document", "report")})
    files["order"].write_text(json.dumps(order), encoding="utf-8")
    settings = folder / "schemathesis.toml"
    settings.write_text(SETTINGS.format(hooks=json.dumps(str(HOOKS))), encoding="utf-8")
    requests = REQUESTS_WHOLE if conftest.whole() else REQUESTS
    command = [str(environment.schemathesis()), "-m", "schemathesis.cli", "--config-file", str(settings), "run"]
    command += [str(files["document"]), "--url", f"{emulator.url}/api/rest", "--tls-verify", emulator.ca_path]
    command += ["--phases", "examples,coverage,fuzzing,stateful", "--checks", CHECKS, "--continue-on-failure"]
    command += ["--seed", str(conftest.seed()), "--max-examples", str(requests), "--generation-database", "none"]
    command += ["--no-color", "--warnings", "off"]
    variables = {**os.environ, "JOBWISE_FUZZ": str(files["order"])}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    return done, json.loads(files["report"].read_text(encoding="utf-8"))


@pytest.mark.sampled
@pytest.mark.parametrize("part", conftest.sample(range(PARTS), 1))
@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_every_answer_is_within_the_document(version: str, part: int, shared: Path, tmp_path: Path) -> None:
    text = (shared / "api" / f"powerstore-openapi-{version}.json").read_text(encoding="utf-8")
    document = part_of(prepared(text), part)
    with Emulator(speed=1000, arguments=("--api-version", version)) as emulator:
        done, report = sent(emulator, document, tmp_path)
    again = f"--seed {conftest.seed()}{' --whole' if conftest.whole() else ''}"
    told = f"{done.stdout[-20_000:]}{done.stderr[-2000:]}"
    assert done.returncode == 0, f"{told}\nRepeat with: pytest tests/conformance/test_powerstore_fuzz.py {again}"
    operations = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert report.keys() >= operations
    met = {name for name in operations if report[name]["met"]}
    print(f"{len(met)} of {len(operations)} operations met an object. The others: {sorted(operations - met)}")
    reads = {name for name in operations if name.startswith("GET ")} - UNREADABLE.keys()
    assert reads <= met


def test_an_answer_outside_of_the_document_is_found(shared: Path, tmp_path: Path) -> None:
    text = (shared / "api" / "powerstore-openapi-4.0.json").read_text(encoding="utf-8")
    document = prepared(text)
    document["paths"] = {"/volume": {"get": document["paths"]["/volume"]["get"]}}
    with Emulator(speed=1000) as emulator:
        emulator.change("volume", name="web01", set={"state": "Unheard_Of"})
        done, dummy = sent(emulator, document, tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Unheard_Of" in done.stdout
