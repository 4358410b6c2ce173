"""The API of managed nodes: activations, the registration of an agent, and who is online."""

import json
from datetime import timedelta

from moto.core.responses import ActionResult
from moto.core.utils import utcfromtimestamp, utcnow
from moto.iam import iam_backends
from moto.ssm.exceptions import SSMException

from extension.nodes import is_expired, matches


def create_activation(self):
    request = self._get_param
    role, limit, expires = request("IamRole"), request("RegistrationLimit", 1), request("ExpirationDate")
    require_role(self.nodes.account, role)
    if not 1 <= limit <= 1000:
        raise SSMException("ValidationException", "RegistrationLimit is 1 to 1000")
    expires = utcfromtimestamp(float(expires)) if expires else None
    if expires and not utcnow() < expires <= utcnow() + timedelta(days=30):
        raise SSMException("ValidationException", "ExpirationDate must be in the future and within 30 days")
    made = self.nodes.activate(role, request("DefaultInstanceName", ""), request("Description", ""), limit, expires, request("Tags", []))
    return ActionResult(dict(zip(("ActivationId", "ActivationCode"), made, strict=True)))


def require_role(account, role):
    """A role that exists and that Systems Manager may assume for its nodes."""
    known = {each.name: each for each in iam_backends[account]["aws"].roles.values()}
    found = known.get(role.rpartition("/")[2]) if role else None
    if found is None or "ssm.amazonaws.com" not in json.dumps(found.assume_role_policy_document):
        raise SSMException("ValidationException", f"Nonexistent role or missing ssm service principal in trust policy: {role}")


def describe_activations(self):
    activations = [{**one, "Expired": is_expired(one)} for one in self.nodes.activations.values()]
    return ActionResult({"ActivationList": [{key: value for key, value in one.items() if key != "code"} for one in activations]})


def delete_activation(self):
    if self.nodes.activations.pop(self._get_param("ActivationId"), None) is None:
        raise SSMException("InvalidActivation", f"{self._get_param('ActivationId')} is not an activation")
    return ActionResult({})


def register_managed_instance(self):
    """The agent's own request, which public SDKs do not have."""
    request = self._get_param
    node_id = self.nodes.register(*(request(name) for name in ("ActivationId", "ActivationCode", "Fingerprint", "Hostname", "IPAddress")))
    return 200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps({"InstanceId": node_id})


def deregister_managed_instance(self):
    self.nodes.deregister(self._get_param("InstanceId"))
    return ActionResult({})


def describe_instance_information(self):
    old = [{"Key": each["key"], "Values": each["valueSet"]} for each in self._get_param("InstanceInformationFilterList", [])]
    wanted = [*self._get_param("Filters", []), *old]
    found = [node for node in self.nodes.all() if all(matches(node, each) for each in wanted)]
    return ActionResult({"InstanceInformationList": found})
