# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts of reports in formats that have no filter of Ansible's own."""

from __future__ import annotations

import re
import typing as t

SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~])")


def markdown(value: t.Any) -> str:
    """Return a text for one cell of a table in Markdown, in which nothing is a mark, a tag or a mention of a person."""
    text = "" if value is None else str(value)
    text = MARKS.sub(r"\\\1", text)
    text = "".join(SIGNS.get(sign, sign) for sign in text).replace("://", ":&#47;/")
    return re.sub(r"\s*\n\s*", "<br>", text.strip())
