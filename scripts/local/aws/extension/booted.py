"""State of the machines booted on this computer, for the embedded EC2: which is on, and which volume has a file system mounted."""

import errno
import json
import os
import sys
import threading
import time
from datetime import datetime, timezone

LOOK_EVERY_SECONDS = 0.1
DATA_FOLDER = "/srv/data"


class Booted:
    """Reads what is there at every question, in the folder of the embedded hosts. Without hosts no machine is on and nothing is mounted."""

    def __init__(self, folder):
        self.folder = folder

    def is_on(self, instance_id):
        """Whether the machine still runs, also one that is just ending its services."""
        return self.record().get("instanceId") == instance_id and any(runs_tree(pid, os.path.join(self.folder, "aws", "root")) for pid in processes())

    def has_mounted(self, volume_id):
        """The kernel gives no one else the device of a mounted file system, whatever mount namespace the mount is in."""
        file = os.path.realpath(os.path.join(self.folder, "disks", f"aws-{volume_id}.ext4"))
        return any(is_claimed(device) for device in loop_devices(file))

    def mounted_at(self, volume_id):
        """Where the booted machine has mounted this volume, as this computer sees it; None when it runs without it."""
        record = self.record()
        if record.get("disk") != volume_id:
            return None
        machines = read_json(os.path.join(self.folder, "nodes.json")).get("machines", [])
        leader = next((one["leader"] for one in machines if one.get("instanceId") == record.get("instanceId")), None)
        folder = f"/proc/{leader}/root{DATA_FOLDER}"
        return folder if leader is not None and os.path.isdir(folder) else None

    def record(self):
        return read_json(os.path.join(self.folder, "aws", "machine.json"))


def processes():
    return [name for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []


def runs_tree(pid, root):
    """systemd-nspawn is known by the tree it boots."""
    return f"--directory={root}".encode() in read(f"/proc/{pid}/cmdline").split(b"\0")


def loop_devices(file):
    try:
        names = [name for name in os.listdir("/sys/block") if name.startswith("loop")]
    except OSError:
        return []
    return [f"/dev/{name}" for name in names if os.fsdecode(read(f"/sys/block/{name}/loop/backing_file")).rstrip("\n") == file]


def is_claimed(device):
    try:
        os.close(os.open(device, os.O_RDONLY | os.O_EXCL))
    except OSError as error:
        return error.errno == errno.EBUSY
    return False


def read_json(path):
    """Empty where there is no such file, or it is just being written."""
    try:
        with open(path) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def when(condition, then):
    """Does something as soon as a condition holds, in a thread of its own."""

    def run():
        while not condition():
            time.sleep(LOOK_EVERY_SECONDS)
        then()

    threading.Thread(target=run, daemon=True).start()


def holds_within(seconds, condition):
    """Waits for a condition; false when it does not come true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_EVERY_SECONDS)
    return True


def log(line):
    """To the log of the embedded AWS, in the same form as the log of the hosts, so that both can be read side by side."""
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    print(f"{now} {line}", file=sys.stderr, flush=True)
