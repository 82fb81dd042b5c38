# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of ``jobwise-emulator start``, and of the commands for one that runs."""

from __future__ import annotations

import argparse
import os
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jobwise_emulator import fault_words, platforms

PROGRAM = "jobwise-emulator"
ORDINARY_JOB = 2.0
"""Seconds that an ordinary job takes at speed 1."""
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}

ABOUT = """\
Emulates a storage or server appliance on this machine, to try playbooks without one: Dell PowerStore, HPE OneView or
NetApp ONTAP Select Deploy. It answers over HTTPS on 127.0.0.1 only, with a certificate authority of its own, keeps
everything in memory, and stops by itself."""

EXAMPLES = f"""\
examples:
  {PROGRAM} --platform powerstore
  {PROGRAM} --seed array01.yml --job-seconds 20 --stop-after 2h
  {PROGRAM} --seed array01.yml --fault "job-fails create volume db07"

array01.yml is a document that jobwise.appliance.powerstore_config gathers from a real array; the emulator then is a
twin of that array.

faults (KIND [VERB [TYPE [NAME]]] [after=N] [times=N]; VERB: create, change, delete, read, any, or an action):
{fault_words.listing()}

other commands, each with --help:
  {PROGRAM} fault WORDS...   order a fault from a running one
  {PROGRAM} report           show what it was asked to do, its jobs and its faults
  {PROGRAM} clear            take all faults back; jobs that hang go on
  {PROGRAM} reset            bring all objects back to the seed
  {PROGRAM} stop             stop it
  {PROGRAM} replay FILE      replay what tasks have recorded, and show where the emulator differs"""


def start_parser() -> argparse.ArgumentParser:
    """The options of a start."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description=ABOUT, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=installed_version())
    parser.add_argument(
        "--platform", choices=platforms.KNOWN, help="which appliance it is; with a document as seed, powerstore"
    )
    add_world(parser)
    parser.add_argument("--port", type=int, default=0, help="0, the default: the system chooses one")
    parser.add_argument("--address", default="127.0.0.1", help="a loopback address; the certificate names 127.0.0.1")
    parser.add_argument(
        "--job-seconds", type=positive, metavar="N", help="an ordinary job takes N seconds (2), longer ones accordingly"
    )
    parser.add_argument("--speed", type=positive, default=1.0, help="durations of jobs are divided by this")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="WORDS", help="what goes wrong, see below; may be repeated"
    )
    parser.add_argument(
        "--stop-after",
        "--lifetime",
        type=duration,
        default=3600.0,
        metavar="TIME",
        dest="lifetime",
        help="stop by itself after a time such as 90s, 30m or 2h (1h)",
    )
    parser.add_argument(
        "--state-dir",
        type=Path,
        metavar="DIR",
        help="gets ca.pem, environment, pid and, when it is ready, url; by default a temporary folder",
    )
    parser.add_argument("--journal", type=Path, metavar="FILE", help="append one JSON line per exchange")
    return parser


def add_world(parser: argparse.ArgumentParser) -> None:
    """The options that say what the appliance holds."""
    parser.add_argument(
        "--seed", type=Path, metavar="FILE", help="what it holds: a gathered document, or a seed written by hand"
    )
    parser.add_argument("--objects", type=Path, metavar="FILE", help="objects of the API, in addition (YAML or JSON)")
    password = os.environ.get("JOBWISE_TWIN_PASSWORD", "")  # a command line can be read by other users
    parser.add_argument("--username", default="", help="the user who may do everything (admin)")
    parser.add_argument(
        "--password",
        default=password,
        help="of this user, and of users in the seed without one; by default JOBWISE_TWIN_PASSWORD, else Password123!",
    )
    parser.add_argument("--api-version", default="", metavar="N", help="the API's version; by default that of the seed")
    parser.add_argument("--cluster", default="", metavar="NAME", help="another name for the appliance")
    parser.add_argument("--volumes", type=int, default=0, metavar="N", help="add N volumes (bulk0001, ...)")
    parser.add_argument("--groups", type=int, default=0, metavar="N", help="add N volume groups (bulk0001, ...)")


def positive(text: str) -> float:
    """A number above zero."""
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return value


def duration(text: str) -> float:
    """A time in seconds, or with a unit."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", text.strip())
    if not found or not float(found[1]):
        raise argparse.ArgumentTypeError(f"takes a time such as 90s, 30m or 2h, not {text!r}")
    return float(found[1]) * UNITS[found[2]]


def installed_version() -> str:
    """The version of the installed package; a checkout has none."""
    try:
        return f"{PROGRAM} {version(PROGRAM)}"
    except PackageNotFoundError:
        return f"{PROGRAM} from a checkout"
