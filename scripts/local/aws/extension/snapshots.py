"""Snapshots that hold what a booted machine's disk held, and volumes that begin with it. moto knows neither contents nor sizes of then."""

import os
import subprocess

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_block_store import Snapshot

from extension.booted import log

create_snapshot, delete_snapshot = EC2Backend.create_snapshot, EC2Backend.delete_snapshot
create_volume, delete_volume = EC2Backend.create_volume, EC2Backend.delete_volume
COPY_DISK = os.path.join(os.path.dirname(__file__), "..", "..", "hosts", "machine", "copy-disk.sh")


def extend(booted):
    files = Files(booted)
    files.forget_snapshots()

    def snapshot(self, volume_id, *rest, **named):
        made = create_snapshot(self, volume_id, *rest, **named)
        # moto answers the size that the volume has when it is asked.
        made.size = made.volume.size
        files.copy(files.contents(volume_id), files.snapshot(made.id), booted.mounted_at(volume_id))
        return made

    def volume(self, size=None, zone_name=None, snapshot_id=None, *rest, **named):
        if not snapshot_id:
            return create_volume(self, size, zone_name, snapshot_id, *rest, **named)
        refuse(self.snapshots.get(snapshot_id), snapshot_id, size)
        made = create_volume(self, size or self.snapshots[snapshot_id].volume_size, zone_name, snapshot_id, *rest, **named)
        files.copy(files.snapshot(snapshot_id), files.restored(made.id))
        return made

    def without_snapshot(self, snapshot_id):
        gone = delete_snapshot(self, snapshot_id)
        files.remove(files.snapshot(snapshot_id))
        return gone

    def without_volume(self, volume_id):
        gone = delete_volume(self, volume_id)
        files.remove(files.restored(volume_id))
        return gone

    EC2Backend.create_snapshot, EC2Backend.delete_snapshot = snapshot, without_snapshot
    EC2Backend.create_volume, EC2Backend.delete_volume = volume, without_volume
    Snapshot.volume_size = property(lambda self: getattr(self, "size", self.volume.size))


def refuse(snapshot, snapshot_id, size):
    if snapshot is None:
        raise EC2ClientError("InvalidSnapshot.NotFound", f"The snapshot '{snapshot_id}' does not exist.")
    if size is not None and int(size) < int(snapshot.volume_size):
        # The sentence is that of RunInstances, for the same condition.
        message = f"Volume of size {size}GB is smaller than snapshot '{snapshot_id}', expect size >= {snapshot.volume_size}GB"
        raise EC2ClientError("InvalidParameterValue", message)


class Files:
    """The images of disks, where there are hosts. A restored one waits beside the disks until its volume is attached for the first time."""

    def __init__(self, booted):
        self.folder = booted.folder

    def contents(self, volume_id):
        candidates = [os.path.join(self.folder, "disks", f"aws-{volume_id}.ext4"), self.restored(volume_id)]
        return next((file for file in candidates if os.path.exists(file)), None)

    def snapshot(self, snapshot_id):
        return os.path.join(self.folder, "snapshots", f"aws-{snapshot_id}.ext4")

    def restored(self, volume_id):
        return os.path.join(self.folder, "restored", f"aws-{volume_id}.ext4")

    def copy(self, source, target, mounted_at=None):
        if source is None or not os.path.exists(source):
            return
        # In a session of its own: a disk that is frozen thaws whatever becomes of this server.
        subprocess.run(["bash", COPY_DISK, source, target, *([mounted_at] if mounted_at else [])], check=True, start_new_session=True)
        log(f"{os.path.basename(source)}: copied to {os.path.relpath(target, self.folder)}")

    def remove(self, file):
        if os.path.exists(file):
            os.remove(file)

    def forget_snapshots(self):
        """What this server knows is in memory alone: what an earlier one has taken means nothing any more."""
        folder = os.path.join(self.folder, "snapshots")
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            if name.startswith("aws-"):
                os.remove(os.path.join(folder, name))
