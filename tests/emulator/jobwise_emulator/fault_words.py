# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults in the words of a command line: ``job-fails create volume db07``, ``answer-lost change host times=2``.

KIND [VERB [TYPE [NAME]]] [after=N] [times=N] [seconds=N] [percent=N] [message=TEXT]
"""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Collection

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError

KINDS: dict[str, tuple[str, Json]] = {
    "job-fails": ("the job fails after half of its time", {"fault": "job_fail"}),
    "job-hangs": ("the job stands still at half, until faults are cleared", {"fault": "job_hang"}),
    "job-takes": ("the job takes this long: seconds=60", {"fault": "job_slow"}),
    "answer-lost": ("it is done, but the connection breaks before the answer", {"fault": "lost_reply"}),
    "request-lost": ("the connection breaks before anything is done", {"fault": "reset_before"}),
    "answer-slow": ("the answer comes this late: seconds=30", {"fault": "delay"}),
    "away": ("after the answer, no connection is accepted for a while: seconds=20", {"fault": "refuse"}),
    "busy": (
        "the appliance takes no more requests for now (HTTP 503)",
        {"fault": "status", "status": 503, "body": {"messages": []}, "headers": {"Retry-After": "1"}},
    ),
    "error": ("an internal error (HTTP 500); nothing is done", {"fault": "status", "status": 500, "body": {}}),
    "session-expires": ("the session is gone, as after a restart", {"fault": "expire_session"}),
    "forbidden": ("the user may not do this", {"fault": "forbid"}),
}
"""What can go wrong, in words, and as an order for the control interface."""

METHODS = {"create": "POST", "change": "P[AU]T*", "delete": "DELETE", "read": "GET", "any": "*"}
NUMBERS = {"after": int, "times": int, "seconds": float, "percent": int}
NEED_SECONDS = ("job-takes", "answer-slow", "away")


def order_of(text: str, types: Collection[str] = ()) -> Json:
    """The order for a fault in words; raises ``OrderError`` that says what is wrong.

    ``types``: those that the platform knows, if they are to be checked.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise OrderError(f"the fault {text!r} cannot be read: {error}") from None
    settings = dict(word.split("=", 1) for word in words if is_setting(word))
    plain = [word for word in words if not is_setting(word)]
    if not plain or plain[0] not in KINDS:
        raise OrderError(f"a fault begins with one of {', '.join(KINDS)}, not {plain[0] if plain else 'nothing'!r}")
    kind, *about = plain
    if kind in NEED_SECONDS and "seconds" not in settings:
        raise OrderError(f"{kind} needs seconds=N")
    if len(about) > 3:
        raise OrderError(f"{text!r} has too many words; a name with blanks needs quotes")
    return {**KINDS[kind][1], **target(about, types), **read_settings(settings), "words": text}


def is_setting(word: str) -> bool:
    """Whether a word is a setting such as ``after=2``. A name may have an equals sign, too."""
    return word.partition("=")[0] in (*NUMBERS, "message") and "=" in word


def target(about: list[str], types: Collection[str]) -> Json:
    """Which requests a fault hits. Verbs that are none of ``METHODS`` are actions, such as ``snapshot``."""
    if not about:
        return {}
    verb, *rest = about
    kind, name = rest[0] if rest else "*", rest[1] if len(rest) > 1 else None
    if kind != "*" and types and kind not in types:
        close = difflib.get_close_matches(kind, types, 1)
        raise OrderError(f"there is no type {kind}" + (f". Did you mean {close[0]}?" if close else ""))
    if verb == "create" and kind == "*":
        raise OrderError("create needs a type, such as create volume")
    wanted: Json = {} if name is None else {"name": name}
    if verb == "create":
        return {**wanted, "method": "POST", "path": kind}
    if verb in METHODS:
        paths = [kind, f"{kind}/*"] if verb in ("read", "any") else [f"{kind}/*"]
        return {**wanted, "method": METHODS[verb], "path": "*" if kind == "*" else paths}
    return {**wanted, "method": "POST", "action": verb, "path": "*" if kind == "*" else f"{kind}/*"}


def read_settings(given: dict[str, str]) -> Json:
    """The numbers of a fault, and the words of a failed job."""
    found: Json = {}
    for name, value in given.items():
        if name == "message":
            found["messages"] = [{"code": "REHEARSED", "severity": "Error", "message_l10n": value, "message": value}]
            continue
        try:
            found[name] = NUMBERS[name](value)
        except ValueError:
            raise OrderError(f"{name} takes a number, not {value!r}") from None
        if found[name] < 0:
            raise OrderError(f"{name} must not be negative")
    return found


def listing() -> str:
    """The kinds of faults for people."""
    width = max(map(len, KINDS))
    return "\n".join(f"  {name:{width}}  {words}" for name, (words, dummy) in KINDS.items())
