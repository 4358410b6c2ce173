"""What every CloudFormation resource of our own shares: it is made, changed and removed through the EC2 API, as AWS does."""

import uuid
from functools import cache

import boto3
from botocore.exceptions import ClientError
from moto.core.common_models import CloudFormationModel

endpoint = {}


@cache
def client(service):
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
    return boto3.client(service, endpoint_url=f"http://127.0.0.1:{endpoint['port']}", region_name=endpoint["region"], **keys)


def ec2_client():
    return client("ec2")


class NotStabilized(Exception):
    """A resource that did not reach its state, with the message of a resource type's handler."""

    def __init__(self):
        token = uuid.uuid4()
        super().__init__(f'Resource handler returned message: "Exceeded attempts to wait" (RequestToken: {token}, HandlerErrorCode: NotStabilized)')


def call(method, missing_is_fine=False, **arguments):
    """One API call. Removing what is already gone is no fault, as in AWS."""
    try:
        return getattr(ec2_client(), method)(**{key: value for key, value in arguments.items() if value is not None})
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if missing_is_fine and ("NotFound" in code or code == "IncorrectState"):
            return {}
        raise


def pick(properties, *names):
    return {name: properties[name] for name in names if name in properties}


def tags(kind, properties):
    return [{"ResourceType": kind, "Tags": properties["Tags"]}] if properties.get("Tags") else None


class Recorded(CloudFormationModel):
    """A type moto does not know (DLM, budgets): recorded with its name, so that references, outputs and updates work."""

    replaced_by = ()

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        made = cls()
        made.properties = cloudformation_json.get("Properties", {})
        made.type = cloudformation_json["Type"]
        made.arn = f"arn:aws:{made.type.split('::')[1].lower()}:{region_name}:{account_id}:{resource_name}"
        made.physical_resource_id = resource_name
        made.create(made.properties)
        return made

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        wanted, had = cloudformation_json.get("Properties", {}), original_resource.properties
        changed = {name for name in {*wanted, *had} if wanted.get(name) != had.get(name)}
        if changed & set(cls.replaced_by):
            # The old one is removed when the whole update has succeeded.
            return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)
        original_resource.change(wanted, changed)
        original_resource.properties = wanted
        return original_resource

    def delete(self, account_id, region_name):
        self.remove()

    def get_cfn_attribute(self, attribute_name):
        return self.attributes().get(attribute_name, self.arn if attribute_name.endswith("Arn") else self.physical_resource_id)

    def create(self, properties): ...

    def change(self, properties, changed): ...

    def remove(self): ...

    def attributes(self):
        return {}
