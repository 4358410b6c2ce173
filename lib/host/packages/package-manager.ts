/**
 * How a host installs packages: never beside another program that does, which a new machine's first
 * boot is full of.
 */
import { text } from '../bash/bash-template.ts';

export interface PackageWaits {
  /** How long a step waits for a first boot, in seconds. */
  readonly cloudInit: number;
  /**
   * How long a step waits for locks that other programs hold, in seconds, in all its calls
   * together.
   */
  readonly locks: number;
  readonly pause: number;
}

/**
 * unattended-upgrades and cloud-init keep a new machine busy for minutes; five have always been
 * enough.
 */
const usual: PackageWaits = { cloudInit: 300, locks: 300, pause: 2 };

/**
 * Seconds that a step may spend on waiting beside its own work, however often it calls: its limit
 * would kill apt or dpkg half-way.
 */
export const waitsForOthers = usual.cloudInit + usual.locks;

/**
 * The only functions that call apt and dpkg to change something. `DPkg::Lock::Timeout` would not
 * do: `apt-get update` ignores it for the lock of the lists, dpkg does not know it, and apt does
 * not name the holder while it waits.
 */
export function packageManager({ cloudInit, locks, pause }: PackageWaits = usual): string {
  return text`
    # Of a step, which runs in a shell of its own.
    first_boot_awaited=no
    seconds_locked=0

    # apt_install PACKAGE...: nothing starts before it is configured; old lists of packages are
    # renewed when they don't do
    apt_install() {
      local status=0
      first_boot_ended
      with_package_locks dpkg --configure -a --force-confdef --force-confold
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
      chmod 755 /usr/sbin/policy-rc.d
      install_or_renew_lists "$@" || status=$?
      rm -f /usr/sbin/policy-rc.d
      return "$status"
    }

    install_or_renew_lists() {
      local status=0
      apt_get install --no-install-recommends "$@" || status=$?
      if [ "$status" -eq 0 ] || [ "$status" -eq 75 ]; then return "$status"; fi
      apt_get update || return
      apt_get install --no-install-recommends "$@"
    }

    apt_get() {
      with_package_locks apt-get -qq -y -o DPkg::Lock::Timeout=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
    }

    # first_boot_ended: cloud-init may install packages too, and what it has begun is waited for; it
    # is no fault of ours when it fails
    first_boot_ended() {
      local status=0 begun=$SECONDS
      [ "$first_boot_awaited" = no ] || return 0
      first_boot_awaited=yes
      command -v cloud-init >/dev/null || return 0
      timeout ${cloudInit} cloud-init status --wait >/dev/null 2>&1 || status=$?
      if [ "$status" -eq 124 ]; then
        note "cloud-init has not ended within ${cloudInit} s: cloud-init status --long"
      elif ((SECONDS - begun > 1)); then
        note "waited $((SECONDS - begun)) s for cloud-init"
      fi
    }

    # with_package_locks COMMAND...: apt or dpkg, begun again while another program holds a lock
    # that it needs; 75 when that never ended
    with_package_locks() {
      local errors=$work/package-errors begun=$SECONDS before=$seconds_locked holder='' status
      while true; do
        seconds_locked=$((before + SECONDS - begun))
        status=0
        "$@" 2>"$errors" || status=$?
        if [ "$status" -eq 0 ] || ! lock_is_held "$errors"; then
          cat "$errors" >&2
          [ -z "$holder" ] || note "waited $((seconds_locked - before)) s for $holder"
          return "$status"
        fi
        if ((seconds_locked >= ${locks})); then
          cat "$errors" >&2
          echo "no packages can be installed: for ${locks} s a lock was held, at last by $(lock_holder "$errors")" >&2
          return 75
        fi
        if [ "$(lock_holder "$errors")" != "$holder" ]; then
          holder=$(lock_holder "$errors")
          echo "waiting for $holder, which holds a lock of packages"
        fi
        sleep ${pause}
      done
    }

    # lock_is_held FILE: whether apt, dpkg or debconf complained of a lock there
    lock_is_held() {
      grep -qE 'Could not get lock|Unable to acquire the dpkg|locked by .*process' "$1"
    }

    # lock_holder FILE: the process that apt or dpkg named there
    lock_holder() {
      local pid
      pid=$(sed -nE 's/.*(held by process|with pid) ([0-9]+).*/\2/p' "$1" | head -n 1)
      if [ -n "$pid" ]; then
        echo "process $pid ($(cat "/proc/$pid/comm" 2>/dev/null || echo ended))"
      else
        echo "another process"
      fi
    }
  `;
}
