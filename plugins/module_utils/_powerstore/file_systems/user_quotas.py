# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""User quotas: find one by the user whom the task names, and check the file system before the first write.

Source: PowerStore REST API 4.0, file_user_quota. The vendor's modules look for Windows users with their domain in small
letters; its guides say that file systems for VMware have no quotas.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.lookup.references import Reference, Wanted
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.table.attribute import Attribute
from ..table_handler import Check, TableHandler
from .tree_quotas import check_has_quotas

FILE_SYSTEM, TREE, WINDOWS = "file_system", "tree_quota", "windows_name"


class UserQuotaHandler(TableHandler):
    """What one user can store in a file system, or in a directory with a tree quota."""

    _ignores_case = False

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_quotas,)

    def _check_quotas(self, current: Json | None, plan: Plan) -> None:
        if current is None and plan.requests:
            check_has_quotas(self.row_of(FILE_SYSTEM))

    def wanted(self, current: Json | None) -> list[Wanted]:
        """Return the references to look up. Several file systems may have a directory of this path."""
        found = super().wanted(current)
        trees = [one for one in found if one.option == TREE]
        others = [one for one in found if one.option != TREE]
        system = self.desired.get(FILE_SYSTEM)
        if not trees or not isinstance(system, Reference):
            return found
        self.resolver.look_up(others, Mistakes())  # what is wrong with these, the caller finds as well
        ref = next(one.ref for one in self.resource.attributes if one.option == FILE_SYSTEM)
        home = self.resolver.reference(ref, system) if ref else system
        return [*others, *(dataclasses.replace(one, within=(FILE_SYSTEM, home)) for one in trees)]

    def _by_references(self, select: Json) -> Json | None:
        """Return the quota. The array compares the names of Windows users with regard to case, which means nothing."""
        found = super()._by_references(select)
        if found is None and self.desired.get(WINDOWS):
            self._ignores_case = True
            found = super()._by_references(select)
            self._ignores_case = False
        return found

    def _takes_filter(self, attribute: Attribute) -> bool:
        """Return whether the array compares an attribute."""
        return super()._takes_filter(attribute) or (attribute.option == WINDOWS and not self._ignores_case)
