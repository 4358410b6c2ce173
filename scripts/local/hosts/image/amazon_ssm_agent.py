#!/usr/bin/python3
"""Embedded stand-in for the agent of AWS Systems Manager.

Registers this host with the embedded AWS as the real agent does with AWS. Commands are not fetched: the embedded AWS runs them here by itself.

    amazon-ssm-agent -register -code CODE -id ID -region REGION [-y] [-clear]
"""

import argparse
import configparser
import json
import logging
import os
import pathlib
import socket
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

registration = pathlib.Path("/var/lib/amazon/ssm/registration")
aws = pathlib.Path("/root/.aws")
log = logging.getLogger("amazon-ssm-agent")


def main(arguments):
    logging.basicConfig(format="%(name)s (embedded stand-in): %(message)s", level=logging.INFO, stream=sys.stdout)
    options = parsed(arguments)
    if options.clear:
        registration.unlink(missing_ok=True)
        log.info("registration removed")
    if options.register:
        return register(options)
    if not options.clear:
        known = json.loads(registration.read_text())["ManagedInstanceID"] if registration.exists() else "by its instance id"
        log.info("the embedded AWS knows this host %s and runs commands on it by itself", known)
    return 0


def parsed(arguments):
    parser = argparse.ArgumentParser(prog="amazon-ssm-agent", description="embedded stand-in for the agent of AWS Systems Manager")
    for flag in ("-register", "-y", "-clear"):
        parser.add_argument(flag, action="store_true")
    for option in ("-code", "-id", "-region"):
        parser.add_argument(option, default="")
    options = parser.parse_args(arguments)
    if options.register and not (options.code and options.id and options.region):
        parser.error("-register needs -code, -id and -region")
    return options


def register(options):
    if registration.exists() and not options.y:
        log.error("this host is registered already; -y registers it anew, -clear takes the registration back")
        return 1
    try:
        instance = registered(options)
    except urllib.error.HTTPError as error:
        log.error("registration failed: %s %s", error.code, error.read().decode(errors="replace"))
        return 1
    except (OSError, KeyError, ValueError) as error:
        log.error("registration failed: %s", error)
        return 1
    write(registration, json.dumps({"ManagedInstanceID": instance, "Region": options.region}))
    # The real agent keeps the keys of the managed instance's role here.
    write(aws / "credentials", "[default]\naws_access_key_id = local\naws_secret_access_key = local\n")
    log.info("registered as %s in %s", instance, options.region)
    return 0


def registered(options):
    url = endpoint(options.region)
    asked = {
        "ActivationId": options.id,
        "ActivationCode": options.code,
        "Fingerprint": pathlib.Path("/etc/machine-id").read_text().strip(),
        "Hostname": socket.gethostname(),
        "IPAddress": own_address(url),
    }
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AmazonSSM.RegisterManagedInstance",
        # Names the service; a host that registers has no keys to sign with yet.
        "Authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/{options.region}/ssm/aws4_request, SignedHeaders=host, Signature=none",
    }
    request = urllib.request.Request(url, json.dumps(asked).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["InstanceId"]


def endpoint(region):
    config = configparser.ConfigParser()
    config.read(aws / "config")
    configured = config.get("default", "endpoint_url", fallback=None)
    return os.environ.get("AWS_ENDPOINT_URL") or configured or f"http://ssm.{region}.amazonaws.com"


def own_address(url):
    """The address that this host speaks to the endpoint with; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((urlsplit(url).hostname, 9))
        return probe.getsockname()[0]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".draft")
    draft.write_text(text)
    draft.chmod(0o600)
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
