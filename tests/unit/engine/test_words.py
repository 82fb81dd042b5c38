# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Words of messages."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import sentence, with_article


@pytest.mark.parametrize(
    "words",
    [
        *("a volume", "an import session", "a user", "a host", "an e-mail destination"),
        *(
            "an SMB share",
            "an NFS export",
            "an LDAP domain",
            "a NAS server",
            "a DNS of NAS server",
            "an I/O limit rule",
        ),
    ],
)
def test_a_noun_has_its_article(words: str) -> None:
    assert with_article(words.partition(" ")[2]) == words


def test_settings_have_none() -> None:
    assert with_article("NTP settings") == "NTP settings"


def test_a_sentence_leaves_names_with_a_capital_of_their_own() -> None:
    assert [sentence(words) for words in ("volume a", "vCenter a", "NAS server a", "")] == [
        "Volume a",
        "vCenter a",
        "NAS server a",
        "",
    ]
