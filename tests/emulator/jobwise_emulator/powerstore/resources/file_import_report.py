# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report on a file import (PowerStore REST 4.0, file_import_session report).

The document gives the answer the status 204 and a body at once. The emulator answers 200 with the body, because 204 has
none.
"""

from __future__ import annotations

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources import file_import_destination as destination

SAME = (
    *("id", "name", "remote_system_id", "state", "current_operation", "current_operation_progress_percentage"),
    *("source_smb_admin_username", "source_dhsm_username", "destination_resource_id"),
)
ADVICE = "Correct the cause, then resume or cancel the import."


def of(world: ApplianceState, session: Json) -> Json:
    """The report of a session as it is now."""
    source = destination.source_of(world, session)
    server = world.store.get("nas_server", session["nas_server_id"]) or {}
    end = session["estimated_completion_timestamp"]
    return {
        **{name: session[name] for name in SAME},
        "destination_nas_server_id": session["nas_server_id"],
        "source_nas_server_name": source.get("name"),
        "target_nas_server_name": server.get("name"),
        "created_timestamp": session["@created"],
        "estimated_completion_timestamp": None if end is None else iso(end),
        "protocol_type": source.get("protocol_type"),
        "file_systems": [
            {
                "source_file_system_name": one["name"],
                "destination_file_system_name": one["name"],
                "source_size_total": one.get("size"),
                "flr_enabled": bool(one.get("is_flr_enabled")),
                "progress_percentage": session["current_operation_progress_percentage"],
            }
            for one in source.get("file_systems") or ()
        ],
        "warnings": [],
        "latest_failure_messages": [failure(session["error"])] if session["error"] else [],
    }


def failure(text: str) -> Json:
    """A failure, and what to do about it."""
    return {
        "message": said("0xE08010090020", text),
        "full_description": said("0xE08010090021", text),
        "recommended_action": said("0xE08010090022", ADVICE),
    }


def said(code: str, text: str) -> Json:
    """One text of a message."""
    return {"code": code, "severity": "Error", "message_l10n": text, "arguments": []}
