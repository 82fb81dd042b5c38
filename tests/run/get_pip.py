# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in for the script that ansible-test downloads to put pip into its virtual environments.

It installs the versions asked for with the pip that comes along with Python itself, run from its wheel, and falls back
to installing that pip first. Arguments: those of that script, requirements and options that begin with --no-.
"""

from __future__ import annotations

import ensurepip
import subprocess
import sys
import sysconfig
from pathlib import Path

wanted = [argument for argument in sys.argv[1:] if not argument.startswith("--no-")]
folders = [Path(ensurepip.__file__).parent / "_bundled", Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "none")]
wheels = sorted(wheel for folder in folders for wheel in folder.glob("pip-*.whl"))
if wheels:
    pip = [sys.executable, str(wheels[-1] / "pip")]
else:
    subprocess.check_call([sys.executable, "-m", "ensurepip", "--default-pip"], stdout=sys.stderr)
    pip = [sys.executable, "-m", "pip"]
subprocess.check_call([*pip, "install", "-q", "--no-compile", "--upgrade", *wanted])
