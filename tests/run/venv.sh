#!/usr/bin/env bash
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Make a virtual environment, or leave it alone if it is as it should be.
# usage: venv.sh FOLDER PYTHON REQUIREMENT...     a REQUIREMENT is a file or what pip installs
# PYTHON: an interpreter, or "newest" for the newest one here that is supported.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1 python=$2
shift 2

if [ "$python" = newest ]; then
    read -r _ python < <(tests/run/pythons.sh) || python=
    if [ -z "$python" ]; then
        echo "No Python from 3.10 to 3.14 with the modules venv and ensurepip was found." >&2
        echo "Debian, Ubuntu: apt install python3-venv    RHEL: dnf install python3.12" >&2
        exit 1
    fi
fi

# The place of the checkout belongs to it: commands in a virtual environment, and the link below, name it.
wanted=$(
    echo "$python $PWD with the emulator"
    for requirement in "$@"; do
        if [ -f "$requirement" ]; then cat requirements.txt tests/requirements.txt "$requirement"; else echo "$requirement"; fi
    done
)
if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/complete" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

echo "Setting up $folder with $python"
rm -rf "$folder"
"$python" -m venv "$folder"
arguments=()
for requirement in "$@"; do
    if [ -f "$requirement" ]; then arguments+=(-r "$requirement"); else arguments+=("$requirement"); fi
done
"$folder/bin/python" -m pip install -qq --disable-pip-version-check "${arguments[@]}"
# Ansible looks for collections in site-packages, too: a link there makes the checkout one, edits included, from any folder.
packages=$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
mkdir -p "$packages/ansible_collections/jobwise"
ln -sfn "$PWD" "$packages/ansible_collections/jobwise/appliance"
# The emulator is a package of its own, imported from where it lies.
echo "$PWD/tests/emulator" > "$packages/jobwise_emulator.pth"
echo "$wanted" > "$folder/complete"
