#!/usr/bin/env bash
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Build the documentation as pages: the guides, and a page for each module and role. Any warning is an error.
# usage: site.sh BIN COLLECTIONS DEST      BIN has antsibull-docs and sphinx-build, COLLECTIONS a link to this checkout
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$1 collections=$2 dest=$3
export PATH="$bin:$PATH" ANSIBLE_COLLECTIONS_PATH="$collections"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/rst"
install -d -m 700 "$work/rst/collections"
"$bin/python" -m tests.run.site_pages "$work/rst"
# With this list, antsibull-docs would add the guides once more, as docs.ansible.com gets them.
rm -f docs/docsite/extra-docs.yml
antsibull-docs collection --use-current --squash-hierarchy --fail-on-error --dest-dir "$work/rst/collections" jobwise.appliance
rm -rf "$work/rst/collections/docsite"
# The list of variables that it makes knows those of plugins only: environment.rst has all.
rm -f "$work/rst/collections/environment_variables.rst"
# There is no release yet: the archive is what can be installed.
archive=dist/jobwise-appliance-$(sed -n 's/^version: //p' galaxy.yml).tar.gz
sed -i "s#collection install jobwise\.appliance#collection install $archive#" "$work"/rst/collections/*.rst
grep -q "collection install $archive" "$work/rst/collections/volume_group_module.rst"
rm -rf "$dest"
sphinx-build -q -W --keep-going -c docs/site "$work/rst" "$dest"
echo "Open $dest/index.html"
