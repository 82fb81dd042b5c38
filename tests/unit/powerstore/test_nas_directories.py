# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LDAP of NAS servers: what a login needs, and when its password and the certificate are written."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from jobwise_emulator.authority import Authority
from jobwise_emulator.powerstore.platform import PowerStore
from tests.unit.powerstore.test_nas_servers import NAS, array, body_of, planned

LDAP: Json = {"base_dn": "example.com", "addresses": [], "port_number": 636, "authentication_type": "Simple"}
LOGIN: Json = {"bind_dn": "cn=nas01", "bind_password": "first"}
KERBEROS: Json = {"principal": "nas01", "realm": "EXAMPLE.COM", "principal_password": "second"}


def ldap_of(**values: t.Any) -> PowerStore:
    """Return an array whose first NAS server has an LDAP configuration."""
    known = {"base_DN": "example.com", "port_number": 636, "authentication_type": "Anonymous", **values}
    return array(file_ldap=[{"nas_server_id": NAS, "addresses": [], **known}])


@pytest.mark.parametrize(
    "now, options, body",
    [
        (
            {},
            {"authentication_type": "Simple", **LOGIN},
            {"authentication_type": "Simple", "bind_DN": "cn=nas01", "bind_password": "first"},
        ),
        ({"authentication_type": "Simple", "bind_DN": "cn=nas01"}, LOGIN, None),
        (
            {"authentication_type": "Simple", "bind_DN": "cn=nas02"},
            LOGIN,
            {"bind_DN": "cn=nas01", "bind_password": "first"},
        ),
        ({}, {"base_dn": "DC=example, dc = COM", "is_smb_account_used": False}, None),
        ({"authentication_type": "Simple"}, {"authentication_type": "Anonymous"}, {"authentication_type": "Anonymous"}),
        (
            {},
            {"authentication_type": "Kerberos", "is_smb_account_used": True},
            {"authentication_type": "Kerberos", "is_smb_account_used": True},
        ),
        # an account of its own in place of the one of the SMB server
        (
            {"authentication_type": "Kerberos", "is_smb_account_used": True},
            {"is_smb_account_used": False, **KERBEROS},
            {"is_smb_account_used": False, "principal": "nas01", "realm": "EXAMPLE.COM", "password": "second"},
        ),
    ],
)
def test_a_login_is_written_as_a_whole(now: Json, options: Json, body: Json | None) -> None:
    assert body_of(planned(ldap_of(**now), "file_ldap", nas_server="nas01", **options)) == body


def test_the_certificate_comes_before_the_comparison_with_it() -> None:
    """The array compares with an uploaded certificate, so one must be there first."""
    certificate = Authority("Example CA").pem
    options = {**LDAP, **LOGIN, "certificate": certificate, "is_verify_server_certificate": True}
    for here, first in ((array(), "create"), (ldap_of(), "modify")):
        plan = planned(here, "file_ldap", nas_server="nas01", **options)
        assert [step.action for step in plan.requests] == [first, "upload_certificate", "modify"]
        assert [(step.body or {}).get("is_verify_server_certificate") for step in plan.requests] == [None, None, True]


@pytest.mark.parametrize(
    "now, options, says",
    [
        (None, {**LDAP, "bind_dn": "cn=nas01"}, "authentication_type: Simple needs bind_password"),
        (None, {**LDAP, "authentication_type": "Kerberos"}, "needs principal, realm and principal_password"),
        (None, {**LDAP, **LOGIN, "is_verify_server_certificate": True}, "needs certificate, too"),
        (None, {**LDAP, **LOGIN, **KERBEROS}, "principal, realm and principal_password need authentication_type: Kerb"),
        ({}, {"authentication_type": "Simple", "bind_dn": "cn=nas01"}, "Simple needs bind_password"),
        (
            {"authentication_type": "Kerberos", "is_smb_account_used": True},
            {"is_smb_account_used": False},
            "needs principal",
        ),
        (
            {"authentication_type": "Kerberos", "is_smb_account_used": True},
            KERBEROS,
            "give is_smb_account_used: false, or leave out principal, realm and principal_password",
        ),
        ({"authentication_type": "Simple", "bind_DN": "cn=nas01"}, {"bind_dn": ""}, "Simple needs bind_dn"),
        ({}, {"is_smb_account_used": True}, "is_smb_account_used: true needs authentication_type: Kerberos"),
        ({}, {"is_verify_server_certificate": True}, "needs certificate, too"),
        (
            {},
            {"certificate": "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----"},
            "takes certificates only",
        ),
    ],
)
def test_an_incomplete_login_is_refused(now: Json | None, options: Json, says: str) -> None:
    here = array() if now is None else ldap_of(**now)
    with pytest.raises(InputError, match=says):
        planned(here, "file_ldap", nas_server="nas01", **options)
