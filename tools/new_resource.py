# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write what a new PowerStore module needs, as far as the facts of its resource type say it.

Usage: python -m tools.new_resource TYPE [--kind KIND] [--name MODULE] [--identity OPTION,...] [--area FILE] [--count]

Writes the module, its table and the values for its tests. A person then removes what the module does not offer, and
writes the sentences. It never overwrites a file.

With --count, it writes nothing, and counts the lines that people have written since.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import typing as t
from pathlib import Path

import yaml

from tools import update_docs
from tools.module_text import module_text, values_text
from tools.resource_choice import Choice, Refused, choice_of

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = Path("plugins/module_utils/_powerstore/resources")
AREAS = {
    "block": r"volume|volume_group|appliance|storage_container.*|virtual_.*|datastore|vcenter",
    "hosts": r"host|host_group|initiator",
    "protection": r".*_rule|policy|replication_.*|remote_(?!syslog|support).*|witness|migration_.*",
    "recycle_bin": r"recycle_bin.*",
    "imports": r"import_.*|file_import_.*",
    "nas_servers": r"nas_server|file_(interface.*|dns|ldap|nis|kerberos)",
    "file_systems": r"file_system|file_.*_quota",
    "file_shares": r"nfs_export|smb_share",
    "file_agents": r"file_events_.*|file_virus_checker|file_dhsm_config",
    "file_protocols": r"file_.*|nfs_server|smb_server",
    "network": r".*_port|bond|network|fsn|physical_switch",
    "security": r"local_user|role|ldap_.*|mfa_.*|x509_.*|security_config|login_.*|chap_.*|cert_.*|kmip_.*",
    "notifications": r"smtp_config|email_.*|snmp_server|remote_syslog_.*",
    "system": r".*",
}
"""The file of a type's table: the first one whose pattern fits."""
AREA_HEAD = '''\
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""{title}. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..define import define
'''
NEXT = """\
Next:
  1. Remove the options that the module does not offer, from the module and from its table. Add to the table
     what the facts do not say, such as that a list has no order.
  2. Write a sentence for each TODO. `.venv/bin/python -m tests.run.prose` lists them.
  3. Add the type to plugins/module_utils/_powerstore/documents/catalog.py and to docs/arrays-as-code.md, so that
     documents can hold it.
  4. Give the tests more values. Then run:
     make generated
     .venv/bin/python -m pytest tests/unit tests/integration/test_shared_play.py \\
       tests/faults/cuts tests/faults/properties -k {module}
CONTRIBUTING.md has an example, "Adding a resource type"."""


def area_of(type_: str) -> str:
    """Return the file that the table of a type belongs in."""
    return next(area for area, pattern in AREAS.items() if re.fullmatch(pattern, type_))


def next_version(root: Path) -> str:
    """Return the version in galaxy.yml, which is the one of the next release."""
    return str(yaml.safe_load((root / "galaxy.yml").read_text(encoding="utf-8"))["version"])


def texts(choice: Choice, area: str, root: Path) -> dict[str, str]:
    """Return the files that the tool writes, by their path; without the table, which goes into a shared file."""
    return {
        f"plugins/modules/{choice.module}.py": module_text(choice, area, next_version(root)),
        f"tests/values/{choice.module}.yml": values_text(choice),
    }


def with_table(text: str, choice: Choice) -> str:
    """Return the text of a file of tables with one more table."""
    return f"{with_imports(text, choice.imports()).rstrip()}\n\n{choice.source()}"


def with_imports(text: str, needed: t.Mapping[str, t.Sequence[str]]) -> str:
    """Return a source with relative imports added, in the order that the linter wants."""
    pattern = r"^from (\.\S+) import (?:\(\n((?:    .*\n)+)\)|(.*))\n"
    known: dict[str, set[str]] = {module: set(names) for module, names in needed.items()}
    for module, lines, line in re.findall(pattern, text, re.MULTILINE):
        known.setdefault(module, set()).update(re.findall(r"\w+", lines or line))
    rendered = "".join(_import(module, known[module]) for module in sorted(known, key=_module_order))
    start = re.search(pattern, text, re.MULTILINE)
    rest = re.sub(pattern, "", text, flags=re.MULTILINE)
    at = start.start() if start else len(text)
    return rest[:at] + rendered + rest[at:]


def _module_order(module: str) -> tuple[int, str]:
    dots = len(module) - len(module.lstrip("."))
    return -dots, module.lstrip(".")


def _import(module: str, names: t.Collection[str]) -> str:
    ordered = sorted(names, key=lambda name: (0 if name.isupper() else 1 if name[0].isupper() else 2, name))
    line = f"from {module} import {', '.join(ordered)}\n"
    return (
        line
        if len(line) <= 121
        else f"from {module} import (\n{''.join(f'    {name},{chr(10)}' for name in ordered)})\n"
    )


def create(choice: Choice, area: str, root: Path) -> list[str]:
    """Write the files; return their paths. Raises Refused, and then writes nothing."""
    files = texts(choice, area, root)
    there = [path for path in files if (root / path).exists()]
    if there:
        raise Refused(f"It exists already: {', '.join(there)}.")
    table = root / RESOURCES / f"{area}.py"
    text = table.read_text(encoding="utf-8") if table.exists() else AREA_HEAD.format(title=area.capitalize())
    if re.search(rf"^{choice.constant} = ", text, re.MULTILINE):
        print(f"{RESOURCES / area}.py has a table {choice.constant} already. It stays as it is.")
    else:
        files[f"{RESOURCES / area}.py"] = with_table(text, choice)
    for path, content in files.items():
        (root / path).write_text(content, encoding="utf-8")
    return list(files)


def count(choice: Choice, area: str, root: Path) -> dict[str, tuple[int, int]]:
    """Return for each file the lines written by hand, without and with the sentences of its documentation."""
    generated = texts(choice, area, root)
    counts = {}
    for path, text in generated.items():
        now = (root / path).read_text(encoding="utf-8")
        if path.startswith("plugins/modules"):
            old, new = (_without_returns(part) for part in (text, now))
            code = _written(_code(old), _code(new))
            counts[path] = (code, code + _written(_sentences(old), _sentences(new)))
        else:
            counts[path] = (_written(text, now),) * 2
    table = (root / RESOURCES / f"{area}.py").read_text(encoding="utf-8")
    found = re.search(rf"^{choice.constant} = .*?(?:\)\n|^\)\n)(?=\n|\Z)", table, re.MULTILINE | re.DOTALL)
    counts[f"{RESOURCES / area}.py"] = (_written(choice.source(), found.group() if found else ""),) * 2
    return counts


def _without_returns(text: str) -> str:
    """Return a module without the values of RETURN that tools/update_docs.py writes, and without seealso."""
    text = re.sub(r"^seealso:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    return re.sub(r"^(plan|jobs|error):\n(?:  .*\n)+", "", text, flags=re.MULTILINE)


def _sentences(text: str) -> str:
    return "".join(re.findall(r'^DOCUMENTATION = r"""\n.*?^"""\n', text, re.MULTILINE | re.DOTALL))


def _code(text: str) -> str:
    return text.replace(_sentences(text), "")


def _written(old: str, new: str) -> int:
    """Return how many lines are new."""
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return sum(1 for line in lines if line.startswith("+ ") and line[2:].strip())


def main(arguments: t.Sequence[str], root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.new_resource", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("type", help="resource type, as PowerStore's REST API spells it")
    parser.add_argument("--kind", choices=("named", "existing", "singleton"), default="")
    parser.add_argument("--name", default="", help="name of the module, by default that of the type")
    parser.add_argument(
        "--identity", default="", help="options that identify an object, by default its name; see CONTRIBUTING.md"
    )
    parser.add_argument("--area", choices=tuple(AREAS), default="", help="file of the table")
    parser.add_argument("--count", action="store_true", help="count the lines written by hand")
    options = parser.parse_args(arguments)
    try:
        identity = tuple(filter(None, options.identity.split(",")))
        choice = choice_of(options.type, options.name, options.kind, identity)
        area = options.area or area_of(options.type)
        if options.count:
            return _print_count(count(choice, area, root))
        for path in create(choice, area, root):
            print(f"{path} is written")
    except (Refused, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    if choice.left_out:
        print(f"Left out, because they need a list of structures or code: {', '.join(choice.left_out)}")
    if root == ROOT:
        update_docs.main()
    print(NEXT.format(module=choice.module))
    return 0


def _print_count(counts: t.Mapping[str, tuple[int, int]]) -> int:
    for path, (lines, all_lines) in counts.items():
        print(f"{lines:4} {path}" + (f" (and {all_lines - lines} in DOCUMENTATION)" if all_lines > lines else ""))
    print(f"{sum(lines for lines, dummy in counts.values()):4} lines written by hand in {len(counts)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
