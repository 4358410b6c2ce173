"""The local AWS: moto's server with Elastic IPs from a documentation range, Ubuntu images and a CloudFormation that keeps its promises.

Arguments: FOLDER ACCOUNT REGION. FOLDER/images.json is a JSON object of SSM parameter names and image ids; a new id there is a new image, while
older ones go on existing.
Serves on a free port of 127.0.0.1, written to FOLDER/port.json once connections are accepted. State is in memory only.
"""

import ipaddress
import json
import os
import sys
from unittest.mock import MagicMock

folder, account, region = sys.argv[1:4]
os.environ["MOTO_ACCOUNT_ID"] = account
# moto's API gateway, which we don't use, is the only one to need these; they would pull in twenty
# packages.
for name in ("", ".validation", ".validation.exceptions"):
    sys.modules[f"openapi_spec_validator{name}"] = MagicMock()

from moto.core.utils import utcnow
from moto.ec2 import ec2_backends
from moto.ec2.models import elastic_ip_addresses
from moto.ec2.models.amis import Ami
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.ssm import ssm_backends
from moto.ssm.models import Parameter
from werkzeug.serving import WSGIRequestHandler, make_server

from extension import account as account_facts
from extension import alarms, change_sets, power, resource_map, resources, snapshots, sns, ssm, stacks, volumes
from extension.booted import Booted

PUBLIC_ADDRESSES = ipaddress.ip_network("203.0.113.0/24")  # TEST-NET-3: never routed, so nothing can leave the machine
FIRST_ADDRESS = 10
UBUNTU_OWNER = "099720109477"


def next_address():
    """The lowest free address. moto's own are random 127.x.y.z, which say nothing and change with every run."""
    taken = {str(address.public_ip) for address in ec2_backends[account][region].addresses}
    return next(str(address) for address in list(PUBLIC_ADDRESSES)[FIRST_ADDRESS:-1] if str(address) not in taken)


def publish_image(parameter, image_id):
    """What Canonical publishes: the image, and the reserved parameter that names it (the API refuses to write those)."""
    architecture = "arm64" if "/arm64/" in parameter else "x86_64"
    ec2 = ec2_backends[account][region]
    if image_id not in ec2.amis:
        ec2.amis[image_id] = Ami(
            ec2, image_id, name=parameter, owner_id=UBUNTU_OWNER, architecture=architecture,
            virtualization_type="hvm", root_device_type="ebs", root_device_name="/dev/sda1", public=True,
        )
    values = ssm_backends[account][region]._parameters[parameter]
    values.append(
        Parameter(
            account_id=account, name=parameter, value=image_id, parameter_type="String", description=None, allowed_pattern=None,
            keyid=None, last_modified_date=utcnow().timestamp(), version=1, data_type="aws:ec2:image",
        )
    )


class Images:
    """Publishes what is new in the file before each request that comes after it was written."""

    def __init__(self, application):
        self.application, self.file, self.read = application, os.path.join(folder, "images.json"), None

    def __call__(self, environ, start_response):
        written = os.stat(self.file).st_mtime_ns
        if written != self.read:
            self.read = written
            with open(self.file) as file:
                for parameter, image_id in json.load(file).items():
                    publish_image(parameter, image_id)
        return self.application(environ, start_response)


class Quiet(WSGIRequestHandler):
    """Logs its own failures only: the end of the log is shown to the operator when it does not start."""

    protocol_version = "HTTP/1.1"  # keeps connections open between requests, as the real endpoints do

    def log_request(self, code="-", size="-"):
        if str(code).startswith("5"):
            super().log_request(code, size)


def main():
    elastic_ip_addresses.random_ip = next_address
    server = make_server("127.0.0.1", 0, Images(DomainDispatcherApplication(create_backend_app)), threaded=True, request_handler=Quiet)
    booted = Booted(os.path.normpath(os.path.join(folder, "..", "hosts")))
    power.extend(booted)
    volumes.extend(booted)
    snapshots.extend(booted)
    resources.extend(server.port, region)
    resource_map.extend()
    stacks.extend()
    change_sets.extend()
    ssm.extend(folder, account, region)
    sns.extend(folder)
    alarms.extend()
    account_facts.extend(folder)
    os.environ["MOTO_PORT"] = str(server.port)
    draft = os.path.join(folder, f"port.{os.getpid()}.tmp")
    with open(draft, "w") as file:
        json.dump({"port": server.port, "pid": os.getpid()}, file)
    os.replace(draft, os.path.join(folder, "port.json"))
    server.serve_forever()


main()
