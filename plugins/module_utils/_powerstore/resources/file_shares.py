# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What makes a directory of a file system available to clients: NFS exports and SMB shares.

Source: PowerStore REST API 4.0, nfs_export, smb_share (smb_share_ace, set_acl).
"""

from __future__ import annotations

from ..._engine.table.lists import Item, List, Patch
from ..define import define, items_of
from ..formats import PATH, UMASK, as_account, as_host

HOST_LISTS = {
    "no_access_hosts": "host without access",
    "read_only_hosts": "read-only host",
    "read_only_root_hosts": "read-only root host",
    "read_write_hosts": "read-write host",
    "read_write_root_hosts": "read-write root host",
}
"""The lists of hosts of an NFS export, each with what a message calls a host in it."""

NFS_EXPORT = define(
    "nfs_export",
    title="NFS export",
    identity=("name", "file_system.nas_server"),
    offer=(
        "file_system",
        "path",
        "description",
        "default_access",
        "min_security",
        "is_no_suid",
        "anonymous_uid",
        "anonymous_gid",
        "nfs_owner_username",
    ),
    names={"anonymous_gid": "anonymous_GID", "anonymous_uid": "anonymous_UID", "is_no_suid": "is_no_SUID"},
    format={"path": PATH},
    lists=tuple(
        List(
            option,
            item=Item(noun, normalize=as_host, show=as_host),
            channel=Patch(f"add_{option}", f"remove_{option}", create=option, together=True),
        )
        for option, noun in HOST_LISTS.items()
    ),
)

ACE = ("access_type", "access_level", "trustee_type", "trustee_name")
"""The options of an entry of an ACL, in the order of a sentence. All of them together identify it."""

EVERYONE = {"access_type": "Allow", "access_level": "Full", "trustee_type": "WellKnown", "trustee_name": "Everyone"}
"""The entry that a new share has."""

SMB_SHARE = define(
    "smb_share",
    title="SMB share",
    identity=("name", "file_system.nas_server"),
    offer=(
        "file_system",
        "path",
        "description",
        "is_abe_enabled",
        "is_branch_cache_enabled",
        "is_continuous_availability_enabled",
        "is_encryption_enabled",
        "offline_availability",
        "umask",
    ),
    names={"is_abe_enabled": "is_ABE_enabled"},
    format={"path": PATH, "umask": UMASK},
    default={"offline_availability": "None"},
    lists=(
        List(
            "acl",
            read="aces",
            read_by="get_acl",
            since="3.5",
            default=(EVERYONE,),
            item=Item(
                "ACE",
                key=ACE,
                attributes=tuple(
                    sorted(
                        items_of("smb_share", "set_acl.add_aces", trustee_name={"normalize": as_account}),
                        key=lambda part: ACE.index(part.option),
                    )
                ),
            ),
            channel=Patch("add_aces", "remove_aces", action="set_acl", whole="aces"),
        ),
    ),
)
