#!/usr/bin/env bash
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run ansible-test on what git knows of the checkout, wherever the checkout lies.
# usage: ansible-test.sh BIN ARGUMENT...     BIN: folder of the environment's commands
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "$1" && pwd)
shift
# A tree for each environment and lane, so that several can run side by side.
tree="$root/.cache/ansible-test/$(basename "$(dirname "$bin")")${LANE:+-$LANE}/ansible_collections/jobwise/appliance"

if [ -n "$(find "$root/tests/sanity" -name 'ignore-*' 2>/dev/null)" ]; then
    echo "There are no exceptions from sanity tests here: remove tests/sanity/ignore-*" >&2
    exit 1
fi

# A real folder of that name, without what earlier runs copied.
mkdir -p "$tree"
find "$tree" -mindepth 1 -maxdepth 1 ! -name .git -exec rm -rf {} +
cd "$root"
git ls-files -z --cached --others --exclude-standard --deduplicate |
    while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done |
    tar -c --null -T - | tar -x -C "$tree"
cd "$tree"
# A repository of its own: the outer one ignores the folder, and ansible-test would then skip everything and succeed.
[ -d .git ] || git init -q .

# ansible-test puts pip into its environments with a script that it downloads. Where that is out of reach, a stand-in is
# found at the place that its own error message names. A downloaded script is left alone.
export HOME="${HOME:-$root/.cache/home}"
cache="$HOME/.ansible/test/cache"
mkdir -p "$cache"
for version in 20_3_4 21_3_1 23_1_2 24_2 25_2; do
    script="$cache/get_pip_$version.py"
    if [ ! -e "$script" ] || { grep -q 'The jobwise.appliance contributors' "$script" &&
        ! cmp -s "$root/tests/run/get_pip.py" "$script"; }; then
        # in one step, as other runs may be reading it
        cp "$root/tests/run/get_pip.py" "$script.$$" && mv "$script.$$" "$script"
    fi
done

# Interpreters themselves in PATH, not a version manager's stand-ins for them.
path=$(printf '%s' "$PATH" | tr ':' '\n' | grep -v '/shims$' | paste -sd:)
for shims in $(printf '%s' "$PATH" | tr ':' '\n' | grep '/shims$'); do
    for folder in "${shims%/shims}"/versions/*/bin; do path="$path:$folder"; done
done
export PATH="$bin:$path"
noise='^( *(Downloading|Using cached) |Collecting |Requirement already |Installing collected |Successfully installed |Looking in |Processing |WARNING: Location | +━|$)'
output=$(mktemp)
trap 'rm -f "$output"' EXIT
ansible-test "$@" 2>&1 | tee "$output" | grep -Ev "$noise"
if grep -q 'All targets skipped' "$output" || ! grep -Eq 'Running (sanity|unit|.*integration)' "$output"; then
    echo "ansible-test ran no test." >&2
    exit 1
fi
