# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A throw-away certificate authority and a server certificate, made at each start, valid for this machine only."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme

HOSTS = ("localhost", "127.0.0.1")


def server_context(ca_file: Path) -> ssl.SSLContext:
    """Write the CA's certificate (PEM) to ``ca_file`` and return a server context; no private key reaches the disk.

    The certificate names ``localhost`` and ``127.0.0.1`` only, so any other name or address fails verification.
    """
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    authority.cert_pem.write_to_path(str(ca_file))
    return context
