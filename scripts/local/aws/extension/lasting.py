"""Resources that outlive machines: addresses and volumes, and what ties them to a machine."""

from extension.base import NotStabilized, Recorded, call, pick, tags
from extension.booted import holds_within


class ElasticIp(Recorded):
    replaced_by = ("Domain", "NetworkBorderGroup", "PublicIpv4Pool")

    def create(self, properties):
        made = call("allocate_address", Domain="vpc", TagSpecifications=tags("elastic-ip", properties))
        self.physical_resource_id, self.allocation = made["PublicIp"], made["AllocationId"]
        if "InstanceId" in properties:
            call("associate_address", AllocationId=self.allocation, InstanceId=properties["InstanceId"])

    def change(self, properties, changed):
        if "Tags" in changed:
            call("create_tags", Resources=[self.allocation], Tags=properties.get("Tags", []))

    def remove(self):
        call("release_address", missing_is_fine=True, AllocationId=self.allocation)

    def attributes(self):
        return {"AllocationId": self.allocation, "PublicIp": self.physical_resource_id}


class ElasticIpAssociation(Recorded):
    replaced_by = ("AllocationId", "EIP", "InstanceId", "NetworkInterfaceId", "PrivateIpAddress")

    def create(self, properties):
        made = call("associate_address", AllowReassociation=True, PublicIp=properties.get("EIP"),
                    **pick(properties, "AllocationId", "InstanceId", "NetworkInterfaceId", "PrivateIpAddress"))  # fmt: skip
        self.physical_resource_id = made["AssociationId"]

    def remove(self):
        call("disassociate_address", missing_is_fine=True, AssociationId=self.physical_resource_id)


class Volume(Recorded):
    changeable = ("Size", "VolumeType", "Iops", "Throughput")
    # "Update requires: Updates are not supported", says the reference.
    refused_by = ("AvailabilityZone", "Encrypted", "KmsKeyId", "SnapshotId")

    def create(self, properties):
        self.physical_resource_id = call("create_volume", TagSpecifications=tags("volume", properties),
                                         **pick(properties, *self.changeable, *self.refused_by))["VolumeId"]  # fmt: skip

    def change(self, properties, changed):
        if changed & set(self.refused_by):
            raise ValueError("Update to resource type AWS::EC2::Volume is not supported.")
        if properties.get("Size", 0) < self.properties.get("Size", 0):
            raise ValueError("New size cannot be smaller than existing size")
        if changed & set(self.changeable):
            call("modify_volume", VolumeId=self.physical_resource_id, **pick(properties, *self.changeable))
        if "Tags" in changed:
            call("create_tags", Resources=[self.physical_resource_id], Tags=properties.get("Tags", []))

    def remove(self):
        call("delete_volume", missing_is_fine=True, VolumeId=self.physical_resource_id)


class VolumeAttachment(Recorded):
    replaced_by = ("Device", "InstanceId", "VolumeId")
    # CloudFormation itself is more patient; nothing changes here while it waits.
    detached_within_seconds = 15

    def create(self, properties):
        call("attach_volume", **pick(properties, *self.replaced_by))

    def remove(self):
        call("detach_volume", missing_is_fine=True, **pick(self.properties, "InstanceId", "VolumeId"))
        if not holds_within(self.detached_within_seconds, self.is_detached):
            raise NotStabilized

    def is_detached(self):
        filters = [{"Name": "volume-id", "Values": [self.properties["VolumeId"]]}]
        found = [one for volume in call("describe_volumes", Filters=filters)["Volumes"] for one in volume["Attachments"]]
        return not any(one["InstanceId"] == self.properties["InstanceId"] for one in found)
