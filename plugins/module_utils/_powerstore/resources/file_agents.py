# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers outside of the array that work with the files of NAS servers, such as those that get file events.

Source: PowerStore REST API 4.0, 4.1, file_events_pool, file_events_publisher, file_dhsm_config, file_virus_checker.
"""

from __future__ import annotations

import typing as t

from ..._engine.lookup.references import Ref
from ..._engine.table.attribute import CANNOT, Format, as_set
from ..._engine.table.content import Content
from ..._engine.table.lists import Action, Item, List, Patch
from ..define import define, items_of
from ..formats import MASKS, QUOTA, SERVERS, as_account, as_servers
from ..schema import facts_of
from ..timestamps import as_instant, canonical
from ..uploads import text_file

CATEGORY, SETTINGS, SERVER_LIST = "events_category", "file_events_settings", "file_events_publisher_servers"
ON_DESTINATION = f"destination_{SERVER_LIST}"
POOLS = "file_events_pools"
EVENTS = tuple(one.name for one in facts_of("file_events_pool").attributes[SETTINGS].structure if one.name != CATEGORY)
"""The operations of clients that are events, each an option of its own."""


def as_privileged_account(value: t.Any) -> str:
    """Return the name of a Windows account. One of the NAS server itself may have a backslash before it."""
    return str(as_account(value)).lstrip("\\")


FILE_EVENTS_POOL = define(
    "file_events_pool",
    offer=(SERVER_LIST, ON_DESTINATION),
    format={SERVER_LIST: SERVERS, ON_DESTINATION: SERVERS},
    normalize={SERVER_LIST: as_servers, ON_DESTINATION: as_servers},
    clear={SERVER_LIST: CANNOT},
    lists=(
        List(
            SETTINGS,
            required=True,
            clear=CANNOT,
            item=Item(
                "category",
                key=(CATEGORY,),
                attributes=items_of(
                    "file_events_pool",
                    SETTINGS,
                    SETTINGS,
                    **{event: {"normalize": bool} for event in EVENTS},  # an array may leave out what is not set
                ),
            ),
            channel=Patch(SETTINGS, "remove_categories", SETTINGS, create=SETTINGS, together=True, complete=True),
        ),
    ),
    reads=("is_replica",),
)

FILE_EVENTS_PUBLISHER = define(
    "file_events_publisher",
    offer=(
        "is_enabled",
        "post_event_policy",
        "deny_access_when_all_servers_offline",
        "heartbeat",
        "connection_timeout",
        "http_port",
        "publisher_username",
        "publisher_password",
    ),
    names={"publisher_password": "password", "publisher_username": "username"},
    belongs_to={"publisher_password": ("publisher_username",)},
    default={"is_enabled": False, "post_event_policy": "Accumulate"},
    lists=(
        List(
            POOLS,
            api_name="file_events_pool_ids",
            read=f"{POOLS}[]",
            max_items=3,
            item=Item("file events pool", ref=Ref("file_events_pool")),
        ),
    ),
    update_secrets="update_password",
    reads=("is_replica",),
)

FILE_DHSM_CONFIG = define(
    "file_dhsm_config",
    title="DHSM configuration of NAS server",
    identity=("nas_server",),
    offer=("nas_server", "user_name", "user_password"),
    names={"user_password": "password"},
    belongs_to={"user_password": ("user_name",)},
    update_secrets="update_password",
)

FILE_VIRUS_CHECKER = define(
    "file_virus_checker",
    title="virus checker of NAS server",
    identity=("nas_server",),
    offer=(
        "nas_server",
        "is_enabled",
        "ip_addresses",
        "files_to_scan",
        "files_to_exclude",
        "max_file_size",
        "reference_time",
        "offline_policy",
        "survey_time",
        "high_watermark",
        "low_watermark",
        "http_port",
        "msrpc_user",
        "msrpc_user_password",
        "rpc_retry_timeout",
        "rpc_request_timeout",
        "is_destination_override_enabled",
    ),
    default={"is_enabled": False, "offline_policy": "Allow_Access"},
    format={
        "ip_addresses": SERVERS,
        "files_to_scan": MASKS,
        "files_to_exclude": MASKS,
        "max_file_size": QUOTA,
        "reference_time": Format(canonical),
    },
    normalize={
        "ip_addresses": as_servers,
        "files_to_scan": as_set,
        "files_to_exclude": as_set,
        "reference_time": as_instant,
    },
    clear={"ip_addresses": CANNOT, "files_to_scan": CANNOT},
    belongs_to={"msrpc_user_password": ("msrpc_user",)},
    contents=(Content("config", "upload_config", "download_config", text_file, before=("is_enabled",)),),
    lists=(
        List(
            "privileged_accounts",
            read="accounts",
            read_by="get_privileged_accounts",
            since="4.0",
            item=Item("privileged account", normalize=as_privileged_account),
            channel=Action("add_privileged_account", "remove_privileged_account", value="account"),
        ),
    ),
    update_secrets="update_password",
    reads=("is_config_file_uploaded",),
)
