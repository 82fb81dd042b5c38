# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random arrays: what random tasks made of the seed, and objects with odd names and values that no task would make."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from hypothesis import strategies as st

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES
from jobwise_emulator.platforms import OrderError
from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json
from tests.faults.properties.drawing import drawn
from tests.values import MODULES, Setup, load

DRAWN = tuple(name for name in TYPES if name in MODULES)
GIB = 1024**3
ODD_NAMES = (
    "yes",
    "null",
    "~",
    "007",
    "1e3",
    "0x1F",
    "12:30:00",
    "2026-01-31",
    " blanks ",
    "a, b",
    "a: b # c",
    "- a",
    "{{ 1 + 1 }}",
    "name:x",
    "id:x",
    "A1",
    "Web",
    "web",
    "12345678-1234-1234-1234-123456789abc",
    "quo\"te's",
    "back\\slash",
    "tab\tand\nline",
    "Größe \u2028 \U0001f4be \x7f",
    "=",
    "<<",
    "!tag",
    "%",
    "@at",
    "`",
)
NAMES = st.one_of(
    st.sampled_from(ODD_NAMES), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
)


@dataclasses.dataclass(frozen=True)
class Odd:
    """Somebody else's object. kind: its type. attributes: what it has; ``@`` stands for an object made before."""

    kind: str
    attributes: Json


def _odd() -> st.SearchStrategy[Odd]:
    texts = st.one_of(st.just(""), NAMES)
    managed = st.sampled_from(("User", "User", "Metro", "VMware_vSphere"))
    volume = st.fixed_dictionaries(
        {
            "name": NAMES,
            "description": texts,
            "size": st.sampled_from((GIB, 3 * GIB, 1024**4, 1024**2 + 8192, 10**12)),
            "type": st.sampled_from(("Primary", "Primary", "Clone", "Snapshot")),
            "node_affinity": st.sampled_from(("System_Selected_Node_A", "Preferred_Node_A")),
            "is_replication_destination": st.sampled_from((False, False, True)),
            "app_type": st.sampled_from((None, "Other", "Healthcare_Epic")),
            "protection_policy_id": st.sampled_from((None, "name:gold", "@policy")),
        }
    )
    rule = st.fixed_dictionaries(
        {
            "name": NAMES,
            "interval": st.sampled_from(("One_Hour", "One_Day")),
            "desired_retention": st.integers(1, 100),
            "managed_by": managed,
            "is_replica": st.sampled_from((False, False, True)),
        }
    )
    policy = st.fixed_dictionaries(
        {
            "name": NAMES,
            "description": texts,
            "type": st.just("Protection"),
            "snapshot_rule_ids": st.sampled_from(
                (["name:hourly"], ["@snapshot_rule"], ["name:hourly", "@snapshot_rule"])
            ),
            "managed_by": managed,
            "is_read_only": st.sampled_from((False, False, True)),
        }
    )
    host = st.fixed_dictionaries(
        {"name": NAMES, "os_type": st.just("Linux"), "type": st.sampled_from(("External", "Internal"))}
    )
    mapping = st.fixed_dictionaries(
        {"volume_id": st.just("@volume"), "host_id": st.just("@host"), "logical_unit_number": st.integers(0, 300)}
    )
    group = st.fixed_dictionaries(
        {"name": NAMES, "description": texts, "volume_ids": st.sampled_from(([], ["@volume"]))}
    )
    container = st.fixed_dictionaries({"name": NAMES, "quota": st.sampled_from((0, 20 * GIB, 10**11))})
    kinds = {
        "volume": volume,
        "snapshot_rule": rule,
        "policy": policy,
        "host": host,
        "host_volume_mapping": mapping,
        "volume_group": group,
        "storage_container": container,
    }
    return st.one_of([st.builds(Odd, st.just(kind), attributes) for kind, attributes in kinds.items()])


Step = t.Union[t.Tuple[str, Json], Odd]


def arrays() -> st.SearchStrategy[t.List[Step]]:
    """Return a strategy for the steps that make a random array."""
    modules = [st.tuples(st.just(name), drawn(load(name))) for name in DRAWN]
    return st.lists(st.one_of(_odd(), st.one_of(modules)), min_size=1, max_size=8)


def make(actor: Actor, steps: t.Sequence[Step]) -> None:
    """Bring an array back to its seed, then take the steps. What the array refuses is left out."""
    actor.appliance.reset()
    made: dict[str, str] = {}
    set_up: list[Setup] = []
    for step in steps:
        with contextlib.suppress(OrderError, AssertionError):
            if isinstance(step, Odd):
                made[step.kind] = _create(actor, step, made)
                continue
            name, options = step
            for one in load(name).setup:
                if one.name == "change" and one in set_up:
                    continue  # somebody else's change asks no rule, and would make the same object twice
                set_up.append(one)
                with contextlib.suppress(OrderError, AssertionError):
                    actor.set_up(one)
            actor.perform(name, options)


def _create(actor: Actor, odd: Odd, made: t.Mapping[str, str]) -> str:
    def resolved(value: t.Any) -> t.Any:
        if isinstance(value, list):
            return [one for one in map(resolved, value) if one]
        return made.get(value[1:]) if isinstance(value, str) and value in _PLACES else value

    attributes = {name: resolved(value) for name, value in odd.attributes.items()}
    key: str = actor.appliance.change(
        odd.kind, create={name: one for name, one in attributes.items() if one is not None}
    )["id"]
    return key


_PLACES = ("@volume", "@host", "@policy", "@snapshot_rule")
