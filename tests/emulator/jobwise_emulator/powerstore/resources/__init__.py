# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for writing, one file per resource type or family. Types that are not in ``RULES`` can only be read."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import Rules
from jobwise_emulator.powerstore.resources import (
    group_copies,
    host,
    import_session,
    local_user,
    metro,
    plain,
    policy,
    recycle_bin,
    remote_system,
    settings,
    volume,
    volume_copies,
    volume_group,
    volume_hosts,
    x509_certificate,
    x509_exchange,
    x509_request,
)

FAMILIES = (
    *(volume_group.RULES, group_copies.RULES, metro.RULES),
    *(volume.RULES, volume_copies.RULES, volume_hosts.RULES),
    *(policy.RULES, recycle_bin.RULES, settings.RULES, plain.RULES, local_user.RULES, host.RULES),
    *(x509_certificate.RULES, x509_exchange.RULES, x509_request.RULES),
    *(import_session.RULES, remote_system.RULES),
)


def collect() -> dict[str, Rules]:
    """All rules by type; several files may add to one type."""
    found: dict[str, Rules] = {}
    for family in FAMILIES:
        for kind, rules in family.items():
            known = found.setdefault(kind, Rules())
            known.checks.update(rules.checks)
            known.outside.update(rules.outside)
            known.complete = rules.complete or known.complete
            known.remove = rules.remove or known.remove
            known.changed = rules.changed or known.changed
    return found


RULES = collect()
