# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resources that policies are assigned to. Source: PowerStore REST API 4.0, 4.1, policy."""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.planning.plan import Plan
from ..._engine.text.words import and_so_on
from ..client import PowerStoreClient
from ..query import one_of, render_select

PROTECTED = ("volumes", "volume_groups", "file_systems", "nas_servers", "virtual_machines", "virtual_volumes")
"""The relations of a protection policy to the resources that it is assigned to, of every supported release."""
LIMITED = ("qos_volumes", "qos_volume_groups")
"""Those of a QoS policy."""
FILES_LIMITED = ("file_systems_with_qos", "nas_servers_with_qos")
"""Those of a file QoS policy."""
SHOWN = 5

Users = t.Dict[str, t.List[str]]
"""By the name of a policy, the resources that it is assigned to, in words such as ``volume web01``."""


def users_of(client: PowerStoreClient, policies: t.Sequence[Json], relations: t.Sequence[str]) -> Users:
    """Read what policies are assigned to, with one query for all of them; none without policies."""
    if not policies:
        return {}
    fields: dict[str, tuple[str, ...]] = {"id": (), "name": (), **dict.fromkeys(relations, ("id", "name"))}
    query = {"id": one_of([str(row["id"]) for row in policies]), "select": render_select(fields)}
    return {str(row["name"]): _resources(row, relations) for row in client.query("policy", query)}


def in_words(users: Users) -> list[str]:
    """Return a clause for each policy that is assigned to something."""
    return [f"policy {name} is assigned to {some(names)}" for name, names in sorted(users.items()) if names]


def some(names: t.Sequence[str]) -> str:
    """Return the first of the names, and how many more there are."""
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return and_so_on([*names[:SHOWN], *more])


def _resources(policy: Json, relations: t.Sequence[str]) -> list[str]:
    return [
        f"{_noun(relation)} {row.get('name') or row['id']}"
        for relation in relations
        for row in policy.get(relation) or ()
    ]


def _noun(relation: str) -> str:
    """Return what a relation leads to, such as ``volume`` for ``qos_volumes``."""
    plain = relation.replace("qos_", "").replace("_with_qos", "")
    return plain.rstrip("s").replace("_", " ").replace("nas ", "NAS ")


def changes_in(plan: Plan) -> Json:
    """Return the body of the request that creates or changes the object, or an empty one."""
    bodies = [step.body for step in plan.requests if step.action != "delete" and step.body]
    return bodies[0] if bodies else {}
