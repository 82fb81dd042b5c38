# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draw the picture of the landing page: a check with its difference, a run, and a second run, from real runs.

Usage: python -m tests.picture; it plays the first playbook of docs/getting-started.md against an emulated array and
writes docs/site/_static/three-runs.svg.
"""

from __future__ import annotations

import re
import tempfile
import textwrap
import typing as t
from html import escape
from pathlib import Path

import yaml

from jobwise_emulator.process import Emulator
from tests.examples.pages import text_page
from tests.playbook import ROOT, ansible_environment, connection, run_playbook

PICTURE = ROOT / "docs" / "site" / "_static" / "three-runs.svg"
RUNS = (
    ("1. Look at what would change. Nothing is written.", ("--check", "--diff")),
    ("2. Change it, and wait for the array's job.", ()),
    ("3. Run it again: nothing is left to do.", ()),
)
WIDTH, LINE, MARGIN, SIZE, COLUMNS = 432, 19, 18, 14, 46
RULES = f"""
text {{ font: {SIZE}px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #d8dee9 }}
rect {{ fill: #20252d }}
.caption {{ font: 600 15px system-ui, sans-serif; fill: #404040 }}
.typed {{ fill: #ffffff; font-weight: 600 }}
.added, .fine {{ fill: #a3d977 }}
.gone {{ fill: #f0868a }}
.changed {{ fill: #f2c55c }}
.recap {{ fill: #8fbcd4 }}
@media (prefers-color-scheme: dark) {{ .caption {{ fill: #8b949e }} }}
"""
STYLES = {"+": "added", "-": "gone", "changed": "changed", "ok": "fine", "$": "typed", "localhost": "recap"}


def main() -> None:
    PICTURE.write_text(picture(), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)} is written")


def picture() -> str:
    """Play the playbook three times, and return the picture."""
    example = text_page(ROOT / "docs" / "getting-started.md").examples[0]
    with Emulator(speed=20) as emulator, tempfile.TemporaryDirectory() as folder:
        playbook = Path(folder, "first.yml")
        playbook.write_text(yaml.safe_dump(example.content, sort_keys=False), encoding="utf-8")
        environment = ansible_environment(**connection(emulator), ANSIBLE_NOCOLOR="1", ANSIBLE_HOME=folder)
        panels = []
        for caption, arguments in RUNS:
            done = run_playbook(playbook, environment, *arguments, capture_output=True)
            if done.returncode:
                raise SystemExit(done.stdout + done.stderr)
            command = " ".join(("$ ansible-playbook first.yml", *arguments))
            panels.append((caption, [part for line in (command, *essence(done.stdout)) for part in wrapped(line)]))
    return drawn(panels)


def essence(output: str) -> list[str]:
    """Return the lines that tell something: the task, its difference, its outcome and the recap."""
    lines = [re.sub(r" \*+$", "", line.rstrip()) for line in output.splitlines()]
    told = [line for line in lines if line and not line.startswith(("PLAY", "[WARNING]"))]
    told = [re.sub(r" +(unreachable|failed|skipped|rescued|ignored)=0", "", line) for line in told]
    return [re.sub(r"\s+", " ", line) if line.startswith("localhost") else line for line in told]


def wrapped(line: str) -> list[tuple[str, str]]:
    """Return a line as a narrow terminal shows it, each part with the style of the line."""
    parts = textwrap.wrap(line, COLUMNS, drop_whitespace=False, break_long_words=True)
    return [(style(line), part) for part in parts]


def drawn(panels: t.Sequence[tuple[str, list[tuple[str, str]]]]) -> str:
    """Return the panels as an SVG: a caption above each terminal."""
    parts, y = [], 0
    for caption, lines in panels:
        height = len(lines) * LINE + 2 * MARGIN - 6
        parts.append(f'<text class="caption" x="0" y="{y + 20}">{escape(caption)}</text>')
        parts.append(f'<rect x="0" y="{y + 32}" width="{WIDTH}" height="{height}" rx="6"/>')
        for number, (kind, line) in enumerate(lines):
            place = f'x="{MARGIN}" y="{y + 32 + MARGIN + 9 + number * LINE}"'
            parts.append(f'<text class="{kind}" {place} xml:space="preserve">{escape(line)}</text>')
        y += 32 + height + 26
    words = escape("; ".join(caption for caption, dummy in panels))
    size = f'width="{WIDTH}" height="{y - 20}" viewBox="0 0 {WIDTH} {y - 20}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{words}">'
    return "\n".join((head, f"<style>{RULES}</style>", *parts, "</svg>", ""))


def style(line: str) -> str:
    """Return the class of a line."""
    return next((name for start, name in STYLES.items() if line.startswith(start)), "plain")


if __name__ == "__main__":
    main()
