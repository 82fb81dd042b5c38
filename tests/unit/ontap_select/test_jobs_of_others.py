# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which jobs under way are about a cluster or host: those whose text has its whole name, and no other's."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.handler import OntapSelectHandler
from tests.unit.ontap_select.scripted import MakeDeploy, records, told


@pytest.mark.parametrize(
    "text, own",
    [
        ("Deploy cluster c1: creating node c1-01", True),
        ("Resize cluster C1.", True),
        ("c1", True),
        ("Delete cluster lab-c1: removing node lab-c1-01", False),
        ("Delete cluster lab.c1", False),
        ("Delete cluster abc1", False),
        ("Delete cluster _c1", False),
        ("Deploy cluster c1-lab: waiting to start", False),
        ("Add host c1.example.com: waiting to start", False),
        ("Deploy cluster c10", False),
        ("Add host esx01", False),
    ],
)
def test_a_job_is_known_by_the_whole_name_in_its_text(deploy: MakeDeploy, text: str, own: bool) -> None:
    it = deploy(records(told("running", text)))
    subject = OntapSelectHandler(it.client, {}, "cluster c1", known_as="c1")
    assert [job.action for job in subject.find_jobs(None, ["deploy"]) or []] == (["deploy"] if own else [])
