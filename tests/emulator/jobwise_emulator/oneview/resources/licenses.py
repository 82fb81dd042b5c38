# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""licenses: only read.

HPE OneView PowerShell library (Get-OVLicense) for the attributes. In which form ``expiryDate`` is, no source says; here
it is that of all other times. Permanent licences have none.
"""

from __future__ import annotations

from jobwise_emulator.oneview.kinds import Kind

KIND = Kind(
    path="licenses",
    type="LicenseV500",
    title="licence",
    key="product",
    unique=False,
    required=(),
    writable={"product": str},
    defaults={"product": "HPE OneView Advanced"},
    shown={
        "licenseType": "Permanent",
        "totalCapacity": 16,
        "availableCapacity": 10,
        "nodes": [],
        "additionalKeys": [],
        "eon": None,
        "salesOrder": None,
        "expiryDate": None,
    },
)
