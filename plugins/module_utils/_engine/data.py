# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The type of data that travels as JSON: objects as read, request bodies, options and results of tasks."""

from __future__ import annotations

import typing as t

Json = t.Dict[str, t.Any]
