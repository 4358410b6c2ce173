#!/usr/bin/env bash
# Copies the image of a data disk as it is at one moment, as a snapshot does: a file system on it
# that is mounted is frozen meanwhile.
# Arguments: FROM TO [MOUNT POINT]. TO is there whole, or not at all.
set -euo pipefail
from=$1 to=$2 mounted=${3:-}

# Freezing another file system than that of the disk could stop this whole machine.
is_of_disk() {
  local device
  for device in $(losetup --associated "$from" --noheadings --raw --output NAME); do
    [ "$(stat --format %r "$device")" != "$(stat --format %d "$mounted")" ] || return 0
  done
  return 1
}

mkdir -p "$(dirname "$to")"
if [ -n "$mounted" ] && is_of_disk; then
  trap 'fsfreeze --unfreeze "$mounted"' EXIT
  fsfreeze --freeze "$mounted"
fi
cp --reflink=auto --sparse=always "$from" "$to.draft"
mv -T "$to.draft" "$to"
