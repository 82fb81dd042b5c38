# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module's documentation must say of an option, because its resource table says so.

``tools/new_resource.py`` writes these sentences, and a test looks for their words in all documentation. People can word
the sentences as they like, but not with another limit.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from tests.run.collection import make_importable

make_importable()

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (  # noqa: E402
    CANNOT,
    Attribute,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import List  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (  # noqa: E402
    NAMED,
    ResourceType,
)


@dataclasses.dataclass(frozen=True)
class Saying:
    """A sentence of the documentation, and the words that it needs as a regular expression."""

    sentence: str
    words: str


def sayings(attribute: Attribute, table: ResourceType) -> t.Iterator[Saying]:
    """Yield what the documentation must say of an option."""
    ref = attribute.item.ref if isinstance(attribute, List) else attribute.ref
    if ref and ref.named_by == "ip_address":
        yield Saying("By IP address or id.", r"(?i)IP address or (?:by )?id")
    elif ref:
        yield Saying("By name or id.", r"(?i)name or (?:by )?id")
    yield from _limits(attribute)
    if attribute.type == "str" and attribute.clear != CANNOT and not attribute.required and not _is_fixed(attribute):
        yield Saying('V("") removes it.' if attribute.ref else 'V("") clears it.', r'V\(""\)')
    if table.kind == NAMED and (attribute.create_only or (attribute.write_only and not attribute.is_written_again)):
        yield Saying(
            f"It can be set only when the {table.title} is created.", r"(?i)only (?:be set )?when|cannot be changed"
        )
    if attribute.since:
        text = f"PowerStoreOS {attribute.since} and later"
        yield Saying(f"On {text}.", re.escape(text))


def _limits(attribute: Attribute) -> t.Iterator[Saying]:
    low, high = (
        None if limit is None else attribute.in_words(limit) for limit in (attribute.minimum, attribute.maximum)
    )
    if attribute.spec.get("choices"):
        low = high = None  # the choices say more
    if low is not None and high is not None:
        yield Saying(f"{low} to {high}.", rf"\b{low} to {high}\b")
    elif low is not None or high is not None:
        text = f"at least {low}" if high is None else f"at most {high}"
        yield Saying(f"{text.capitalize()}.", rf"(?i)\b{text}\b")
    if attribute.max_length:
        yield Saying(
            f"Up to {attribute.max_length} characters.", rf"\b{attribute.max_length} (?:\S+ )?(?:characters|letters)"
        )
    if attribute.max_items:
        yield Saying(f"Up to {attribute.max_items} entries.", rf"(?i)\b(?:up to|at most) {attribute.max_items}\b")


def _is_fixed(attribute: Attribute) -> bool:
    """Return whether the value stays as it was at the creation, so that nothing clears it."""
    return attribute.create_only or attribute.write_only or attribute.sensitive


def missing(table: ResourceType, options: t.Mapping[str, t.Any]) -> list[str]:
    """Return what a documentation lacks, or says otherwise than the table. options: its options."""
    faults = []
    spec = table.argument_spec()
    for attribute in (*table.owners, *table.attributes):
        text = _text(options[attribute.option])
        faults += [
            f"{attribute.option}: say {saying.sentence!r}"
            for saying in sayings(attribute, table)
            if not re.search(saying.words, text)
        ]
        documented = options[attribute.option].get("choices")
        if documented != spec[attribute.option].get("choices"):
            faults.append(f"{attribute.option}: the choices are {spec[attribute.option].get('choices')}")
    if table.key_length and table.key in options and str(table.key_length) not in _text(options[table.key]):
        faults.append(f"{table.key}: say 'Up to {table.key_length} characters.'")
    return faults


def _text(option: t.Mapping[str, t.Any]) -> str:
    """Return the description of an option in one line."""
    description = option["description"]
    return " ".join(" ".join([description] if isinstance(description, str) else description).split())
