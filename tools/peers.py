# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tables for people who come from another collection: which of its modules has which counterpart here (peers.yml)."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).resolve().with_name("peers.yml")
START, END = "<!-- peers: start -->\n", "<!-- peers: end -->\n"


def pages(modules: t.Collection[str]) -> dict[Path, str]:
    """Return the guides with their tables. modules: those of this collection."""
    texts = {}
    for name, peers in yaml.safe_load(PEERS.read_text(encoding="utf-8")).items():
        path = ROOT / name
        before, dummy, rest = path.read_text(encoding="utf-8").partition(START)
        texts[path] = before + START + table(peers, modules) + END + rest.partition(END)[2]
    return texts


def table(peers: dict[str, dict[str, t.Any]], modules: t.Collection[str]) -> str:
    rows = [f"| {shown(peer)} | {counterpart(entry, modules)} |" for peer, entry in peers.items()]
    return "\n".join(["\n| their module | here |", "|---|---|", *rows, "\n"])


def shown(peer: str) -> str:
    """Return a module, several of them, or words, as text of a table."""
    return re.sub(r"\w*_\w+|^\w+$", r"`\g<0>`", peer)


def counterpart(entry: dict[str, t.Any], modules: t.Collection[str]) -> str:
    """Return the counterparts that exist, and a note; what exists only as objects can at least be read."""
    found = ", ".join(f"`{name}`" for name in entry["modules"] if name in modules)
    parts = [found, entry.get("note", "")] if found or not entry["modules"] else [entry.get("note", ""), "not yet"]
    return "; ".join(part for part in parts if part)
