# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A throw-away certificate authority and a server certificate, made at each start, valid for this machine only."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme

HOSTS = ("localhost", "127.0.0.1")


class Identity:
    """What the server shows of itself.

    The certificate names ``localhost`` and ``127.0.0.1`` only, so any other name or address fails verification.
    """

    def __init__(self) -> None:
        self.authority = trustme.CA()
        self.leaf = self.authority.issue_cert(*HOSTS)

    @property
    def chain(self) -> str:
        """The certificates in PEM, leaf first, root last."""
        blobs = [*self.leaf.cert_chain_pems, self.authority.cert_pem]
        return "".join(blob.bytes().decode() for blob in blobs)

    def server_context(self, ca_file: Path) -> ssl.SSLContext:
        """Write the CA's certificate (PEM) to ``ca_file`` and return a context; no private key reaches the disk."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.leaf.configure_cert(context)
        self.authority.cert_pem.write_to_path(str(ca_file))
        return context
