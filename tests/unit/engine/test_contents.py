# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans of objects with files and with secrets that belong to other attributes; keys that are no names."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.naming import meant
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    SECRET,
    SECRET_SET,
    Attribute,
    Format,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.content import Content, sum_of
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER
from tests.unit.engine.tables import CONVENTION, requests_of

SAFE = ResourceType(
    type="safe",
    title="safe",
    convention=CONVENTION,
    identity=("place",),
    key_format=Format(lambda value, option: value),
    attributes=(
        Attribute("lock"),
        Attribute("user"),
        Attribute("code", sensitive=True, belongs_to=("lock", "user")),
        Attribute("guarded", "bool"),
    ),
    contents=(Content("portrait", "hang", "look", lambda text, name: text.encode(), before=("guarded",)),),
)
HAVE: Json = {"id": "s1", "place": "cellar", "lock": "wheel", "user": "anna", "guarded": False, "portrait": None}
PORTRAIT = SAFE.contents[0].bound("Anna in oil")
HANG = ("DO", "safe(s1)/hang", None)


def planned(current: Json | None, **options: t.Any) -> Plan:
    return make_plan(SAFE, current, {**SAFE.no_options(), "place": "cellar", **options})


@pytest.mark.parametrize(
    "options, body",
    [
        ({"lock": "wheel"}, None),
        ({"lock": "dial"}, {"lock": "dial", "code": "1234"}),
        ({"user": "ben"}, {"user": "ben", "code": "1234"}),
        ({"guarded": True}, {"guarded": True}),
    ],
)
def test_a_secret_is_written_with_what_it_belongs_to(options: Json, body: Json | None) -> None:
    plan = planned(HAVE, code="1234", **options)
    assert requests_of(plan) == ([("MERGE", "safe(s1)", body)] if body else [])
    assert (plan.before["code"], plan.after["code"]) == (SECRET, SECRET_SET if "code" in (body or {}) else SECRET)


def test_what_needs_a_file_is_set_after_its_upload() -> None:
    options = {"lock": "dial", "guarded": True, "portrait": PORTRAIT}
    new = planned(None, **options)
    assert requests_of(new) == [
        ("PUT", "new/safe", {"place": "cellar", "lock": "dial"}),
        ("DO", f"safe({ID_LATER})/hang", None),
        ("MERGE", f"safe({ID_LATER})", {"guarded": True}),
    ]
    assert new.sentences()[2] == "set guarded of safe cellar"
    plan = planned(HAVE, **options)
    assert requests_of(plan) == [
        ("MERGE", "safe(s1)", {"lock": "dial"}),
        HANG,
        ("MERGE", "safe(s1)", {"guarded": True}),
    ]
    assert plan.sentences()[::2] == ["change lock of safe cellar", "change guarded of safe cellar"]


@pytest.mark.parametrize(
    "current, options, requests",
    [
        ({}, {"portrait": PORTRAIT}, [HANG]),
        ({"portrait": sum_of(b"Ben")}, {"portrait": PORTRAIT}, [HANG]),
        ({"portrait": str(PORTRAIT)}, {"portrait": PORTRAIT}, []),
        # what the file does not decide, or what there is already, needs no second request
        (
            {"portrait": str(PORTRAIT)},
            {"portrait": PORTRAIT, "guarded": True},
            [("MERGE", "safe(s1)", {"guarded": True})],
        ),
        ({"guarded": True}, {"portrait": PORTRAIT, "guarded": True}, [HANG]),
        (
            {"guarded": True},
            {"portrait": PORTRAIT, "guarded": False},
            [("MERGE", "safe(s1)", {"guarded": False}), HANG],
        ),
    ],
)
def test_a_file_is_uploaded_if_it_differs(current: Json, options: Json, requests: list[t.Any]) -> None:
    assert requests_of(planned({**HAVE, **current}, **options)) == requests


def test_what_has_an_address_moves() -> None:
    assert planned(HAVE, new_place="attic").sentences() == ["move safe cellar to attic"]
    options = {**SAFE.no_options(), "place": "cellar", "new_place": "attic"}
    with pytest.raises(InputError, match="new_place moves a safe; it cannot be used with state absent"):
        check_options(SAFE, {**options, "state": "absent"})
    with pytest.raises(InputError, match="Cannot move safe cellar to attic: another safe has this place") as refused:
        meant(SAFE, options, lambda place: {**HAVE, "place": place})
    assert refused.value.hint == "Remove or move that one first, or give another place."
