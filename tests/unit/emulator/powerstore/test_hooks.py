# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hooks of the resource types: several files may add to one type, but each hook has one owner."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules, joined
from jobwise_emulator.powerstore.jobs import Effect


def check(call: Call) -> Effect:
    return lambda: None


def before(call: Call) -> None:
    """Refuse nothing."""


def after(call: Call, entry: Json) -> None:
    """Change nothing."""


def complete(world: ApplianceState, entry: Json) -> None:
    """Fill in nothing."""


def test_several_files_add_to_one_type() -> None:
    files = [
        {"volume": Rules({"attach": check}, complete)},
        {"volume": Rules({"detach": check}, before={"create": before})},
    ]
    rules = joined(files)["volume"]
    assert (set(rules.checks), set(rules.before), rules.complete) == ({"attach", "detach"}, {"create"}, complete)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (Rules({"attach": check}), Rules({"attach": check}), r"checks\['attach'\] of volume"),
        (Rules(before={"create": before}), Rules(before={"create": before}), r"before\['create'\] of volume"),
        (Rules(after={"delete": after}), Rules(after={"delete": after}), r"after\['delete'\] of volume"),
        (Rules(complete=complete), Rules(complete=complete), "complete of volume"),
        (Rules(remove=complete), Rules(remove=complete), "remove of volume"),
        (Rules({"create": check}), Rules(before={"create": before}), "create of volume"),
        (Rules(after={"modify": after}), Rules({"modify": check}), "modify of volume"),
    ],
)
def test_two_files_that_claim_one_hook_are_an_error(first: Rules, second: Rules, says: str) -> None:
    with pytest.raises(ValueError, match=f"{says}: claimed by {__name__} and by {__name__}"):
        joined([{"volume": first}, {"volume": second}])
