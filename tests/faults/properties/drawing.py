# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draws desired states of an object from a module's argument spec and its values.

The spec says which options there are and what they may be; texts, numbers and references come from the values, so that
they mean something to the appliance, and from a few that it may refuse.
"""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from tests.values import Options, Values, argument_spec

NOT_DRAWN = {"new_name", "state", "id", "wait", "wait_timeout", "if_missing"}
"""Options that say which object is meant or how a task runs, beside those of the connection.

With ``if_missing``, check mode shows what the run does only later in the play.
"""
NEVER_CONVERGES = {"always"}
"""Choices that ask for a change in every run."""
ODD_TEXTS = ("", "Other words", "x" * 300)
ODD_NUMBERS = (0, 1, 70000)


def drawn(values: Values) -> st.SearchStrategy[Options]:
    """Return a strategy for the options of a task on the module's object: one of its states, with other options."""
    spec = argument_spec(values.module)
    fixed = {*values.identity, *NOT_DRAWN, *connection_options(values)}
    others = {name: pool(name, option, values) for name, option in spec.items() if name not in fixed}
    some = st.fixed_dictionaries(
        {}, optional={name: strategy for name, strategy in others.items() if strategy is not None}
    )
    few = some.map(lambda options: dict(sorted(options.items())[:3]))
    state = st.sampled_from(values.states)
    laid_over = st.builds(lambda base, options: {**base, **options}, state, st.one_of(st.just({}), few))
    if values.absent is None:
        return laid_over
    return st.one_of(laid_over, laid_over, laid_over, st.just(values.over_identity(values.absent)))


def connection_options(values: Values) -> set[str]:
    """Return the options that all modules of the platform have."""
    return set(argument_spec(f"{values.platform}_info")) - {"filters", "fields", "order", "limit", "type", "query"}


def pool(name: str, option: Options, values: Values) -> st.SearchStrategy[t.Any] | None:
    """Return a strategy for the values of one option, None if nothing is known that could be drawn."""
    if name in values.draw:
        return st.sampled_from(values.draw[name])
    seen = [state[name] for state in [*values.states, *values.same] if state.get(name) is not None]
    if option.get("choices"):
        return st.sampled_from(sorted({*option["choices"]} - NEVER_CONVERGES))
    kind = option.get("type", "str")
    if kind == "bool":
        return st.booleans()
    if kind == "list" and option.get("elements", "str") == "str":
        entries = list(dict.fromkeys(entry for entry_list in seen for entry in entry_list))
        return st.lists(st.sampled_from(entries), max_size=4) if entries else st.just([])
    if kind in ("int", "float"):
        return st.sampled_from([*seen, *ODD_NUMBERS]) if seen else None
    if kind == "str":
        return st.sampled_from([*seen, *ODD_TEXTS]) if seen and not option.get("no_log") else None
    return st.sampled_from(seen) if seen else None
