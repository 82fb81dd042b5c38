# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the emulated PowerStore by the vendor's SDK, PyPowerStore, in an environment that has it.

``python -m tests.conformance.powerstore_sdk HOST:PORT CA_FILE RELEASE``: all flows, in one session. What came of them
goes to standard output as JSON, by the name of the flow; a flow that the SDK or the array ended has its error instead.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from typing import Any

from tests.conformance.powerstore_sdk import block, files, hosts, listing, protection, system
from tests.conformance.powerstore_sdk.record import PASSWORD, record

FLOWS: tuple[Callable[[Any], Any], ...] = (
    block.volumes,
    block.mappings,
    block.volume_copies,
    block.metro,
    block.groups,
    block.group_copies,
    hosts.hosts,
    hosts.host_groups,
    protection.snapshot_rules,
    protection.replication_rules,
    protection.protection_policies,
    protection.io_limits,
    protection.qos_policies,
    protection.remote_systems,
    protection.replication_sessions,
    system.settings,
    system.support,
    system.cluster,
    system.networks,
    system.certificates,
    system.users,
    system.directories,
    system.notifications,
    system.vsphere,
    files.nas_servers,
    files.file_systems,
    listing.pages,
)
# Flows of one release alone.
OF_RELEASE: dict[str, tuple[Callable[[Any], Any], ...]] = {
    "4.0": (files.too_new,),
    "4.1": (protection.file_qos_policies, files.details),
}


def main(host: str, ca_path: str, release: str) -> int:
    """Run the flows within a session."""
    sdk = importlib.import_module("PyPowerStore.powerstore_conn")
    address, port = host.split(":")
    array = sdk.PowerStoreConn("admin", PASSWORD, address, ca_path, "conformance", port_no=port)
    called = record(array)
    told: dict[str, Any] = {}
    try:
        for flow in (*FLOWS, *OF_RELEASE[release]):
            told[flow.__name__] = outcome(flow, array)
    finally:
        array.provisioning.client.auth_manager.logout_session()
    print(json.dumps({"flows": told, "called": called}))
    return 0


def outcome(flow: Callable[[Any], Any], array: Any) -> Any:
    """What came of a flow. A refusal, or an answer that lacks something, is an outcome as well: the others go on."""
    refusal = importlib.import_module("PyPowerStore.utils.exception").PowerStoreException
    try:
        return flow(array)
    except (refusal, LookupError, TypeError, ValueError):
        return {"error": traceback.format_exc(limit=-4)}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
