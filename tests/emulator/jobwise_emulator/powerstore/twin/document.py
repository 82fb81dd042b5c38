# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of a gathered document: its text, and what its head says of the array.

The head is written by ``powerstore_config`` with ``state: gathered`` as comments, in YAML only.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import yaml

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError

ARRAY = re.compile(r'^# array: (".*") \((.*)\)$', re.MULTILINE)
RELEASE = re.compile(r"^# release: (\S+)$", re.MULTILINE)
FORMAT = re.compile(r"^# format: (\S+)$", re.MULTILINE)
KNOWN_FORMAT = "1"


@dataclasses.dataclass(frozen=True)
class Document:
    """A document. ``name``, ``id`` and ``release`` are those of the array, empty if the file does not say them."""

    objects: Json
    name: str = ""
    id: str = ""
    release: str = ""


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as Ansible does. What is encrypted by a vault stays a secret, and counts as missing."""


Loader.add_constructor("!vault", lambda loader, node: None)
Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def read_yaml(path: Path) -> Any:
    """The content of a file in YAML or JSON; raises ``OrderError`` if it is neither."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, name: str) -> Any:
    """The content of a text in YAML or JSON."""
    try:
        return yaml.load(text, Loader)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise OrderError(f"{name}{line} is neither YAML nor JSON: {getattr(error, 'problem', error)}") from None


def read(path: Path) -> Document:
    """The document in a file."""
    return read_text(path.read_text(encoding="utf-8"), path.name)


def read_text(text: str, name: str) -> Document:
    """The document in a text."""
    objects = parse(text, name)
    if not isinstance(objects, dict):
        raise OrderError(f"{name} is not a document: its keys have to be types of objects, such as volume")
    head = text.partition("\n---\n")[0] if text.startswith("#") else ""
    form, array, release = (pattern.search(head) for pattern in (FORMAT, ARRAY, RELEASE))
    if form and form[1] != KNOWN_FORMAT:
        raise OrderError(f"{name} has format {form[1]}; this emulator knows format {KNOWN_FORMAT}. Install a newer one")
    return Document(
        objects, json.loads(array[1]) if array else "", array[2] if array else "", release[1] if release else ""
    )
