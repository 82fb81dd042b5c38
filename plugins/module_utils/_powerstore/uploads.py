# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that tasks upload to PowerStore: what an option may hold, and the bytes to send."""

from __future__ import annotations

import typing as t

from .._engine.errors import InputError


def text_file(value: t.Any, option: str) -> bytes:
    """Return the content of a text file, whose last line ends as the others do; raise InputError for an empty one."""
    text = str(value)
    if not text.strip():
        raise InputError(f"{option} is empty: give the content of the file, or leave the option out.")
    return (text if text.endswith("\n") else f"{text}\n").encode()


def certificates(value: t.Any, option: str) -> bytes:
    """Return the certificates in a text as PEM and nothing else; raise InputError for another text."""
    from .._certificates.pem import chain, render  # every task imports this file

    return render(chain(str(value), option, has_path=False)).encode()
