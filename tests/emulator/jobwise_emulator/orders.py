# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands for an appliance that runs, such as ``jobwise-emulator fault``. They need the standard library only."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import ssl
import sys
import urllib.error
import urllib.request
from pathlib import Path

from jobwise_emulator import fault_words
from jobwise_emulator.exchange import Json
from jobwise_emulator.options import PROGRAM

COMMANDS = {
    "fault": ("order a fault from a running emulator", "POST", "faults"),
    "clear": ("take all faults back; jobs that hang go on", "DELETE", "faults"),
    "report": ("show what a running emulator was asked to do, its jobs and its faults", "GET", "report"),
    "reset": ("bring all objects of a running emulator back to the seed", "POST", "reset"),
    "stop": ("stop a running emulator", "POST", "stop"),
}
"""Each with what it does, and its request to the control interface."""

SECONDS = 30.0
STATE = "JOBWISE_TWIN"
"""The variable with the state folder."""


def main(name: str, arguments: list[str]) -> int:
    """Carry out a command. Exit status 1 if the appliance cannot be reached or refuses it."""
    words, method, path = COMMANDS[name]
    parser = parser_of(name, words)
    given = parser.parse_args(arguments)
    order: Json | None = {} if method == "POST" else None
    if name == "fault":
        order = {"words": " ".join(shlex.quote(word) for word in given.words)}
    try:
        answer = asked(given.state_dir, method, path, order)
    except (OSError, ValueError) as error:
        print(f"{PROGRAM} {name}: {error}", file=sys.stderr)
        return 1
    if name == "report":
        print(json.dumps(answer, indent=2) if given.format == "json" else "\n".join(lines_of(answer)))
    return 0


def parser_of(name: str, words: str) -> argparse.ArgumentParser:
    """The options of a command."""
    parser = argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}",
        description=f"{words.capitalize()}.",
        epilog=f"kinds of faults:\n{fault_words.listing()}" if name == "fault" else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    here = os.environ.get(STATE)
    parser.add_argument(
        "--state-dir",
        type=Path,
        required=not here,
        default=Path(here) if here else None,
        metavar="DIR",
        help=f"the folder that the emulator named when it started; by default {STATE}, which its environment sets",
    )
    if name == "fault":
        parser.add_argument("words", nargs="+", metavar="WORD", help="such as: job-fails create volume db07")
    if name == "report":
        parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def asked(folder: Path, method: str, path: str, order: Json | None) -> Json:
    """The answer of the control interface; raises ``OSError`` or ``ValueError`` with the reason if there is none."""
    try:
        url = (folder / "url").read_text(encoding="utf-8").strip()
        trusted = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    except OSError as error:
        raise OSError(f"no emulator runs with the state folder {folder}: {os.strerror(error.errno or 0)}") from None
    trusted.check_hostname = False  # any loopback address is fine, if the certificate comes from this authority
    body = None if order is None else json.dumps(order).encode()
    request = urllib.request.Request(
        f"{url}/_emulator/{path}", body, {"Content-Type": "application/json"}, method=method
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusted))
    try:
        with opener.open(request, timeout=SECONDS) as reply:
            answer: Json = json.load(reply)
            return answer
    except urllib.error.HTTPError as error:
        raise ValueError(json.load(error).get("error", str(error))) from None
    except urllib.error.URLError as error:
        raise OSError(f"{url} does not answer: {error.reason}") from None


def lines_of(report: Json) -> list[str]:
    """A report for people."""
    jobs = report["jobs"]
    width = max((len(job["what"]) for job in jobs), default=0)
    lines = [f"jobs: {len(jobs)}, writes: {report['writes']}, reads: {report['reads']}, in {report['seconds']} s"]
    for job in jobs:
        seconds = "" if job["seconds"] is None else f"{job['seconds']:.1f} s"
        lines.append(f"  {job['what']:{width}}  {job['state']:10}  {seconds:>8}  {job['why']}".rstrip())
    lines += [f"Went wrong on order: {words}" for words in report["faults"]["happened"]]
    lines += [f"Ordered, but did not happen: {words}" for words in report["faults"]["waiting"]]
    return lines
