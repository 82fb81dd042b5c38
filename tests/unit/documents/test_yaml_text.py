# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The YAML of gathered documents: every reader takes back exactly what was written."""

from __future__ import annotations

import json
import typing as t

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.jobwise.appliance.plugins.module_utils._documents.yaml_text import as_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)
LONGEST_KEY = 1000
"""YAML itself permits 1024 characters in a key."""
LOADERS: list[t.Any] = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]

TRAPS_TEXT = """yes No on OFF y n true null ~ nan .inf -.INF << = ! & * ? - | > % @ ` 1 007 0o17 0x1F 1_000 1e3 -1 +1 .5
12:30:00 1:20 2026-01-31 2026-01-31T12:00:00Z #a a# a: :a a:b a,b [a] {a} 'a "a a\\b --- ... {{x}} {%x%}
iqn.1994-05.com.x:a nqn.2014-08.org:uuid"""
TRAPS = TRAPS_TEXT.split()
MORE = [
    "",
    " ",
    " a",
    "a ",
    "a  b",
    "a: b",
    "a #b",
    "a\n",
    "\na",
    "a\tb",
    "- a",
    "? a",
    "a:",
    "x\x00y",
    "\x85",
    "\u2028",
    "\ufeff",
]
MORE += [
    "\ud7ff\ue000\ufffe",
    "\U0001f4be",
    "10 GiB",
    "10  GiB",
    "0 GiB",
    "a" * 5000,
    "a " * 500,
    "--- a",
    "!!str a",
    "\r\n",
]


@pytest.mark.parametrize("loader", LOADERS)
def test_values_that_yaml_reads_otherwise(loader: t.Any) -> None:
    data = {"texts": [*TRAPS, *MORE], **{one: one for one in (*TRAPS, *MORE) if len(one) < LONGEST_KEY}}
    assert yaml.load(as_yaml(data), loader) == data  # noqa: S506


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_whatever_is_written_is_read_back(data: t.Dict[str, t.Any]) -> None:
    text = as_yaml(data)
    for loader in LOADERS:
        found = yaml.load(text, loader)  # noqa: S506
        assert json.dumps(found) == json.dumps(data)


def test_how_it_looks() -> None:
    data = {"volume": [{"name": "db01", "size": "10 GiB", "mapped_hosts": [{"host": "esx01"}]}], "dns": {}, "ntp": []}
    assert as_yaml(data).splitlines() == [
        "volume:",
        "  - name: db01",
        "    size: 10 GiB",
        "    mapped_hosts:",
        "      - host: esx01",
        "dns: {}",
        "ntp: []",
    ]
