"""The account itself as a preflight asks for it: identity, region, quotas, images; each with the fault that was asked for."""

import json
import os

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidAMIIdError
from moto.ec2.models.amis import Ami, AmiBackend
from moto.ec2.models.availability_zones_and_regions import Region, RegionsAndZonesBackend
from moto.servicequotas.models import ServiceQuotasBackend
from moto.sts.exceptions import STSClientError
from moto.sts.responses import TokenResponse

# Codes of Service Quotas, and what is granted: room for the largest machine that is known; 5
# addresses, as in a new account.
STANDARD_VCPUS, ELASTIC_IPS = "L-1216C47A", "L-0263D0A3"
QUOTAS = {
    STANDARD_VCPUS: ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 32.0),
    ELASTIC_IPS: ("EC2-VPC Elastic IPs", 5.0),
}
OTHER_ACCOUNT = "210987654321"

identity, quota = TokenResponse.get_caller_identity, ServiceQuotasBackend.get_service_quota
regions, images = RegionsAndZonesBackend.describe_regions, AmiBackend.describe_images


def extend(folder):
    faults_file = os.path.join(folder, "faults.json")

    def shows(name):
        """Read at each request: a fault may be switched on at any time."""
        try:
            with open(faults_file) as file:
                return name in json.load(file).get("preflight", [])
        except (OSError, ValueError):
            return False

    def get_caller_identity(self):
        if shows("aws-credentials"):
            raise STSClientError("ExpiredToken", "The security token included in the request is expired")
        if not shows("aws-account"):
            return identity(self)
        return ActionResult({"UserId": "AIDA", "Account": OTHER_ACCOUNT, "Arn": f"arn:aws:iam::{OTHER_ACCOUNT}:user/other"})

    def describe_regions(self, region_names=None):
        if not shows("aws-region"):
            return regions(self, region_names)
        return [Region(each.name, each.endpoint, "not-opted-in") for each in regions(self, region_names)]

    def get_service_quota(self, service_code, quota_code):
        """moto knows those of VPC only."""
        if shows("aws-quotas-denied"):
            raise JsonRESTError("AccessDeniedException", "User is not authorized to perform: servicequotas:GetServiceQuota")
        if service_code != "ec2" or quota_code not in QUOTAS:
            return quota(self, service_code, quota_code)
        name, granted = QUOTAS[quota_code]
        cut = {STANDARD_VCPUS: ("aws-vcpus", 1.0), ELASTIC_IPS: ("aws-elastic-ips", 0.0)}[quota_code]
        value = cut[1] if shows(cut[0]) else granted
        return {"ServiceCode": "ec2", "ServiceName": "Amazon EC2", "QuotaCode": quota_code, "QuotaName": name, "Value": value, "Unit": "None"}

    def describe_images(self, ami_ids=(), **named):
        if ami_ids and shows("aws-image-gone"):
            raise InvalidAMIIdError(list(ami_ids))
        return images(self, ami_ids=ami_ids, **named)

    TokenResponse.get_caller_identity = get_caller_identity
    RegionsAndZonesBackend.describe_regions = describe_regions
    ServiceQuotasBackend.get_service_quota = get_service_quota
    AmiBackend.describe_images = describe_images
    # moto keeps no such times; the real API has them for every image of Canonical.
    Ami.deprecation_time = property(lambda self: "2024-04-01T00:00:00.000Z" if shows("aws-image-deprecated") else "2099-01-01T00:00:00.000Z")
