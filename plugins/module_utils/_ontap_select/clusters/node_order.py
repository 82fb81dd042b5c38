# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which node is the first of a cluster, and which is whose partner.

Source: NetApp's documentation of the Deploy REST API, version 3: Deploy names the nodes of a cluster <cluster>-01,
<cluster>-02 and so on, and lets them be renamed; HA partners are the first and the second, the third and the fourth.
"""

from __future__ import annotations

import re
import typing as t
import uuid

from ..._engine.resource_type import Json


def in_order(nodes: t.Sequence[Json], cluster: str) -> list[Json]:
    """Return the nodes of a cluster in their order, whatever they are called.

    A node with the name that Deploy gave it has the place that this name tells. Those named otherwise have the places
    that are left: by the time that is in their ids where these have one, as that stays when one more is renamed, else
    by name.
    """
    places, others = _sorted_out(nodes, cluster)
    known = _times_tell(others)
    others.sort(
        key=lambda node: (_made(str(node.get("id"))) if known else 0, str(node.get("name")), str(node.get("id")))
    )
    free = (place for place in range(1, len(nodes) + 1) if place not in places)
    places.update(zip(free, others))
    return [places[place] for place in sorted(places)]


def in_doubt(nodes: t.Sequence[Json], cluster: str) -> list[Json]:
    """Return the nodes whose place is only guessed by their names, which may change.

    They are several with names that Deploy has not given, and with ids that tell no time.
    """
    others = _sorted_out(nodes, cluster)[1]
    return [] if len(others) < 2 or _times_tell(others) else others


def default_place(name: str, cluster: str) -> int:
    """Return the place that a name tells if it is one that Deploy gives, else 0."""
    found = re.fullmatch(rf"{re.escape(cluster)}-(\d+)", name, re.IGNORECASE)
    return int(found.group(1)) if found else 0


def _sorted_out(nodes: t.Sequence[Json], cluster: str) -> tuple[dict[int, Json], list[Json]]:
    """Return the nodes whose names tell their place by it, and the others."""
    places: t.Dict[int, Json] = {}
    others: t.List[Json] = []
    for node in nodes:
        place = default_place(str(node.get("name")), cluster)
        if 1 <= place <= len(nodes) and place not in places:
            places[place] = node
        else:
            others.append(node)
    return places, others


def _times_tell(nodes: t.Sequence[Json]) -> bool:
    """Tell whether the ids of nodes tell in which order they were made."""
    times = [_made(str(node.get("id"))) for node in nodes]
    return None not in times and len(set(times)) == len(times)


def _made(node_id: str) -> int | None:
    """Return the time that an id of version 1 tells; ids are opaque, so any other tells none."""
    try:
        found = uuid.UUID(node_id)
    except ValueError:
        return None
    return found.time if found.version == 1 else None


def partner(ordinal: int) -> int:
    """Return the place of the HA partner."""
    return ordinal + 1 if ordinal % 2 else ordinal - 1


def host_id(node: Json) -> str:
    """Return the id of the host that a node is to run on, "" if it has none."""
    return str((node.get("host") or {}).get("id") or "")


def pairs_on_one_host(nodes: t.Sequence[Json]) -> list[str]:
    """Return a sentence for each pair of partners, of nodes in their order, that would fail together."""
    return [
        pair_warning(str(one.get("name")), str(two.get("name")))
        for one, two in zip(nodes[::2], nodes[1::2])
        if host_id(one) and host_id(one) == host_id(two)
    ]


def pair_warning(one: str, two: str) -> str:
    """Tell that two partners would fail together."""
    return f"{one} and {two} are HA partners on the same host: when it fails, both do."
