# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the sources of the site: guides in the order of docs/guides.yml, pages of roles, and lists of modules.

Usage: python -m tests.run.site_pages FOLDER. Nothing is written twice: what is Markdown in the checkout is copied, with
its links changed to those of the site.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import yaml

from tools.readme import SOURCES, TITLES, plugins
from tools.update_docs import MODULES, platform_of, short_description, stems

ROOT = Path(__file__).resolve().parents[2]
LABEL = "ansible_collections.jobwise.appliance"
CONTRIBUTING = "writing-a-resource-type"
"""The name of the page that CONTRIBUTING.md becomes."""


def main() -> None:
    folder = Path(sys.argv[1])
    for name in ("guides", "roles", "modules"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in (*(ROOT / "docs" / "site").glob("*.rst"), ROOT / "docs" / "docsite" / "rst" / "environment.rst"):
        shutil.copy(path, folder)
    # pages that antsibull-docs makes refer to the variables by this label
    page = folder / "environment.rst"
    write(page, page.read_text(encoding="utf-8").replace("\n\nEnv", "\n.. _list_of_collection_env_vars:\n\nEnv", 1))
    shutil.copytree(ROOT / "docs" / "site" / "_static", folder / "_static")
    shutil.copytree(ROOT / "docs" / "benchmarks", folder / "guides" / "benchmarks")
    chapters = guides()
    for name in (name for names in chapters.values() for name in names):
        text = linked((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8"))
        write(folder / "guides" / f"{name}.md", f"({LABEL}.docsite.{name})=\n{text}")
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    write(folder / "guides" / f"{CONTRIBUTING}.md", linked(text.replace("](docs/", "](")))
    for path in sorted((ROOT / "roles").glob("*/README.md")):
        write(folder / "roles" / f"{path.parent.name}.md", role_page(path))
    write(folder / "chapters.rst.txt", "".join(toctree(title, names) for title, names in chapters.items()))
    write_modules(folder)


def guides() -> dict[str, list[str]]:
    """Return the names of the guides that are there, by chapter."""
    chapters = yaml.safe_load((ROOT / "docs" / "guides.yml").read_text(encoding="utf-8"))
    there = {path.stem for path in (ROOT / "docs").glob("*.md")}
    return {title: [name for name in names if name in there] for title, names in chapters.items()}


def toctree(title: str, names: list[str]) -> str:
    pages = [f"guides/{name}" for name in names]
    if "architecture" in names:  # it stays the last one
        pages.insert(-1, f"Writing a resource type <guides/{CONTRIBUTING}>")
    return f".. toctree::\n   :maxdepth: 1\n   :caption: {title}\n\n" + "".join(f"   {page}\n" for page in pages) + "\n"


def linked(text: str) -> str:
    """Return a guide with links to pages of the site in place of links to files of the checkout."""
    text = text.replace("](docsite/rst/environment.rst)", "](../environment.rst)")
    text = re.sub(rf"\]\({re.escape(SOURCES)}/docs/([\w-]+)\.md", r"](\1.md", text)
    return re.sub(rf"\]\({re.escape(SOURCES)}/roles/(\w+)/README\.md", r"](../roles/\1.md", text)


def role_page(path: Path) -> str:
    """Return the page of a role: its README.md, and a link to the page with its options."""
    name = path.parent.name
    text = linked(path.read_text(encoding="utf-8")).replace("](", "](../guides/").replace("](../guides/http", "](http")
    text = re.sub(r"\]\(\.\./guides/\.\./roles/", "](", text)
    title, dummy, rest = text.partition("\n\n")
    shown = title.replace("jobwise.appliance.", "")
    return f"{shown}\n\n{rest}\n[All options of the role](../collections/{name}_role.rst)\n"


def write_modules(folder: Path) -> None:
    """Write a page for each platform with its modules, and one for roles and plugins."""
    sources = {name: (MODULES / f"{name}.py").read_text(encoding="utf-8") for name in stems(MODULES)}
    for platform, title in TITLES.items():
        of = [name for name, source in sources.items() if platform_of(source) == platform]
        rows = [(f":ref:`{name} <{LABEL}.{name}_module>`", short_description(sources[name])) for name in of]
        write(folder / "modules" / f"{platform}.rst", table(f"Modules for {title}", rows))
    roles = [(f":doc:`{name} </roles/{name}>`", words) for name, words in role_words()]
    write(
        folder / "modules" / "roles.rst",
        table("Roles", roles) + hidden("/roles/", [name for name, dummy in role_words()]),
    )
    inventories = [
        (f":ref:`{name} <{LABEL}.{name}_inventory>`", words) for name, path, words in plugins() if "inv" in path
    ]
    write(folder / "modules" / "plugins.rst", table("Inventory plugins", inventories))


def role_words() -> list[tuple[str, str]]:
    words = []
    for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        main_entry = yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]
        words.append((path.parents[1].name, str(main_entry["short_description"])))
    return words


def table(title: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"   * - {name}\n     - {re.sub(r'^[^:]+: ', '', words)}\n" for name, words in rows]
    return f"{title}\n{'=' * len(title)}\n\n.. list-table::\n   :widths: auto\n\n" + "".join(lines) + "\n"


def hidden(prefix: str, names: list[str]) -> str:
    return ".. toctree::\n   :hidden:\n\n" + "".join(f"   {prefix}{name}\n" for name in names)


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
