"""Machines, and the security groups that say who may reach them."""

from base64 import b64decode

from extension.base import NotStabilized, Recorded, call, pick, tags
from extension.booted import holds_within


class Instance(Recorded):
    replaced_by = ("AvailabilityZone", "BlockDeviceMappings", "ImageId", "KeyName", "LaunchTemplate", "NetworkInterfaces", "PrivateIpAddress", "SubnetId")
    # How long a booted host may take to end its services.
    settled_within_seconds = 90

    def create(self, properties):
        wanted = pick(properties, "BlockDeviceMappings", "EbsOptimized", "ImageId", "InstanceType", "KeyName", "LaunchTemplate",
                      "MetadataOptions", "PrivateIpAddress", "SecurityGroupIds", "SubnetId")  # fmt: skip
        if "IamInstanceProfile" in properties:
            wanted["IamInstanceProfile"] = {"Name": properties["IamInstanceProfile"]}
        if "UserData" in properties:
            wanted["UserData"] = decoded(properties["UserData"])
        if "NetworkInterfaces" in properties:
            wanted["NetworkInterfaces"] = [network_interface(one) for one in properties["NetworkInterfaces"]]
        made = call("run_instances", MinCount=1, MaxCount=1, TagSpecifications=tags("instance", properties),
                    Monitoring={"Enabled": bool(properties.get("Monitoring"))}, **wanted)  # fmt: skip
        self.physical_resource_id = made["Instances"][0]["InstanceId"]
        self.protect(properties)

    def change(self, properties, changed):
        machine = self.physical_resource_id
        if changed & {"InstanceType", "UserData"}:
            self.change_stopped(properties, changed)
        if "SecurityGroupIds" in changed:
            call("modify_instance_attribute", InstanceId=machine, Groups=properties["SecurityGroupIds"])
        if "Tags" in changed:
            call("create_tags", Resources=[machine], Tags=properties.get("Tags", []))
        self.protect(properties)

    def change_stopped(self, properties, changed):
        """What EC2 changes on a stopped machine only. CloudFormation starts it again."""
        machine = self.physical_resource_id
        call("stop_instances", InstanceIds=[machine])
        self.wait_for("stopped")
        if "InstanceType" in changed:
            call("modify_instance_attribute", InstanceId=machine, InstanceType={"Value": properties["InstanceType"]})
        if "UserData" in changed:
            call("modify_instance_attribute", InstanceId=machine, UserData={"Value": decoded(properties["UserData"])})
        call("start_instances", InstanceIds=[machine])

    def wait_for(self, state):
        if not holds_within(self.settled_within_seconds, lambda: self.described()["State"]["Name"] == state):
            raise NotStabilized

    def protect(self, properties):
        value = {"Value": bool(properties.get("DisableApiTermination"))}
        call("modify_instance_attribute", InstanceId=self.physical_resource_id, DisableApiTermination=value)

    def remove(self):
        if call("terminate_instances", missing_is_fine=True, InstanceIds=[self.physical_resource_id]):
            self.wait_for("terminated")

    def described(self):
        return call("describe_instances", InstanceIds=[self.physical_resource_id])["Reservations"][0]["Instances"][0]

    def attributes(self):
        instance = self.described()
        return {"AvailabilityZone": instance["Placement"]["AvailabilityZone"], "InstanceId": instance["InstanceId"], "VpcId": instance.get("VpcId"),
                "PrivateIp": instance.get("PrivateIpAddress"), "PublicIp": instance.get("PublicIpAddress", ""),
                "PrivateDnsName": instance.get("PrivateDnsName"), "PublicDnsName": instance.get("PublicDnsName", "")}  # fmt: skip


def decoded(user_data):
    """The API library encodes user data itself."""
    return b64decode(user_data)


def network_interface(described):
    wanted = pick(described, "AssociatePublicIpAddress", "DeleteOnTermination", "Description", "PrivateIpAddress", "SubnetId")
    return {**wanted, "DeviceIndex": int(described.get("DeviceIndex", 0)), "Groups": described.get("GroupSet", [])}


class SecurityGroup(Recorded):
    replaced_by = ("GroupDescription", "GroupName", "VpcId")
    egress_of_new_groups = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}

    def create(self, properties):
        name = properties.get("GroupName", self.physical_resource_id)
        made = call("create_security_group", GroupName=name, Description=properties["GroupDescription"],
                    VpcId=properties.get("VpcId"), TagSpecifications=tags("security-group", properties))  # fmt: skip
        self.physical_resource_id = made["GroupId"]
        self.settle("ingress", properties.get("SecurityGroupIngress", []), [])
        if "SecurityGroupEgress" in properties:
            self.settle("egress", properties["SecurityGroupEgress"], [self.egress_of_new_groups])

    def change(self, properties, changed):
        for direction, name in (("ingress", "SecurityGroupIngress"), ("egress", "SecurityGroupEgress")):
            self.settle(direction, properties.get(name, []), self.properties.get(name, []))
        if "Tags" in changed:
            call("create_tags", Resources=[self.physical_resource_id], Tags=properties.get("Tags", []))

    def settle(self, direction, wanted, had):
        for rule in [one for one in had if one not in wanted]:
            call(f"revoke_security_group_{direction}", missing_is_fine=True, GroupId=self.physical_resource_id, IpPermissions=[permission(rule)])
        for rule in [one for one in wanted if one not in had]:
            call(f"authorize_security_group_{direction}", GroupId=self.physical_resource_id, IpPermissions=[permission(rule)])

    def remove(self):
        call("delete_security_group", missing_is_fine=True, GroupId=self.physical_resource_id)

    def attributes(self):
        return {"GroupId": self.physical_resource_id, "Id": self.physical_resource_id, "VpcId": self.properties.get("VpcId")}


def permission(rule):
    """A rule as templates write it -> as the API takes it."""
    described = pick(rule, "Description")
    peers = {
        "IpRanges": pick(rule, "CidrIp"),
        "Ipv6Ranges": pick(rule, "CidrIpv6"),
        "PrefixListIds": {"PrefixListId": rule[name] for name in ("SourcePrefixListId", "DestinationPrefixListId") if name in rule},
        "UserIdGroupPairs": {"GroupId": rule[name] for name in ("SourceSecurityGroupId", "DestinationSecurityGroupId") if name in rule},
    }
    ports = {} if str(rule["IpProtocol"]) == "-1" else pick(rule, "FromPort", "ToPort")
    return {"IpProtocol": str(rule["IpProtocol"]), **ports, **{kind: [{**peer, **described}] for kind, peer in peers.items() if peer}}


class Rule(Recorded):
    """One rule with a resource of its own."""

    direction = "ingress"
    replaced_by = ("CidrIp", "CidrIpv6", "Description", "DestinationPrefixListId", "DestinationSecurityGroupId", "FromPort", "GroupId",
                   "IpProtocol", "SourcePrefixListId", "SourceSecurityGroupId", "ToPort")  # fmt: skip

    def create(self, properties):
        made = call(f"authorize_security_group_{self.direction}", GroupId=properties["GroupId"], IpPermissions=[permission(properties)])
        self.physical_resource_id = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    def remove(self):
        call(f"revoke_security_group_{self.direction}", missing_is_fine=True, GroupId=self.properties["GroupId"],
             SecurityGroupRuleIds=[self.physical_resource_id])  # fmt: skip


class EgressRule(Rule):
    direction = "egress"
