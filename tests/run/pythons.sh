#!/usr/bin/env bash
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# List the Pythons that can make a virtual environment, the preferred first: "3.13 /usr/bin/python3.13", one a line.
# usage: pythons.sh [VERSION ...]     without versions: those that the tests run on
# Version managers put small programs named python3.x first in PATH which may only say that no version is chosen; the
# interpreters themselves lie in folders beside these. What is listed is the interpreter below a virtual environment, too:
# with .venv active, making .venv anew would otherwise start by removing the Python that is to do it.
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

probe='import ensurepip, os, ssl, sys, venv; print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))'
[ $# -gt 0 ] || set -- 3.13 3.12 3.14 3.11 3.10
for version in "$@"; do
    while IFS= read -r folder; do
        if [ -x "$folder/python$version" ] && python=$("$folder/python$version" -c "$probe" 2>/dev/null); then
            printf '%s %s\n' "$version" "$python"
            break
        fi
    done < <(folders)
done
