# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resizing: all nodes unless some are named."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.cluster_power import (
    ResizeHandler,
)
from tests.unit.ontap_select.scripted import MakeDeploy, records

WANT = {"cluster": "c1", "instance_type": "medium", "nodes": None, "ontap_password": "x", "wait_timeout": 5.0}


def test_no_nodes_are_not_all_nodes(deploy: MakeDeploy) -> None:
    it = deploy()
    with pytest.raises(InputError, match="nodes is empty: give places of nodes, or leave it out for all"):
        ResizeHandler(it.client, {**WANT, "nodes": []})
    assert it.talk == []


def test_all_nodes_without_a_word(deploy: MakeDeploy) -> None:
    cluster = {"id": "c", "name": "c1", "is_deployed": True, "state": "powered_on"}
    nodes = [{"id": str(place), "name": f"c1-0{place}", "instance_type": "small"} for place in (1, 2)]
    it = ResizeHandler(deploy(records(cluster), records(*nodes)).client, WANT)
    assert it.plan(it.read(), NEW_RUN).sentences() == ["make c1-01, c1-02 of cluster c1 medium"]
