# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a volume is used for. Source: PowerStore REST API 4.0, volume (app_type, app_type_other)."""

from __future__ import annotations

import dataclasses
import typing as t

Options = t.Mapping[str, t.Any]

TYPE, OTHER = "app_type", "app_type_other"


@dataclasses.dataclass(frozen=True)
class OtherApplication:
    """The rule that only an app_type that ends in Other has an app_type_other. Another app_type clears it."""

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""
        return self.broken({}, desired) if desired.get(TYPE) else ""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        app_type = desired.get(TYPE) or (current or {}).get(TYPE)
        if not desired.get(OTHER) or _is_other(app_type):
            return ""
        return f"{OTHER} needs an {TYPE} that ends in Other, not {app_type or 'none'}."

    def displaced(self, current: Options, desired: Options) -> list[str]:
        """Return the options that lose their current value."""
        is_cleared = desired.get(TYPE) and not _is_other(desired[TYPE]) and not desired.get(OTHER)
        return [OTHER] if is_cleared and current.get(OTHER) else []


def _is_other(app_type: t.Any) -> bool:
    return str(app_type or "").endswith("Other")
