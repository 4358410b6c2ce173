/**
 * What a cloud's image does at its first boot: unattended-upgrades runs, and no other process may
 * use apt or dpkg meanwhile.
 */

const unit = 'first-boot-upgrades';
const program = `/usr/lib/${unit}`;

/** The unit that holds the locks; `systemctl stop` releases them early. */
export const firstBootUnit = `${unit}.service`;

/** Files of a new machine, by path; none when the locks are not held at all. */
export function firstBootFiles(holdSeconds: number): Record<string, string> {
  if (holdSeconds <= 0) return {};
  return {
    [program.slice(1)]: upgrades,
    [`etc/systemd/system/${firstBootUnit}`]: unitFile(holdSeconds),
    [`etc/systemd/system/multi-user.target.d/${unit}.conf`]: `[Unit]\nWants=${firstBootUnit}\n`,
  };
}

/** Started only once it holds the locks, so a machine is never up before they are held. */
const unitFile = (holdSeconds: number) => `[Unit]
Description=Embedded stand-in for the updates of a first boot: holds the locks of packages for ${holdSeconds} s
ConditionPathExists=!/var/lib/${unit}

[Service]
Type=notify
ExecStart=/usr/bin/python3 ${program} ${holdSeconds}
`;

/**
 * Locks of fcntl, as apt and dpkg take them; the name of the process is the one that they would
 * show.
 */
const upgrades = `"""Embedded stand-in for unattended-upgrades at the first boot."""

import fcntl
import os
import pathlib
import socket
import sys
import time

LOCKS = ("/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/lib/apt/lists/lock", "/var/cache/apt/archives/lock")

pathlib.Path("/proc/self/comm").write_text("unattended-upgr")
pathlib.Path("/var/lib/${unit}").touch()
held = [open(path, "a") for path in LOCKS]
for file in held:
    fcntl.lockf(file, fcntl.LOCK_EX)
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
    systemd.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
time.sleep(float(sys.argv[1]))
`;
