"""The managed nodes of the local Systems Manager: machines that are booted on this computer, and who registered with an activation."""

import json
import os
import secrets
import string
import subprocess
import time
import uuid
from datetime import timedelta

from moto.core.utils import utcnow
from moto.ec2 import ec2_backends
from moto.ssm.exceptions import SSMException

AGENT_VERSION = "3.3.3050.0"


class Nodes:
    """What is registered, in memory as all of moto; what is booted, read anew from the file at every question."""

    def __init__(self, account, region, machines_file):
        self.account, self.region, self.machines_file = account, region, machines_file
        self.activations, self.registered, self.last_ping = {}, {}, {}

    def online(self, node_id):
        """The leader process of the machine of this node; None when Systems Manager does not reach it."""
        return next((node["leader"] for node in self.all() if node["InstanceId"] == node_id and node["leader"]), None)

    def all(self):
        """Every node there is or was, with its leader when it is online."""
        machines = self.machines()
        return [*self.ec2_nodes(machines), *self.hybrid_nodes(machines)]

    def machines(self):
        """A file that is missing or half written holds none."""
        try:
            with open(self.machines_file) as file:
                return json.load(file).get("machines", [])
        except (OSError, ValueError):
            return []

    def ec2_nodes(self, machines):
        instances = {instance.id: instance for instance in ec2_backends[self.account][self.region].all_instances()}
        for machine in machines:
            instance = instances.get(machine.get("instanceId"))
            if instance is None or instance.state != "running" or not is_registered(machine):
                continue
            kept = {"InstanceId": instance.id, "ResourceType": "EC2Instance", "tags": {tag["key"]: tag["value"] for tag in instance.get_tags()}}
            yield self.with_ping(kept, machine)

    def hybrid_nodes(self, machines):
        """Of several registrations of one machine only the newest is connected, as its agent knows only that one."""
        newest = {node["Fingerprint"]: node["InstanceId"] for node in self.registered.values()}
        by_fingerprint = {machine.get("machineId"): machine for machine in machines}
        for node in self.registered.values():
            connected = newest[node["Fingerprint"]] == node["InstanceId"]
            yield self.with_ping(node, by_fingerprint.get(node["Fingerprint"]) if connected else None)

    def with_ping(self, node, machine):
        leader = machine.get("leader") if machine else None
        if not is_booted(leader):
            seen = self.last_ping.get(node["InstanceId"], node.get("RegistrationDate") or utcnow())
            return {**node, "leader": None, "PingStatus": "ConnectionLost", "LastPingDateTime": seen}
        self.last_ping[node["InstanceId"]] = utcnow()
        facts = {"PingStatus": "Online", "LastPingDateTime": utcnow(), "IPAddress": machine.get("address"), **platform(leader)}
        return {**node, **facts, "leader": leader}

    def activate(self, role, name, description, limit, expires, tags):
        """Returns id and code; the code is shown here and never again."""
        activation_id, code = str(uuid.uuid4()), activation_code()
        self.activations[activation_id] = {
            "ActivationId": activation_id, "code": code, "IamRole": role, "DefaultInstanceName": name, "Description": description,
            "RegistrationLimit": limit, "RegistrationsCount": 0, "ExpirationDate": expires or utcnow() + timedelta(hours=24),
            "CreatedDate": utcnow(), "Tags": tags,
        }  # fmt: skip
        return activation_id, code

    def register(self, activation_id, code, fingerprint, hostname, address):
        activation = self.activations.get(activation_id)
        if activation is None or not secrets.compare_digest(activation["code"], code or ""):
            raise SSMException("InvalidActivation", "The activation ID and the activation code do not match, or the activation was deleted")
        if is_expired(activation):
            raise SSMException("ActivationExpired", "The activation has expired")
        if activation["RegistrationsCount"] >= activation["RegistrationLimit"]:
            raise SSMException("RegistrationLimitExceeded", "The activation has registered as many nodes as its limit allows")
        if not fingerprint:
            raise SSMException("ValidationException", "Fingerprint is missing")
        activation["RegistrationsCount"] += 1
        node_id = f"mi-{secrets.token_hex(9)[:17]}"
        self.registered[node_id] = {
            "InstanceId": node_id, "ResourceType": "ManagedInstance", "Fingerprint": fingerprint, "ActivationId": activation_id,
            "IamRole": activation["IamRole"], "Name": activation["DefaultInstanceName"], "RegistrationDate": utcnow(),
            "ComputerName": hostname, "IPAddress": address, "tags": {tag["Key"]: tag["Value"] for tag in activation["Tags"]},
        }  # fmt: skip
        return node_id

    def deregister(self, node_id):
        if self.registered.pop(node_id, None) is None:
            raise SSMException("InvalidInstanceId", f"{node_id} is not a registered managed node")


def activation_code():
    """20 letters and digits: one that begins with a hyphen would be taken for an option by the agent."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(20))


def is_expired(activation):
    return activation["ExpirationDate"] <= utcnow()


def is_registered(machine):
    """Whether the agent of a machine in EC2 has reached Systems Manager since its boot. Before that, Systems Manager does not know the machine."""
    return time.time() >= (machine.get("agentFrom") or 0)


def is_booted(leader):
    """Alive, and in namespaces of its own: process ids are used again, and a host's script must never run on this machine itself."""
    try:
        with open(f"/proc/{leader}/stat") as file:
            state = file.read().rpartition(")")[2].split()[0]
        return state not in "ZX" and all(os.readlink(f"/proc/{leader}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}") for kind in ("mnt", "pid"))
    except (OSError, IndexError):
        return False


def platform(leader):
    release = {}
    try:
        with open(f"/proc/{leader}/root/etc/os-release") as file:
            release = dict(line.rstrip("\n").split("=", 1) for line in file if "=" in line)
    except OSError:
        pass
    uname = subprocess.run(["nsenter", "-t", str(leader), "-u", "--", "uname", "-n"], capture_output=True, text=True, check=False)
    version = release.get("VERSION_ID") or release.get("VERSION_CODENAME", "")
    return {
        "PlatformType": "Linux", "PlatformName": release.get("NAME", "Linux").strip('"'), "PlatformVersion": version.strip('"'),
        "ComputerName": uname.stdout.strip(), "AgentVersion": AGENT_VERSION, "IsLatestVersion": True,
    }  # fmt: skip


FILTERS = {
    "InstanceIds": "InstanceId", "PingStatus": "PingStatus", "ResourceType": "ResourceType", "ActivationIds": "ActivationId",
    "IamRole": "IamRole", "AgentVersion": "AgentVersion", "PlatformTypes": "PlatformType",
}  # fmt: skip


def matches(node, wanted):
    key, values = wanted["Key"], wanted["Values"]
    if key.startswith("tag:"):
        return node["tags"].get(key.removeprefix("tag:")) in values
    if key == "tag-key":
        return bool(set(values) & set(node["tags"]))
    if key not in FILTERS:
        raise SSMException("InvalidFilterKey", f"The specified filter key {key} isn't valid")
    return node.get(FILTERS[key]) in values
