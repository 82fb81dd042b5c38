# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets AWX's own code inject credentials. Runs in the environment that has it, apart from the tests.

Reads JSON from standard input: the private data directory, and credentials, each with the configuration of its type and
its values. Prints the variables, the same as AWX shows them to people, and more arguments of ansible-playbook.
"""

from __future__ import annotations

import json
import sys
import types

from awx_plugins.interfaces._temporary_private_credential_api import Credential
from awx_plugins.interfaces._temporary_private_inject_api import inject_credential


def main() -> None:
    asked = json.load(sys.stdin)
    variables: dict[str, str] = {}
    shown: dict[str, str] = {}
    arguments: list[str] = []
    for one in asked["credentials"]:
        kind = types.SimpleNamespace(inputs=one["inputs"], injectors=one["injectors"], managed=False)
        inject_credential(kind, Credential(one["values"]), variables, shown, arguments, asked["folder"])
    json.dump({"variables": variables, "shown": shown, "arguments": arguments}, sys.stdout)


if __name__ == "__main__":
    main()
