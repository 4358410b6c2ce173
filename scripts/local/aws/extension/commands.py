"""The API of Run Command: what was sent, and how it went."""

import json
import re
import uuid
from datetime import timedelta, timezone

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ssm.exceptions import SSMException

from extension.nodes import matches
from extension.run_command import Invocation

DOCUMENT = "AWS-RunShellScript"
PLUGIN = "aws:runShellScript"
DOCUMENT_LIMIT = 64 * 1024  # "This quota also includes the content specified for input parameters at runtime"
LONGEST_RUN = 172800
TERMINAL = {"Success", "Failed", "TimedOut", "Cancelled"}
commands = {}


class Command:
    def __init__(self, request, targets):
        parameters = request("Parameters", {})
        self.id, self.made, self.parameters = str(uuid.uuid4()), utcnow(), parameters
        self.comment, self.timeout = request("Comment", ""), request("TimeoutSeconds", 3600)
        script, limit = "\n".join(parameters.get("commands", [])), int(parameters.get("executionTimeout", ["3600"])[0])
        folder = (parameters.get("workingDirectory") or [""])[0]
        self.invocations = [Invocation(self.id, node_id, leader, script, limit, folder) for node_id, leader in targets.items()]

    def status(self):
        states = {invocation.status for invocation in self.invocations}
        if not states <= TERMINAL:
            return "Pending" if states == {"Pending"} else "InProgress"
        return next((state for state in ("Failed", "TimedOut", "Cancelled") if state in states), "Success")

    def response(self):
        ended = [invocation.status for invocation in self.invocations if invocation.status in TERMINAL]
        return {
            "CommandId": self.id, "DocumentName": DOCUMENT, "DocumentVersion": "$DEFAULT", "Comment": self.comment, "Parameters": self.parameters,
            "InstanceIds": [invocation.node_id for invocation in self.invocations], "RequestedDateTime": self.made,
            "ExpiresAfter": self.made + timedelta(seconds=self.timeout), "TimeoutSeconds": self.timeout, "Status": self.status(),
            "StatusDetails": self.status(), "TargetCount": len(self.invocations), "CompletedCount": len(ended),
            "ErrorCount": sum(status in ("Failed", "TimedOut") for status in ended), "DeliveryTimedOutCount": 0,
        }  # fmt: skip


def send_command(self):
    request = self._get_param
    validate(self.nodes.region, request)
    command = Command(request, chosen(self.nodes, request("InstanceIds", []), request("Targets", [])))
    commands[command.id] = command
    response = command.response()
    for invocation in command.invocations:
        invocation.start()
    return ActionResult({"Command": response})


def validate(region, request):
    parameters = request("Parameters", {})
    if request("DocumentName") not in (DOCUMENT, f"arn:aws:ssm:{region}::document/{DOCUMENT}"):
        raise SSMException("InvalidDocument", f"Document {request('DocumentName')} does not exist here; there is {DOCUMENT}")
    if unknown := set(parameters) - {"commands", "executionTimeout", "workingDirectory"}:
        raise SSMException("InvalidParameters", f"Document {DOCUMENT} does not support parameters: {sorted(unknown)}")
    if not parameters.get("commands"):
        raise SSMException("InvalidParameters", "commands: at least one is needed")
    limit = parameters.get("executionTimeout", ["3600"])[0]
    if not re.fullmatch(r"[1-9]\d{0,5}", limit) or int(limit) > LONGEST_RUN:
        raise SSMException("InvalidParameters", f"executionTimeout: 1 to {LONGEST_RUN} seconds")
    if len(request("Comment", "")) > 100 or request("TimeoutSeconds", 3600) < 30:
        raise SSMException("ValidationException", "Comment has at most 100 characters, TimeoutSeconds is at least 30")
    if len(json.dumps(parameters, ensure_ascii=False).encode()) > DOCUMENT_LIMIT:
        raise SSMException("MaxDocumentSizeExceeded", "The size limit of a document, with its parameters, is 64 KB")


def chosen(nodes, ids, targets):
    """Node ids with the leaders of their machines. An id that is named must be online; of a tag, those that are."""
    named = [*ids, *(value for target in targets if target["Key"] == "InstanceIds" for value in target["Values"])]
    found = {node_id: nodes.online(node_id) for node_id in named}
    if lost := [node_id for node_id, leader in found.items() if leader is None]:
        raise SSMException("InvalidInstanceId", f"Instances [[{', '.join(lost)}]] not in a valid state for account {nodes.account}")
    tags = [target for target in targets if target["Key"].startswith("tag:")]
    if tags:
        found |= {node["InstanceId"]: node["leader"] for node in nodes.all() if node["leader"] and all(matches(node, tag) for tag in tags)}
    if not found and not tags:
        raise SSMException("InvalidTarget", "InstanceIds or Targets with InstanceIds or tags are needed")
    return found


def invocation_of(command_id, node_id):
    found = [invocation for invocation in commands[command_id].invocations if invocation.node_id == node_id] if command_id in commands else []
    if not found:
        raise SSMException("InvocationDoesNotExist", "The command ID and managed node ID you specified did not match any invocations")
    return found[0]


def get_command_invocation(self):
    found = invocation_of(self._get_param("CommandId"), self._get_param("InstanceId"))
    status = found.status  # first: once it is terminal, all the rest is there
    ended = found.ended if status in TERMINAL else None
    elapsed = (ended - found.started).total_seconds() if ended and found.started else 0
    return ActionResult({
        "CommandId": found.command_id, "InstanceId": found.node_id, "Comment": commands[found.command_id].comment, "DocumentName": DOCUMENT,
        "DocumentVersion": "$DEFAULT", "PluginName": PLUGIN, "ResponseCode": found.code, "ExecutionElapsedTime": f"PT{elapsed:.3f}S",
        "ExecutionStartDateTime": iso(found.started), "ExecutionEndDateTime": iso(ended), **states(found, status),
        "StandardOutputContent": found.stdout, "StandardErrorContent": found.stderr, "StandardOutputUrl": "", "StandardErrorUrl": "",
    })  # fmt: skip


def states(invocation, status):
    if status not in TERMINAL and invocation.cancelled.is_set():
        return {"Status": "Cancelling", "StatusDetails": "Cancelling"}
    return {"Status": status, "StatusDetails": invocation.details}


def iso(moment):
    return moment.replace(tzinfo=timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else ""


def listed(self):
    wanted_command, wanted_node = self._get_param("CommandId"), self._get_param("InstanceId")
    for command in sorted(commands.values(), key=lambda each: each.made, reverse=True):
        here = [invocation for invocation in command.invocations if wanted_node in (None, invocation.node_id)]
        if here and wanted_command in (None, command.id):
            yield command, here


def list_commands(self):
    return ActionResult({"Commands": [command.response() for command, _ in listed(self)]})


def list_command_invocations(self):
    return ActionResult({"CommandInvocations": [
        {"CommandId": command.id, "InstanceId": one.node_id, "Comment": command.comment, "DocumentName": DOCUMENT, "RequestedDateTime": command.made,
         **states(one, one.status), "CommandPlugins": plugins(one) if self._get_param("Details") else []}
        for command, here in listed(self) for one in here
    ]})  # fmt: skip


def plugins(one):
    times = {"ResponseStartDateTime": one.started, "ResponseFinishDateTime": one.ended}
    output = one.stdout + (f"\n----------ERROR-------\n{one.stderr}" if one.stderr else "")
    return [{"Name": PLUGIN, **states(one, one.status), "ResponseCode": one.code, "Output": output[:2500], **times}]


def cancel_command(self):
    command = commands.get(self._get_param("CommandId"))
    if command is None:
        raise SSMException("InvalidCommandId", f"{self._get_param('CommandId')} is not a command")
    wanted = self._get_param("InstanceIds", [])
    for invocation in command.invocations:
        if not wanted or invocation.node_id in wanted:
            invocation.cancelled.set()
    return ActionResult({})
