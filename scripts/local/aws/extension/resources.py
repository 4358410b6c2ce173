"""The class of each CloudFormation type.

moto's own versions of ours ignore most properties (security groups of a machine, egress, termination protection, encryption), forget a
resource when it is updated, and leave addresses and volumes behind when it is removed.
"""

from moto.cloudformation import parsing
from moto.kms.models import KmsBackend
from moto.s3.models import FakeBucket

from extension import alarms, base, sns
from extension.lasting import ElasticIp, ElasticIpAssociation, Volume, VolumeAttachment
from extension.machines import EgressRule, Instance, Rule, SecurityGroup
from extension.base import Recorded, call

OWN = {
    "AWS::CloudWatch::Alarm": alarms.Alarm,
    "AWS::EC2::EIP": ElasticIp,
    "AWS::EC2::EIPAssociation": ElasticIpAssociation,
    "AWS::EC2::Instance": Instance,
    "AWS::EC2::SecurityGroup": SecurityGroup,
    "AWS::EC2::SecurityGroupEgress": EgressRule,
    "AWS::EC2::SecurityGroupIngress": Rule,
    "AWS::EC2::Volume": Volume,
    "AWS::EC2::VolumeAttachment": VolumeAttachment,
    "AWS::SNS::Subscription": sns.Subscription,
    "AWS::SNS::Topic": sns.Topic,
}


tag_key_by_api = KmsBackend.tag_resource
update_named_bucket = FakeBucket.update_from_cloudformation_json


def extend(port, region):
    """Uses these classes, `Recorded` for every type moto does not know, and removes what moto would leave behind."""
    base.endpoint.update(port=port, region=region)
    find, known = parsing.resource_class_from_type, parsing.get_model_map()

    def class_of(kind):
        return OWN.get(kind) or (find(kind) if kind in known or kind.startswith("Custom::") or kind in parsing.NULL_MODELS else Recorded)

    parsing.resource_class_from_type = class_of
    known["AWS::EC2::FlowLog"].delete = remove_flow_log
    known["AWS::EC2::InternetGateway"].delete = remove_gateway
    known["AWS::EC2::RouteTable"].delete = remove_route_table
    KmsBackend.tag_resource = tag_key
    FakeBucket.update_from_cloudformation_json = staticmethod(update_bucket)


def remove_flow_log(self, account_id, region_name):
    call("delete_flow_logs", missing_is_fine=True, FlowLogIds=[self.id])


def remove_gateway(self, account_id, region_name):
    if self.vpc:
        call("detach_internet_gateway", missing_is_fine=True, InternetGatewayId=self.id, VpcId=self.vpc.id)
    call("delete_internet_gateway", missing_is_fine=True, InternetGatewayId=self.id)


def remove_route_table(self, account_id, region_name):
    for association in list(self._associations):
        call("disassociate_route_table", missing_is_fine=True, AssociationId=association)
    call("delete_route_table", missing_is_fine=True, RouteTableId=self.id)


def tag_key(self, key_id, tags):
    """Templates write Key and Value where the KMS API writes TagKey and TagValue; moto fails on the former."""
    return tag_key_by_api(self, key_id, [tag if "TagKey" in tag else {"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags])


def update_bucket(original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """moto fails when the tags of a bucket change that has no name of its own."""
    properties = {"BucketName": original_resource.name, **cloudformation_json.get("Properties", {})}
    return update_named_bucket(original_resource, new_resource_name, {**cloudformation_json, "Properties": properties}, account_id, region_name)
