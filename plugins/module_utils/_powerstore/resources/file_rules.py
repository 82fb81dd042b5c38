# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules between the options of file systems and quotas.

Source: PowerStore REST API 4.0, file_system (config_type, flr_attributes, default_soft_limit). That a file system for
VMware takes no quotas, retention or SMB settings is what the vendor's modules and guides say.
"""

from __future__ import annotations

import dataclasses
import itertools

from ..._engine.options.capacity import in_units
from ..._engine.options.rules import Options, PlainRule, left

DAYS = {"D": 1, "M": 30, "Y": 365}

VMWARE = "VMware"
SMB_SWITCHES = {
    "is_smb_sync_writes_enabled": False,
    "is_smb_op_locks_enabled": True,
    "is_smb_no_notify_enabled": False,
    "is_smb_notify_on_access_enabled": False,
    "is_smb_notify_on_write_enabled": False,
    "smb_notify_on_change_dir_depth": 512,
}
"""The settings for SMB, each with the value that a new file system has."""

RETENTIONS = ("flr_minimum_retention", "flr_default_retention", "flr_maximum_retention")


def days(text: str) -> float:
    """Return the length of a retention time, so that two can be compared."""
    return float("inf") if text == "infinite" else int(text[:-1]) * DAYS[text[-1]]


class OnlyGeneral(PlainRule):
    """A file system for VMware is a datastore: it has no quotas, no retention, no events of SMB, and SMB's defaults."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        if left("config_type", current, desired) != VMWARE:
            return ""
        wrong = [name for name, default in SMB_SWITCHES.items() if desired.get(name) not in (None, default)]
        wrong += ["is_quota_enabled"] if desired.get("is_quota_enabled") else []
        wrong += [name for name in ("default_hard_limit", "default_soft_limit") if desired.get(name)]
        wrong += [name for name in ("flr_mode",) if desired.get(name)]
        wrong += [
            name for name in ("file_events_publishing_mode",) if desired.get(name) not in (None, "None", "NFS_Only")
        ]
        return f"A file system with config_type: {VMWARE} does not take this value of {', '.join(wrong)}." * bool(wrong)


@dataclasses.dataclass(frozen=True)
class SoftLimit(PlainRule):
    """A soft limit is not above the hard limit, unless that is 0, which sets none."""

    soft: str
    hard: str

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        if desired.get(self.soft) is None and desired.get(self.hard) is None:
            return ""
        soft, hard = left(self.soft, current, desired), left(self.hard, current, desired)
        if not soft or not hard or soft <= hard:
            return ""
        return f"{self.soft}, {in_units(soft)}, must not be above {self.hard}, {in_units(hard)}."


class RetentionOrder(PlainRule):
    """The default retention is between the minimum and the maximum."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        if not any(desired.get(option) for option in RETENTIONS):
            return ""
        known = [(option, left(option, current, desired)) for option in RETENTIONS]
        given = [(option, value) for option, value in known if value]
        for (low, first), (high, second) in itertools.combinations(given, 2):
            if days(first) > days(second):
                return f"{low}, {first}, must not be longer than {high}, {second}."
        return ""
