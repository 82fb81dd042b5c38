# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mappings of volumes to hosts and host groups. Source: PowerStore REST API 4.0, volume (attach, detach)."""

from __future__ import annotations

from ..._engine.lookup.references import Ref
from ..._engine.table.attribute import Attribute
from ..._engine.table.lists import Action, Item, List

LARGEST_LUN = 16383


def mapped_to(type_: str) -> List:
    """Return the list of the hosts, or host groups, that a volume is mapped to, each with its LUN.

    The array reads a LUN back, and chooses one if the task gives none. It cannot change the LUN of a mapping: that is a
    detach and an attach, during which the host loses the volume.
    """
    host = Attribute(type_, api_name=f"{type_}_id", read=type_, ref=Ref(type_))
    lun = Attribute("logical_unit_number", "int", minimum=0, maximum=LARGEST_LUN)
    return List(
        f"mapped_{type_}s",
        read="mapped_volumes[]",
        item=Item(type_.replace("_", " "), attributes=(host, lun), key=(type_,)),
        channel=Action("attach", "detach", creates_one=True, words=("attach", "detach")),
        replace="allow_detach",
        released_by="allow_detach",
    )
