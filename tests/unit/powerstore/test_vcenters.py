# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a vCenter lacks is written once in a run, whatever the next read shows. A provider takes its time."""

from __future__ import annotations

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VCENTER
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.vcenters import VcenterHandler
from tests.unit.powerstore.scripted import MakeArray, login

ROW = {"id": "v1", "address": "vc1.example.com", "vendor_provider_status": "Not_Registered"}
VASA = {"vasa_username": "vasa", "vasa_password": "V4sa!secret"}


def test_a_provider_that_is_not_online_yet_is_registered_once_in_a_run(array: MakeArray) -> None:
    one = array(login([ROW]))
    handler = VcenterHandler(one.client, VCENTER, {**VCENTER.no_options(), "address": "vc1.example.com", **VASA})
    current = handler.read()
    (step,) = handler.plan(current, NEW_RUN).requests
    assert step.body == {"vasa_provider_credentials": {"username": "vasa", "password": "V4sa!secret"}}
    assert handler.plan(current, NEW_RUN.sent(step).accepted(step)).steps == ()
