# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users, and what protects the cluster. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..._engine.options.consent import Consent
from ..._engine.options.rules import calls_for, one_of_values, requires
from ..._engine.table.attribute import CANNOT, ONLY_TRUE, as_lines, as_set
from ..._engine.table.resource_type import SINGLETON
from ..define import define
from ..formats import ADDRESSES, SERVERS, as_base_dn, as_servers

LOCAL_USER = define(
    "local_user",
    title="user",
    offer=("role", "is_locked", "is_mfa_bypass", "user_password"),
    names={"user_password": "password"},
    default={"is_locked": False},
    parameters=("current_password",),
    update_secrets="update_password",
    secret_tests=("when_different",),
    reads=("is_built_in", "is_default_password"),
)

LOGIN_BANNER = define(
    "login_banner",
    title="login banner",
    kind=SINGLETON,
    offer=("banner_text", "is_enabled"),
    normalize={"banner_text": as_lines},
    state_rules=(calls_for("is_enabled", (True,), "banner_text"),),
)

CHAP_CONFIG = define("chap_config", title="CHAP settings", kind=SINGLETON, offer=("mode",))

SECURITY_CONFIG = define(
    "security_config",
    title="security settings",
    kind=SINGLETON,
    offer=(
        "is_http_redirect_enabled",
        "vasa_retain_certificate",
        "cert_user_name_policy",
        "is_stig_enabled",
        "idle_timeout",
    ),
    one_way={"is_stig_enabled": ONLY_TRUE},
    consents=(
        Consent(
            "accept_stig",
            of="is_stig_enabled",
            values=(True,),
            because="the array restarts its services, takes no further appliance, and has no way back",
        ),
    ),
    state_rules=(requires("idle_timeout", "is_stig_enabled", True), one_of_values("idle_timeout", 300, 600, 1200)),
)

LDAP_DOMAIN = define(
    "ldap_domain",
    title="LDAP domain",
    identity=("domain_name",),
    offer=(
        "ldap_server_type",
        "ldap_servers",
        "protocol",
        "domain_port",
        "ldap_timeout",
        "bind_user",
        "bind_password",
        "is_global_catalog",
        "user_search_path",
        "user_id_attribute",
        "user_object_class",
        "group_search_path",
        "group_name_attribute",
        "group_member_attribute",
        "group_object_class",
        "group_search_level",
    ),
    names={"domain_port": "port"},
    format={"ldap_servers": ADDRESSES},
    clear={"ldap_servers": CANNOT},
    normalize={
        "ldap_servers": as_set,
        **dict.fromkeys(("bind_user", "user_search_path", "group_search_path"), as_base_dn),
    },
    belongs_to={"bind_password": ("bind_user",)},
    renames=False,
)

LDAP_ACCOUNT = define(
    "ldap_account",
    title="LDAP account",
    identity=("name", "domain"),
    offer=("domain", "type", "role"),
    default={"type": "User"},
    reads=("dn",),
)

CERT_ROLE_MAPPING = define(
    "cert_role_mapping", title="certificate's role", offer=("role", "is_locked"), default={"is_locked": False}
)

KMIP_CONFIG = define(
    "kmip_config",
    title="KMIP settings",
    kind=SINGLETON,
    offer=("servers", "kmip_port", "server_timeout", "kmip_username", "kmip_password", "is_enabled"),
    names={"kmip_password": "password", "kmip_port": "port", "kmip_username": "username"},
    read={"servers": "servers[].address"},
    format={"servers": SERVERS},
    normalize={"servers": as_servers},
    belongs_to={"kmip_password": ("kmip_username",)},
    state_rules=(requires("kmip_password", "kmip_username"), calls_for("is_enabled", (True,), "servers")),
)
