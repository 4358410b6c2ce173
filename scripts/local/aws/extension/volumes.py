"""Volumes that are attached and detached under EC2's conditions. moto attaches anything to anything, and detaches what is mounted."""

import copy

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend

from extension.booted import log, when

attach_volume, detach_volume = EC2Backend.attach_volume, EC2Backend.detach_volume


def extend(booted):
    def attach(self, volume_id, instance_id, device_path, *rest, **named):
        refuse(self.get_volume(volume_id), self.get_instance(instance_id), device_path)
        log(f"{volume_id}: attached to {instance_id} as {device_path}")
        return attach_volume(self, volume_id, instance_id, device_path, *rest, **named)

    def detach(self, volume_id, instance_id, device_path):
        """A volume with a mounted file system is detached when that is unmounted, by its machine or with its machine's end."""
        attachment = self.get_volume(volume_id).attachment
        instance_id = instance_id or (attachment and attachment.instance.id)
        if attachment is None or not booted.has_mounted(volume_id):
            log(f"{volume_id}: detached from {instance_id}; it was not mounted")
            return detach_volume(self, volume_id, instance_id, device_path)
        if attachment.status != "busy":
            log(f"{volume_id}: busy: {instance_id} has it mounted")
            attachment.status = "busy"
            when(lambda: not booted.has_mounted(volume_id), lambda: unmounted(self, attachment, instance_id, device_path))
        return copy.copy(attachment)

    def unmounted(self, attachment, instance_id, device_path):
        volume = attachment.volume
        if volume.attachment is attachment:
            log(f"{volume.id}: detached from {instance_id}, which has unmounted it")
            detach_volume(self, volume.id, instance_id, device_path)

    EC2Backend.attach_volume, EC2Backend.detach_volume = attach, detach


def refuse(volume, instance, device):
    if volume.attachment is not None:
        raise EC2ClientError("VolumeInUse", f"{volume.id} is already attached to an instance")
    if device in instance.block_device_mapping:
        raise EC2ClientError("InvalidParameterValue", f"Invalid value '{device}' for unixDevice. Attachment point {device} is already in use")
    if volume.zone and instance._placement.zone and volume.zone.name != instance._placement.zone:
        message = f"The volume '{volume.id}' is not in the same availability zone as instance '{instance.id}'"
        raise EC2ClientError("InvalidVolume.ZoneMismatch", message)
    if instance.state not in ("running", "stopped"):
        raise EC2ClientError("IncorrectState", f"Instance '{instance.id}' is not 'running'.")
