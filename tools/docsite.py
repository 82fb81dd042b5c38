# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the guides as docs.ansible.com takes them: docs/docsite/rst/*.rst and docs/docsite/extra-docs.yml.

Usage: python -m tools.docsite. Git ignores what it writes, as the guides in docs/ are the one source; the archive of
the collection has it. It understands the Markdown of the guides: headings, paragraphs, lists, tables, code, links.
"""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import yaml

from tools.readme import SOURCES

ROOT = Path(__file__).resolve().parents[1]
DOCSITE = ROOT / "docs" / "docsite"
LABEL = "ansible_collections.jobwise.appliance.docsite."
LEFT_OUT = ("architecture", "benchmarks")
"""Guides for people with a checkout."""
UNDERLINES = {1: "=", 2: "-", 3: "~"}
INLINE = re.compile(r"(?P<code>`[^`]+`)|\[(?P<text>[^\]]+)\]\((?P<target>[^)]+)\)")


def main() -> None:
    chapters = guides()
    names = [name for listed in chapters.values() for name in listed]
    (DOCSITE / "rst").mkdir(exist_ok=True)
    for name in names:
        text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        (DOCSITE / "rst" / f"{name}.rst").write_text(page(name, text, names), encoding="utf-8")
    sections = [{"title": title, "toctree": listed} for title, listed in chapters.items() if listed]
    sections.append({"title": "Reference", "toctree": ["environment"]})
    (DOCSITE / "extra-docs.yml").write_text(yaml.safe_dump({"sections": sections}, sort_keys=False), encoding="utf-8")


def guides() -> dict[str, list[str]]:
    """Return the guides for docs.ansible.com that are there, by chapter."""
    chapters = yaml.safe_load((ROOT / "docs" / "guides.yml").read_text(encoding="utf-8"))
    there = {path.stem for path in (ROOT / "docs").glob("*.md")} - set(LEFT_OUT)
    return {title: [name for name in names if name in there] for title, names in chapters.items()}


def page(name: str, markdown: str, names: t.Collection[str]) -> str:
    """Return a guide as reStructuredText. names: the guides that can be linked to as pages."""
    text = re.sub(r"<!--.*?-->\n?", "", markdown, flags=re.S)
    return f".. _{LABEL}{name}:\n\n" + "\n".join(converted(text.splitlines(), name, names)) + "\n"


def converted(lines: list[str], name: str, names: t.Collection[str]) -> t.Iterator[str]:
    """Yield the lines of a guide. Each block is found by its first line."""
    number = 0
    while number < len(lines):
        line = lines[number]
        end = number + 1
        if line.lstrip().startswith("```"):
            while lines[end].strip() != "```":
                end += 1
            yield from code(line.strip("` "), lines[number + 1 : end], len(line) - len(line.lstrip()))
            end += 1
        elif line.startswith("    ") and not (number and lines[number - 1].strip()):
            while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
                end += 1
            yield from code("", [one[4:] for one in lines[number:end]], 0)
        elif line.startswith("|"):
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            yield from table([inline(one, names) for one in lines[number:end]])
        elif line.startswith("#"):
            yield from headline(line, name, names)
        else:
            paragraph = line
            while line.strip() and end < len(lines) and continues(lines[end]):
                paragraph += "\n" + lines[end]
                end += 1
            yield inline(paragraph, names)
        number = end


def continues(line: str) -> bool:
    """Tell whether a line belongs to the paragraph or the list item above it."""
    return bool(line.strip()) and not re.match(r"\s*(```|[|#]|- |\d+\. )", line)


def code(language: str, lines: list[str], indent: int) -> list[str]:
    shown = {"": "text", "yaml+jinja": "yaml+jinja"}.get(language, language)
    margin = " " * indent
    body = [f"{margin}   {line[indent:]}".rstrip() for line in lines]
    return ["", f"{margin}.. code-block:: {shown}", "", *body, ""]


def headline(line: str, name: str, names: t.Collection[str]) -> list[str]:
    level = len(line) - len(line.lstrip("#"))
    text = inline(line.lstrip("# "), names)
    label = [f".. _{LABEL}{name}.{slug(line.lstrip('# '))}:", ""] if level > 1 else []
    return [*label, text, UNDERLINES[level] * len(text)]


def slug(text: str) -> str:
    """Return the anchor of a heading, as GitHub and the site make it."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def table(rows: list[str]) -> list[str]:
    """Return a table whose cells may hold anything that is on one line."""
    cells = [
        [cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows if not re.match(r"\|[-| ]+$", row)
    ]
    has_head = any(cells[0])
    lines = ["", ".. list-table::", "   :widths: auto", *(["   :header-rows: 1"] if has_head else []), ""]
    for row in cells if has_head else cells[1:]:
        lines += [f"   {'*' if not number else ' '} - {cell}".rstrip() for number, cell in enumerate(row)]
    return [*lines, ""]


def inline(text: str, names: t.Collection[str]) -> str:
    """Return a text with its code and links in the other notation."""
    return INLINE.sub(
        lambda found: f"`{found['code']}`" if found["code"] else link(found["text"], found["target"], names), text
    )


def link(text: str, target: str, names: t.Collection[str]) -> str:
    """Return a link. Code cannot be part of one, so it becomes plain text there."""
    text = " ".join(text.replace("`", "").split())
    target = target.replace("\n", "")
    guide, dummy, anchor = target.partition("#")
    name = re.sub(rf"^(?:{re.escape(SOURCES)}/docs/)?([\w-]+)\.md$", r"\1", guide)
    if target == "docsite/rst/environment.rst":
        return f":ref:`{text} <{LABEL}environment>`"
    if name in names:
        return f":ref:`{text} <{LABEL}{name}{f'.{anchor}' if anchor else ''}>`"
    if not guide.startswith("http"):
        target = f"{SOURCES}/docs/{target}"
    return f"`{text} <{target}>`__"


if __name__ == "__main__":
    main()
