/** The data volume: what must survive the machine. */
import { quoted, text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import { type HostStep, step } from '../bash/step.ts';
import { paths } from '../paths.ts';

/**
 * What people see who look at a volume. Nothing is found by it: a volume that is restored from a
 * snapshot carries the same one.
 */
const dataLabel = 'dojang-data';

/**
 * An empty volume gets its file system, and one that has any is never touched.
 * @param device of the volume, by the cloud's own id
 * @param mayFormat false where the volume comes with its file system, as on the embedded hosts
 */
export function dataFileSystem(device: string, { mayFormat }: { readonly mayFormat: boolean }): HostStep {
  return step({
    id: 'data-volume',
    title: 'File system of the data volume',
    definitions: text`
      data_type() {
        blkid --probe --output value --match-tag TYPE ${device} 2>/dev/null || true
      }
    `,
    check: `[ "$(data_type)" = ext4 ] || echo "${device} has no file system"`,
    apply: mayFormat ? format(device) : `echo "${device} must come with a file system"\nreturn 1`,
    limitSeconds: 300,
  });
}

/**
 * A volume is attached some seconds after the machine has started. Each guard alone keeps a disk
 * with data from being formatted; a note of the disk that was found empty lets a formatting that
 * was cut off be done again.
 */
function format(device: string): string {
  return text`
    local device=${quoted(device)} try disk
    for try in $(seq 60); do
      [ ! -b "$device" ] || break
      sleep 1
    done
    [ -b "$device" ] || { echo "$device is not attached after $try s"; return 1; }
    [ "$(data_type)" != ext4 ] || return 0
    device=$(realpath "$device")
    if [ "$(lsblk --noheadings --output NAME "$device" | wc -l)" -ne 1 ] || findmnt --source "$device" >/dev/null; then
      echo "$device has partitions or is mounted: not formatted"
      return 1
    fi
    disk="$device $(lsblk --noheadings --nodeps --bytes --output SIZE,SERIAL "$device")"
    if [ "$(cat "$state_folder/formatting" 2>/dev/null)" = "$disk" ]; then
      echo "$device was being formatted when a run was cut off"
    elif [ -n "$(wipefs --noheadings "$device")" ] || ! cmp -s -n 4194304 "$device" /dev/zero; then
      echo "$device is neither empty nor has it an ext4 file system: not formatted"
      return 1
    fi
    echo "$disk" >"$state_folder/formatting"
    sync "$state_folder/formatting"
    mkfs.ext4 -q -F -L ${dataLabel} -m 1 "$device"
    rm "$state_folder/formatting"
  `;
}

/**
 * Mounted by the cloud's own id of it at every start, without keeping the machine from starting
 * when it is missing.
 */
export function dataMount(device: string): HostStep {
  const unit = text`
    [Unit]
    Description=Data volume

    [Mount]
    What=${device}
    Where=${paths.data}
    Type=ext4
    Options=defaults,nofail,noatime,nodev,nosuid

    [Install]
    WantedBy=local-fs.target
  `;
  return filesStep({
    id: 'data-mount',
    title: `Data volume at ${paths.data}`,
    files: [{ path: '/etc/systemd/system/srv-data.mount', content: unit }],
    check: text`
      systemctl is-enabled -q srv-data.mount 2>/dev/null || echo "srv-data.mount is not enabled"
      mountpoint -q ${paths.data} || echo "${paths.data} is not mounted"
    `,
    apply: text`
      systemctl daemon-reload
      systemctl enable -q srv-data.mount
      mountpoint -q ${paths.data} || { mkdir -p ${paths.data} && systemctl start srv-data.mount; }
    `,
  });
}

/**
 * A volume that was enlarged is used whole. A container may not grow a file system: that is for the
 * machine it runs on.
 */
export function dataGrowth(): HostStep {
  return step({
    id: 'data-size',
    title: 'File system as large as its volume',
    definitions: text`
      data_device() {
        realpath "$(findmnt --noheadings --output SOURCE --target ${paths.data})"
      }

      # Bytes that the file system does not use; it ends with a whole block.
      unused_bytes() {
        local device blocks
        device=$(data_device)
        blocks=$(dumpe2fs -h "$device" 2>/dev/null | awk -F: '/^Block (count|size)/ { bytes = bytes ? bytes * $2 : $2 } END { printf "%d", bytes }')
        echo $(($(blockdev --getsize64 "$device") - blocks))
      }
    `,
    check: text`
      ! in_container || return 0
      mountpoint -q ${paths.data} || { echo "${paths.data} is not mounted"; return; }
      [ "$(unused_bytes)" -lt 1048576 ] || echo "$(unused_bytes) bytes of the volume are not used"
    `,
    apply: `resize2fs "$(data_device)"`,
    limitSeconds: 300,
  });
}

/** Folders on the volume that belong to a service. */
export function dataFolder(path: string, owner: string): HostStep {
  return step({
    id: 'data-folders',
    title: `Folder ${path}`,
    check: `directory_differs ${path} 750 ${owner}`,
    apply: `make_directory ${path} 750 ${owner}`,
  });
}
