# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an array starts from: the built-in seed, a seed file, or a document that describes a real array."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import Options
from jobwise_emulator.powerstore import default_seed
from jobwise_emulator.powerstore.catalog import Catalog, load
from jobwise_emulator.powerstore.twin import seed as twin
from jobwise_emulator.powerstore.twin.document import read_text

USERNAME, PASSWORD = "admin", "Password123!"


def catalog_and_seed(options: Options) -> tuple[Catalog, Json]:
    """The version of the API that the array follows, and its seed."""
    if options.document is None:
        seed = default_seed.built_in(options.api_version, options.seed, options.cluster)
        if options.username or options.password:
            name, password = options.username or USERNAME, options.password or PASSWORD
            seed["users"] = [*seed["users"], {"name": name, "password": password, "role": "Administrator"}]
        return load(options.api_version), seed
    document = read_text(options.document, "the document")
    catalog = load(options.api_version or twin.api_version(document))
    login = twin.Login(options.username or USERNAME, options.password or PASSWORD)
    return catalog, twin.seed_of(document, catalog, login, options.seed or {})
