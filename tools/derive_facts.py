# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Derive the facts of PowerStore's resource types, and the emulator's schemas, from the vendor's OpenAPI documents.

Usage: python -m tools.derive_facts [--check] [DOCUMENT.json ...]

Writes plugins/module_utils/_powerstore/facts.py from all documents, and a schema of the emulator from each. With
--check, names the files that are not up to date and writes nothing. Without documents, takes those of the folder
``api`` in JOBWISE_SHARED, which is by default the folder ``shared`` beside the repository.
"""

from __future__ import annotations

import os
import sys
import typing as t
from pathlib import Path

from tools.facts_text import Facts
from tools.openapi_schema import Derivation, read_document, render

ROOT = Path(__file__).resolve().parents[1]
FACTS = ROOT / "plugins" / "module_utils" / "_powerstore" / "facts.py"
SCHEMAS = ROOT / "tests" / "emulator" / "jobwise_emulator" / "powerstore" / "schema"


def default_documents() -> t.List[Path]:
    """Return the paths of the documents beside the repository."""
    shared = Path(os.environ.get("JOBWISE_SHARED") or ROOT.parent / "shared")
    return list((shared / "api").glob("powerstore-openapi-*.json"))


def derived(documents: t.Iterable[Path]) -> t.Dict[Path, str]:
    """Return the text of each file that follows from the documents, by its path."""
    schemas = [Derivation(read_document(path)).result() for path in documents]
    schemas.sort(key=lambda schema: [int(part) for part in schema["api"].split(".")])
    files = {
        SCHEMAS / f"powerstore-{'.'.join(schema['api'].split('.')[:2])}.json": render(schema) for schema in schemas
    }
    return {FACTS: Facts(schemas).text(), **files}


def main(arguments: t.Sequence[str]) -> int:
    check = "--check" in arguments
    documents = [Path(argument) for argument in arguments if argument != "--check"] or default_documents()
    if not documents:
        print("No documents: give their paths, or set JOBWISE_SHARED.", file=sys.stderr)
        return 2
    outdated = False
    for path, text in derived(documents).items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        outdated = True
        print(f"{path.relative_to(ROOT)} {'is not up to date: run tools.derive_facts' if check else 'is written'}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return 1 if check and outdated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
