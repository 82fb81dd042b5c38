# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guides become what docs.ansible.com takes, and their links lead somewhere."""

from __future__ import annotations

import re

from tests.unit.project.sources import ROOT
from tools import docsite

MARKDOWN = """# A guide

Read `this` and
[that](errors.md#kinds-of-errors), or [these](https://example.com/x).

| a | b |
|---|---|
| `x` | y |

- one
  with `code`

```yaml
- a: 1
```

    pip install requests
"""

TEXT = """.. _ansible_collections.jobwise.appliance.docsite.sample:

A guide
=======

Read ``this`` and
:ref:`that <ansible_collections.jobwise.appliance.docsite.errors.kinds-of-errors>`, or `these <https://example.com/x>`__.

.. list-table::
   :widths: auto
   :header-rows: 1

   * - a
     - b
   * - ``x``
     - y

- one
  with ``code``

.. code-block:: yaml

   - a: 1

.. code-block:: text

   pip install requests
"""


def test_a_guide_in_the_other_notation() -> None:
    assert re.sub(r"\n{3,}", "\n\n", docsite.page("sample", MARKDOWN, ["errors"])).rstrip() == TEXT.rstrip()


def test_links_between_guides_lead_to_headings() -> None:
    names = [name for listed in docsite.guides().values() for name in listed]
    guides = [ROOT / "docs" / f"{name}.md" for name in names]
    pages = [docsite.page(path.stem, path.read_text(encoding="utf-8"), names) for path in guides]
    pages.append((ROOT / "docs" / "docsite" / "rst" / "environment.rst").read_text(encoding="utf-8"))
    labels = {label for page in pages for label in re.findall(r"^\.\. _(\S+):$", page, re.MULTILINE)}
    used = {label for page in pages for label in re.findall(r":ref:`[^<`]+<([^>]+)>`", page)}
    assert used - labels == set()
