#!/usr/bin/env bash
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Build the execution environment of extensions/awx/project with the archive in dist/, and look into it. Needs no
# registry: the base is a Debian that debootstrap makes. Everything is in one folder, which is removed afterwards.
# usage: image.sh     as root, on Debian or Ubuntu, with buildah and debootstrap; about two minutes and 2 GB
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in buildah debootstrap; do
    command -v "$program" > /dev/null || { echo "$program is not installed: apt install buildah debootstrap" >&2; exit 1; }
done
archive=$(find dist -name "jobwise-appliance-*.tar.gz" 2> /dev/null | sort | tail -1)
[ -n "$archive" ] || { echo "There is no archive in dist/: make build" >&2; exit 1; }
builder=$PWD/.cache/venvs/awx/bin/ansible-builder
.venv/bin/python -c 'from tests.integration.awx.environment import awx_bin; awx_bin()'

work=$(mktemp -d "${TMPDIR:-/tmp}/image-XXXXXX")
# debootstrap mounts the kernel's file systems there while it runs
cleaned() { umount "$work/root/proc" "$work/root/sys" 2> /dev/null || true; rm -rf --one-file-system "$work"; }
trap cleaned EXIT
export CONTAINERS_STORAGE_CONF=$work/storage.conf BUILDAH_ISOLATION=chroot
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s"\nrunroot = "%s"\n' "$work/storage" "$work/run" > "$work/storage.conf"

echo "Making a base image"
sources=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null || true)
mirror=$(sed -n -E 's/^(URIs:|deb( \[[^]]*\])?) *([a-z+]+:[^ ]*).*/\3/p' <<< "$sources" | head -1)
# shellcheck disable=SC1091
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
packages=python3,python3-pip,python3-venv,ca-certificates
debootstrap --variant=minbase --include="$packages" "$release" "$work/root" "$mirror" > "$work/log" 2>&1 || { tail "$work/log"; exit 1; }
cp /etc/ssl/certs/ca-certificates.crt "$work/root/etc/ssl/certs/"
[ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$work/root/etc/"
base=$(buildah from scratch)
buildah copy -q "$base" "$work/root" / > /dev/null
buildah commit -q "$base" localhost/base:1 > /dev/null
buildah rm "$base" > /dev/null
rm -rf "$work/root"

echo "Building the execution environment"
cp -r extensions/awx/project "$work/project"
cp "$archive" "$work/project/collections/appliance.tar.gz"
printf 'collections:\n  - {name: appliance.tar.gz, type: file}\n' > "$work/project/collections/requirements.yml"
# The base has its Python with pip; Debian's refuses to install pip in any other way.
sed -i '/package_system:/d' "$work/project/execution-environment.yml"
cat >> "$work/project/execution-environment.yml" << 'END'
additional_build_files:
  - {src: collections/appliance.tar.gz, dest: .}
options:
  skip_pip_install: true
END
(cd "$work/project" && "$builder" create -c "$work/context" --output-filename Containerfile > /dev/null)
bundle=/etc/ssl/certs/ca-certificates.crt
arguments=(--build-arg EE_BASE_IMAGE=localhost/base:1 --build-arg PYCMD=/usr/bin/python3 --build-arg PKGMGR=/usr/bin/apt-get)
buildah build --pull-never --network host --layers=false --volume "$bundle:$bundle:ro" --volume /etc/resolv.conf:/etc/resolv.conf:ro \
    --volume /etc/hosts:/etc/hosts:ro "${arguments[@]}" -f "$work/context/Containerfile" -t localhost/appliances:1 "$work/context" \
    > "$work/log" 2>&1 || { tail -30 "$work/log"; exit 1; }

echo "Looking into it"
made=$(buildah from --pull-never localhost/appliances:1)
buildah run --user root "$made" -- ansible-galaxy collection list jobwise.appliance
buildah run --user root "$made" -- python3 -c 'import requests; print("requests", requests.__version__)'
buildah run --user root "$made" -- ansible-runner --version
buildah run --user root "$made" -- ansible-doc -s jobwise.appliance.powerstore_config | head -5
buildah rm "$made" > /dev/null
buildah images
