# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAS servers of other arrays: find one, and check whether it can be imported with what a task gives.

Source: PowerStore REST API 4.0, 4.1, file_import_nas_server. The collection takes no filters. Releases before 3.2 lack
is_importable, those before 4.1 is_cta_configured; reading all attributes works on each.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.text.names import near, the_one
from ..._engine.text.words import and_so_on
from ..client import PowerStoreClient

SOURCES = "file_import_nas_server"
SMB, DHSM, CTA = (
    ("source_smb_admin_username", "source_smb_admin_password"),
    ("source_dhsm_username", "source_dhsm_password"),
    ("cta_admin_username", "cta_admin_password"),
)
"""The logins that some sources need."""

REDISCOVER = "Discover the remote system again, then run the task again."
HINTS = {
    "Multiprotocol_Rediscovery_Required": REDISCOVER,
    "Dhsm_Connection_Rediscovery_Required": REDISCOVER,
    "Import_Session_Already_Exists": "It already has an import session.",
    "Imported_Nas_Server_Already_Exists": "It has been imported before.",
}
CORRECT = f"Correct that. {REDISCOVER}"


def sources_on(client: PowerStoreClient, system_id: str) -> list[Json]:
    """Return the NAS servers that the array has found on a remote system."""
    return [row for row in client.query(SOURCES, {"select": "*"}) if row.get("remote_system_id") == system_id]


def find_source(here: t.Sequence[Json], system: str, reference: Reference) -> Json:
    """Return the NAS server that a task names; raise InputError without one.

    here: the NAS servers of the remote system. system: its name, for messages.
    """
    by_id = [row for row in here if row["id"] in (reference.id, reference.name)]
    one = by_id[0] if by_id else the_one(here, str(reference), "NAS server", "source")
    if one is None:
        names = [str(row["name"]) for row in here if row.get("name")]
        raise InputError(
            f"source: no NAS server {reference} has been found on {system}. {near(str(reference), names)}".rstrip(),
            hint="The array knows only the sources that its last discovery of the remote system found. " + UNTOUCHED,
        )
    return one


def check_source(source: Json, desired: Json) -> None:
    """Raise InputError if the array cannot import a NAS server, or not with what the task gives."""
    name = source.get("name")
    if source.get("is_importable") is False:
        criteria = [str(one) for one in source.get("non_importable_criteria") or ()]
        said = [_text(one) for one in source.get("non_importable_messages") or ()]
        hint = next((HINTS[one] for one in criteria if one in HINTS), CORRECT)
        reason = f"{' '.join(said)} ({', '.join(criteria)})" if said and criteria else " ".join(said or criteria)
        reason = reason or "it is not importable"
        raise InputError(f"NAS server {name} cannot be imported; the array says: {reason}.", hint=hint)
    wrong = [f"{why}: give {and_so_on(lacking)}, too." for why, lacking in _lacking(source, desired)]
    known = [str(one["name"]) for one in source.get("file_interfaces") or () if one.get("name")]
    for entry in desired.get("file_interfaces") or ():
        if known and entry["name"] not in known:
            wrong.append(
                f"file_interfaces: NAS server {name} has no interface {entry['name']}. {near(entry['name'], known)}"
            )
    if wrong:
        raise InputError(" ".join(wrong), hint=UNTOUCHED)


def _lacking(source: Json, desired: Json) -> t.Iterator[tuple[str, list[str]]]:
    """Return why the source needs a login, and the options that the task lacks for it."""
    name = source.get("name")
    needs = [(f"NAS server {name} has SMB shares", SMB, "SMB" in str(source.get("protocol_type")))]
    is_locked = any(one.get("is_flr_enabled") for one in source.get("file_systems") or ())
    needs.append((f"NAS server {name} has file systems with file-level retention", DHSM, is_locked))
    needs.append(
        (f"NAS server {name} is connected to a Cloud Tiering Appliance", CTA, bool(source.get("is_cta_configured")))
    )
    for why, options, is_needed in needs:
        lacking = [option for option in options if not desired.get(option)]
        if is_needed and lacking:
            yield why, lacking


def _text(message: t.Any) -> str:
    """Return one of the array's reasons, with the action that it recommends, without a full stop at the end."""
    texts = [_words(message.get(part)) for part in ("message", "recommended_action")]
    return " ".join(text for text in texts if text).rstrip(".")


def _words(part: t.Any) -> str:
    return str((part or {}).get("message_l10n") or "") if isinstance(part, dict) else str(part or "")
