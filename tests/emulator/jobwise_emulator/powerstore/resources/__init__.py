# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for writing that go beyond the schema, one file per resource type or family (see ``Rules``)."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import joined
from jobwise_emulator.powerstore.resources import (
    dns,
    file_copies,
    file_dhsm_config,
    file_dns,
    file_events_pool,
    file_events_publisher,
    file_import_interface,
    file_import_session,
    file_interface,
    file_interface_route,
    file_kerberos,
    file_ldap,
    file_nis,
    file_system,
    file_tree_quota,
    group_copies,
    host,
    host_group,
    import_session,
    io_limit_rule,
    local_user,
    maintenance_window,
    metro,
    nas_server,
    network,
    nfs_export,
    nfs_server,
    notifications,
    ntp,
    policy,
    recycle_bin,
    remote_system,
    replication_rule,
    replication_session,
    session_clock,
    settings,
    smb_share,
    snapshot_rule,
    storage_container,
    volume,
    volume_copies,
    volume_group,
    volume_hosts,
    x509_certificate,
    x509_exchange,
    x509_request,
)

FAMILIES = (
    *(volume_group.RULES, group_copies.RULES, metro.RULES, session_clock.RULES, replication_session.RULES),
    *(volume.RULES, volume_copies.RULES, volume_hosts.RULES),
    *(policy.RULES, snapshot_rule.RULES, replication_rule.RULES, io_limit_rule.RULES),
    *(recycle_bin.RULES, settings.RULES, notifications.RULES, local_user.RULES),
    *(file_events_pool.RULES, file_events_publisher.RULES, file_dhsm_config.RULES),
    *(host.RULES, host_group.RULES, dns.RULES, storage_container.RULES),
    *(x509_certificate.RULES, x509_exchange.RULES, x509_request.RULES),
    *(
        file_interface.RULES,
        file_interface_route.RULES,
        file_dns.RULES,
        file_ldap.RULES,
        file_kerberos.RULES,
        file_nis.RULES,
    ),
    *(nas_server.RULES, ntp.RULES, network.RULES, maintenance_window.RULES),
    *(import_session.RULES, remote_system.RULES, file_import_interface.RULES, file_import_session.RULES),
    *(file_system.RULES, file_copies.RULES, file_tree_quota.RULES, nfs_export.RULES, smb_share.RULES),
    nfs_server.RULES,
)


RULES = joined(FAMILIES)
