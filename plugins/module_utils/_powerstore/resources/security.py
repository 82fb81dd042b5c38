# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users, and what protects the cluster. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..._engine.options.consent import Consent
from ..._engine.options.rules import calls_for, one_of_values, requires
from ..._engine.table.attribute import ONLY_TRUE, as_lines
from ..._engine.table.resource_type import SINGLETON
from ..define import define

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
