# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tools/update_docs.py writes is up to date, and what people wrote beside it stays."""

from __future__ import annotations

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Job
from tools import update_docs

SHARED = {
    "plan": "plan:\n  description:\n    - Steps.\n  type: list\n",
    "jobs": "jobs:\n  description:\n    - Jobs.\n  type: list\n  contains:\n    id: {type: str}\n",
}
PLATFORMS = {"a_info": "a", "b_info": "b", "group": "a", "group_copy": "a", "groups": "a", "user": "a", "group_b": "b"}


def test_what_is_generated_is_up_to_date() -> None:
    """If it fails: make generated."""
    assert sorted(path.name for path in update_docs.outdated()) == []


def documented(key: str) -> set[str]:
    """Return the documented keys of a value that modules return alike."""
    return set(yaml.safe_load(update_docs.RETURNS.read_text(encoding="utf-8"))[key]["contains"])


def test_every_key_of_a_job_is_documented() -> None:
    assert set(Job("1", note="It copies.", messages=[{}]).report()) == documented("jobs")


def test_every_key_of_an_error_is_documented() -> None:
    assert set(ApplianceError("", "GET", "/", 404, job="1").facts()) == documented("error")


def test_a_module_keeps_its_samples_and_what_it_adds() -> None:
    old = (
        "plan:\n  description: Old.\n  sample: [one]\n"
        "jobs:\n  description:\n    - Old.\n    - Of its own,\n      on two lines.\n  sample:\n    - id: 1\n"
        "resource:\n  description: Mine.\n"
    )
    assert update_docs.returns(old, SHARED) == (
        "plan:\n  description:\n    - Steps.\n  type: list\n  sample: [one]\n"
        "jobs:\n  description:\n    - Jobs.\n    - Of its own,\n      on two lines.\n  type: list\n"
        "  contains:\n    id: {type: str}\n  sample:\n    - id: 1\n"
        "resource:\n  description: Mine.\n"
    )


def test_a_module_that_returns_jobs_alone_describes_them_itself() -> None:
    old = "jobs:\n  description: Those asked for.\n"
    assert update_docs.returns(old, SHARED) == old


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a_info", ["group", "group_copy", "groups", "user"]),
        ("group", ["group_copy", "a_info"]),
        ("group_copy", ["group", "a_info"]),
        ("groups", ["a_info"]),
        ("group_b", ["b_info"]),
    ],
)
def test_a_module_refers_to_its_family_and_its_platform(name: str, wanted: list[str]) -> None:
    assert update_docs.siblings(name, PLATFORMS) == wanted


def test_references_of_a_module_stay_in_front() -> None:
    old = "module: x\nseealso:\n  - module: jobwise.appliance.b\n    description: Why.\n  - name: A page\n"
    new = old + "  - module: jobwise.appliance.a\n"
    assert update_docs.referring(old, ["a", "b"]) == new
    assert update_docs.referring(new, ["a", "b"]) == new
    assert update_docs.referring("module: x\n", []) == "module: x\n"


def test_a_module_is_routed_to_its_own_action_plugin_or_that_of_its_platform() -> None:
    actions = ["a_info", "user", "group_b"]
    text = update_docs.runtime("---\nrequires_ansible: x\naction_groups:\n  old:\n    - gone\n", PLATFORMS, actions)
    written = yaml.safe_load(text)
    assert written["requires_ansible"] == "x"
    assert written["action_groups"] == {
        "a": ["a_info", "group", "group_copy", "groups", "user"],
        "b": ["b_info", "group_b"],
    }
    routes = {name: route["action_plugin"] for name, route in written["plugin_routing"]["modules"].items()}
    expected = dict.fromkeys(written["action_groups"]["a"], "jobwise.appliance.a_info")
    assert routes == {**expected, "user": "jobwise.appliance.user"}


def test_a_module_of_two_platforms_is_an_error() -> None:
    source = (
        'DOCUMENTATION = r"""\nextends_documentation_fragment: [jobwise.appliance.a, jobwise.appliance.b.more]\n"""\n'
    )
    with pytest.raises(ValueError, match=r"not of \['a', 'b'\]"):
        update_docs.platform_of(source)
