#!/usr/bin/env bash
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# List the Pythons that can make a virtual environment, the preferred first: "3.13 /usr/bin/python3.13", one a line.
# Version managers put small programs named python3.x first in PATH which may only say that no version is chosen; the
# interpreters themselves lie in folders beside these.
set -euo pipefail

folders() {
    local folder
    while IFS= read -r folder; do
        case "$folder" in
            */shims) printf '%s\n' "${folder%/shims}"/versions/*/bin ;;
            *) printf '%s\n' "$folder" ;;
        esac
    done < <(printf '%s\n' "$PATH" | tr ':' '\n')
    printf '%s\n' /usr/local/bin /usr/bin
}

for version in 3.13 3.12 3.14 3.11 3.10; do
    while IFS= read -r folder; do
        python="$folder/python$version"
        if [ -x "$python" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            printf '%s %s\n' "$version" "$python"
            break
        fi
    done < <(folders)
done
