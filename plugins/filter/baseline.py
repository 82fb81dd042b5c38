# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters for the role powerstore_baseline. The files beside this one document them."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.baseline import (
    audit_of,
    check_severities,
    table_of,
)
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.words import Json


def baseline_severities(given: Json, usual: Json, types: t.Sequence[str] = ()) -> Json:
    """Return the severity of each setting; raise AnsibleFilterError if something is wrong with what people gave."""
    try:
        check_severities(given, usual, types)
    except ValueError as error:
        raise AnsibleFilterError(f"powerstore_baseline_severity: {error}") from error
    return {**usual, **given}


def baseline_audit(result: Json, severities: Json) -> Json:
    """Return what an audit found."""
    return audit_of(result, severities)


def baseline_table(deviations: t.Sequence[Json]) -> t.List[str]:
    """Return deviations as the lines of a table."""
    return table_of(deviations)


class FilterModule:
    """The filters of the collection for baselines."""

    def filters(self) -> t.Dict[str, t.Callable[..., t.Any]]:
        return {
            "baseline_severities": baseline_severities,
            "baseline_audit": baseline_audit,
            "baseline_table": baseline_table,
        }
