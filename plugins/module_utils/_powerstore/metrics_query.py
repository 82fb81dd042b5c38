# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries of metrics, such as the space of a cluster. They are a POST that changes nothing.

Source: PowerStore REST API 4.0, 4.1, POST /metrics/generate.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError, Refused
from .client import PowerStoreClient
from .schema import facts_of

BODY = facts_of("metrics").class_actions["generate"]
ENTITIES = tuple(BODY["entity"].enum)
INTERVALS = tuple(BODY["interval"].enum)
OF_CLUSTER = "_by_cluster"
CLUSTER = "0"
"""The id of the cluster: an array has one, and this is its id in every client."""

ONLY_OBJECTS = ("names", "filters", "select", "order")
"""Options that choose among objects, and that metrics do not take."""


def is_metrics(type_: str) -> bool:
    """Return whether a type names metrics rather than objects."""
    return type_ in ENTITIES


@dataclasses.dataclass(frozen=True)
class MetricsQuery:
    """A query of one kind of metrics.

    ids: the objects that the metrics are about. interval: the time between two rows, empty for the array's choice.
    limit: how many of the newest rows of each object, None for all.
    """

    entity: str
    ids: tuple[str, ...]
    interval: str = ""
    limit: int | None = None

    @classmethod
    def of(cls, params: t.Mapping[str, t.Any]) -> MetricsQuery:
        """Return the query of a task; raise InputError if it cannot be one. params: the task's options."""
        entity = params["type"]
        given = [name for name in ONLY_OBJECTS if params[name]]
        if given:
            raise InputError(f"{entity} are metrics, which take no {' and no '.join(given)}: give ids.")
        ids = params["ids"]
        if ids is None and entity.endswith(OF_CLUSTER):
            ids = [CLUSTER]
        if ids is None:
            raise InputError(f"{entity} are metrics of single objects: give the ids of these objects.")
        if params["limit"] is not None and params["limit"] < 1:
            raise InputError(f"limit must be at least 1, not {params['limit']}.")
        return cls(entity, tuple(dict.fromkeys(ids)), params["interval"] or "", params["limit"])

    def ask(self, client: PowerStoreClient) -> tuple[list[Json], list[str]]:
        """Return the rows of all objects, those of each in the order of time, and the ids that the array lacks."""
        found: list[Json] = []
        missing = []
        for id_ in self.ids:
            try:
                rows = client.metrics(self._body(id_))
            except Refused as error:
                if error.status != 404:
                    raise
                missing.append(id_)
                continue
            rows.sort(key=lambda row: str(row.get("timestamp")))
            found += rows if self.limit is None else rows[-self.limit :]
        return found, missing

    def _body(self, id_: str) -> Json:
        interval = {"interval": self.interval} if self.interval else {}
        return {"entity": self.entity, "entity_id": id_, **interval}
