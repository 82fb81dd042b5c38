# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The credential types: AWX takes their configuration, and its own code injects what the collection reads."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE

from . import rules
from .as_awx import Values, configuration, injected
from .setup import EXTENSION, PROJECT

TYPES = [
    one["file"]
    for one in yaml.safe_load((EXTENSION / "credential_types.yml").read_text(encoding="utf-8"))["awx_credential_types"]
]
PLATFORMS = {"powerstore": POWERSTORE, "oneview": ONEVIEW, "ontap_select": ONTAP_SELECT}
LOGIN = {"username": "automation", "password": "very!secret"}
WHOLE = {**LOGIN, "host": "a.example.com", "port": "8443", "unverified": True, "ca": "PEM"}


def test_every_file_belongs_to_a_type() -> None:
    files = {path.name for path in (EXTENSION / "credential_types").iterdir()}
    assert files == {f"{name}.{part}.yml" for name in TYPES for part in ("inputs", "injectors")}


@pytest.mark.parametrize("kind", TYPES)
def test_awx_takes_the_configuration(kind: str) -> None:
    assert list(rules.type_mistakes(configuration(kind, "inputs"), configuration(kind, "injectors"))) == []


@pytest.mark.parametrize("kind", PLATFORMS)
def test_every_variable_is_one_that_the_modules_read(kind: str) -> None:
    read = {str(option["env"]) for option in PLATFORMS[kind].options.values()}
    injected_ones = set(configuration(kind, "injectors")["env"])
    assert injected_ones <= read
    assert all(name.endswith(("_TIMEOUT", "_PROXY", "_API_VERSION", "_SESSION_ID")) for name in read - injected_ones)


def test_playbooks_read_the_other_variables() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "playbooks").glob("*.yml"))
    text += (PROJECT.parents[2] / "playbooks" / "ontap_select_backup.yml").read_text(encoding="utf-8")
    names = {name for kind in ("powerstore_peer", "passwords") for name in configuration(kind, "injectors")["env"]}
    assert names == set(re.findall(r"env', '((?:PEER|NEW_USER|BACKUP)_\w+)'", text))


def test_awx_injects_them(tmp_path: Path) -> None:
    """One run of AWX's code for all types, as for a job template with all of them."""
    credentials: dict[str, Values] = {
        "powerstore": LOGIN,
        "powerstore_peer": {**LOGIN, "host": "west", "ca": ""},
        "oneview": {**WHOLE, "login_domain": "CORP"},
        "ontap_select": WHOLE,
        "passwords": {"backup": "another!secret"},
    }
    found = injected(tmp_path, credentials)
    assert found["arguments"] == []
    bare = {"HOST": "", "PORT": "", "CA_PATH": "", "VALIDATE_CERTS": "true"}
    bare |= {"USERNAME": "automation", "PASSWORD": "very!secret"}
    variables = dict(found["variables"])
    assert variables.pop("ONEVIEW_LOGIN_DOMAIN") == "CORP"
    assert (variables.pop("NEW_USER_PASSWORD"), variables.pop("BACKUP_PASSWORD")) == ("", "another!secret")
    expected = {f"POWERSTORE_{name}": value for name, value in bare.items()}
    expected |= {f"PEER_{name}": value for name, value in {**bare, "HOST": "west"}.items()}
    whole = {**bare, "HOST": "a.example.com", "PORT": "8443", "VALIDATE_CERTS": "false"}
    for prefix in ("ONEVIEW", "ONTAP_SELECT"):
        path = Path(variables.pop(f"{prefix}_CA_PATH"))
        assert path.read_text(encoding="utf-8") == "PEM" and stat.S_IMODE(path.stat().st_mode) == 0o600
        expected |= {f"{prefix}_{name}": value for name, value in whole.items() if name != "CA_PATH"}
    assert variables == expected
    assert "secret" not in str(found["shown"])
