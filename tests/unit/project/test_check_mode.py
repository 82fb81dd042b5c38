# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check mode is decided upon in one place, so that a check run and a real run cannot differ before the first write."""

from __future__ import annotations

import ast
import typing as t

import pytest

from tests.unit.project.sources import Source, sources

WORDS = {"check_mode", "_check_mode", "dry_run"}
GATE = "plugins/module_utils/_engine/running/reconcile.py: reconcile_all: if dry_run"
WAYS_TO_THE_GATE = [
    "plugins/module_utils/_documents/gathering.py: work: reconcile",
    "plugins/module_utils/_documents/work.py: carried_out: reconcile_all",
    "plugins/module_utils/_engine/running/reconcile.py: reconcile: reconcile_all",
    "plugins/module_utils/_task.py: work: reconcile",
]
"""A document takes the same way as a single object, which is a document of one."""


def uses(source: Source) -> t.Iterator[str]:
    """Yield each use of check mode that is more than handing it on as an argument under one of its names.

    Handing on: it stands by itself as an argument of a call. Everything else, a condition, an operand, a variable of
    another name, is a use, told as "file: function: kind of place and source".
    """
    for function, parent, node in walk(source.tree, "", source.tree):
        word = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if word not in WORDS or not isinstance(getattr(node, "ctx", None), ast.Load):
            continue
        handed_on = isinstance(parent, ast.Call) and node in parent.args
        handed_on |= isinstance(parent, ast.keyword) and parent.arg in WORDS
        if not handed_on:
            yield f"{source.path}: {function}: {type(parent).__name__.lower()} {ast.unparse(node)}"


def walk(node: ast.AST, function: str, parent: ast.AST) -> t.Iterator[tuple[str, ast.AST, ast.AST]]:
    """Yield every node with the function that it is in and its parent."""
    yield function, parent, node
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        function = node.name
    for child in ast.iter_child_nodes(node):
        yield from walk(child, function, node)


def test_check_mode_is_decided_upon_in_one_place() -> None:
    found = [use for source in sources("plugins") for use in uses(source)]
    assert found == [GATE]


def hand_overs(source: Source) -> t.Iterator[str]:
    """Yield each call that is handed check mode, told as "file: function: what is called".

    A caller object is mere data and does not count: its class is named so.
    """
    for function, dummy, node in walk(source.tree, "", source.tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            words = {word for one in given for word in (getattr(one, "attr", ""), getattr(one, "id", ""))}
            if words & WORDS and not called.endswith("Caller"):
                yield f"{source.path}: {function}: {called}"


def test_check_mode_reaches_the_gate_on_one_way() -> None:
    found = [one for source in sources("plugins") for one in hand_overs(source)]
    assert sorted(found) == WAYS_TO_THE_GATE


@pytest.mark.parametrize(
    "line, noticed",
    [
        ("reconcile(subject, waiting, caller.check_mode, record)", True),
        ("reconcile(subject, waiting, dry_run=self._task.check_mode, record=record)", True),
        ("write(dry_run)", True),
        ("caller = ModuleCaller(params, module.check_mode, module._diff)", False),
        ("caller = ControllerCaller(params, check_mode=self._task.check_mode)", False),
        ("AnsibleModule(supports_check_mode=True)", False),
    ],
)
def test_another_way_is_noticed(line: str, noticed: bool) -> None:
    assert bool(list(hand_overs(Source("plugins/x.py", line)))) is noticed


@pytest.mark.parametrize(
    "line",
    [
        "if module.check_mode: pass",
        "if changed and not module.check_mode: pass",
        "result = {} if self._task.check_mode else write()",
        "rehearsal = module.check_mode",
        "write(rehearsal=module.check_mode)",
        "write() if not dry_run else None",
        "changed = dry_run or write()",
        "if dry_run is True: pass",
    ],
)
def test_another_place_is_noticed(line: str) -> None:
    assert len(list(uses(Source("plugins/x.py", line)))) == 1


@pytest.mark.parametrize(
    "line", ["reconcile(dry_run=caller.check_mode)", "Caller(params, module.check_mode)", "check_mode: bool = False"]
)
def test_handing_it_on_is_no_decision(line: str) -> None:
    assert not list(uses(Source("plugins/x.py", line)))
