"""CloudFormation stacks that update, fail, export, retain and refuse deletion as on AWS. Each function says what moto does instead."""

import json

from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, Event, Stack
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult

parse_yaml = Stack.parse_template
create_one, update_one = parsing.parse_and_create_resource, parsing.parse_and_update_resource
create_stack, update_stack, delete_stack = CloudFormationBackend.create_stack, CloudFormationBackend.update_stack, CloudFormationBackend.delete_stack
delete_resources = ResourceMap.delete


def extend():
    Stack.parse_template = staticmethod(parse_template)
    Stack.parameter_list = property(parameters_of)
    parsing.parse_and_create_resource = naming_the_culprit(create_one)
    parsing.parse_and_update_resource = naming_the_culprit(update_one)
    ResourceMap.update = update_resources
    ResourceMap.delete = delete_unretained
    CloudFormationBackend.create_stack = create
    CloudFormationBackend.update_stack = update
    CloudFormationBackend.delete_stack = delete
    CloudFormationResponse.update_termination_protection = update_termination_protection
    # Where the CDK looks for the cause of a failure, half a minute long when nobody answers.
    CloudTrailResponse.lookup_events = lambda self: '{"Events": []}'


def parse_template(template):
    """moto reads every template as YAML, which takes a second for a large one; the CDK writes JSON."""
    try:
        return json.loads(template)
    except ValueError:
        return parse_yaml(template)


def parameters_of(self):
    """moto tells the value that an SSM parameter resolves to in place of its name."""
    return [
        {"ParameterKey": name, "ParameterValue": given, **({} if resolved == given else {"ResolvedValue": resolved})}
        for name, resolved in self.resource_map.resolved_parameters.items()
        for given in [self.parameters.get(name, resolved)]
    ]


def naming_the_culprit(step):
    """moto does not tell which resource failed."""

    def wrapped(logical_id, resource_json, *arguments, **named):
        try:
            return step(logical_id, resource_json, *arguments, **named)
        except Exception as error:
            error.culprit = getattr(error, "culprit", (logical_id, resource_json["Type"]))
            raise

    return wrapped


def create(self, name, template, parameters, **named):
    """moto leaves a stack that failed in CREATE_IN_PROGRESS for ever, and knows no previous value of a parameter that had its default."""
    try:
        return create_stack(self, name, template, {**defaults(template), **parameters}, **named)
    except Exception as error:
        stack = next((one for one in self.stacks.values() if one.name == name and one.status == "CREATE_IN_PROGRESS"), None)
        if stack is None:
            raise
        give_up(self, stack, error)
        return stack


def fill(self, stack, change_set):
    """The first deployment of a stack that a change set has prepared."""
    stack.template, stack.role_arn, stack.tags = change_set.template, change_set.role_arn, change_set.tags or {}
    stack.parameters = {**defaults(change_set.template), **change_set.parameters}
    stack.cross_stack_resources = stack.resource_map.cross_stack_resources = self.exports
    stack._parse_template()
    stack._add_stack_event("CREATE_IN_PROGRESS", resource_status_reason="User Initiated")
    try:
        stack.resource_map.update(stack.template_dict, stack.parameters)
        stack.output_map = stack._create_output_map()
        publish_exports(self, stack)
        finish(stack, "CREATE_COMPLETE")
    except Exception as error:
        give_up(self, stack, error)


def defaults(template):
    declared = parse_template(template).get("Parameters", {})
    return {name: about["Default"] for name, about in declared.items() if "Default" in about}


def give_up(self, stack, error):
    record_failure(stack, "CREATE", error)
    roll_back(stack, stack.resource_map.delete, "ROLLBACK")
    withdraw_exports(self, stack)


def publish_exports(self, stack):
    withdraw_exports(self, stack)
    self.exports.update({export.name: export for export in stack.exports})


def withdraw_exports(self, stack):
    for name in [one for one, made in self.exports.items() if made.exporting_stack_id == stack.stack_id]:
        del self.exports[name]


def update(self, name, template, **named):
    """moto keeps the new template of an update that failed, so that the next one finds nothing to do; and it ignores new exports."""
    stack = self.get_stack(name)
    before = stack.template
    stack.cross_stack_resources = stack.resource_map.cross_stack_resources = self.exports
    try:
        updated = update_stack(self, name, template, **named)
    except Exception as error:
        record_failure(stack, "UPDATE", error)
        stack.template = before
        stack._parse_template()
        roll_back(stack, lambda: stack.resource_map.update(stack.template_dict), "UPDATE_ROLLBACK")
        return stack
    publish_exports(self, stack)
    return updated


def delete(self, name_or_stack_id):
    """moto deletes protected stacks, and forgets a stack that it failed to delete."""
    stack = next((one for one in self.stacks.values() if name_or_stack_id in (one.name, one.stack_id)), None)
    if stack is None:
        return
    if str(stack.enable_termination_protection).lower() == "true":
        raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    exports = {export.name: export for export in stack.exports}
    try:
        delete_stack(self, stack.stack_id)
    except Exception as error:
        self.stacks[stack.stack_id] = stack
        self.exports.update(exports)
        record_failure(stack, "DELETE", error)
        finish(stack, "DELETE_FAILED")


def update_resources(self, template, parameters=None):
    """moto removes before it makes, deletes what is retained, loses a resource it cannot update, and gives no new values to dependents."""
    modified = set(self.build_resource_diff(template, parameters)["Modify"])
    removed = {name: self._resource_json_map[name] for name in self._resource_json_map if name not in template["Resources"]}
    self._template = template
    self.input_parameters = parameters or self.input_parameters
    self.load_mapping()
    self.load_parameters()
    self.load_conditions()
    self._resource_json_map = template["Resources"]
    for name in template["Resources"]:
        self[name]
    while any([bring_up_to_date(self, name, modified) for name in template["Resources"]]):
        modified = set()
    gone = ResourceMap.__new__(ResourceMap)
    gone.__dict__ = {**self.__dict__, "_resource_json_map": removed}
    gone.delete()


def bring_up_to_date(self, name, modified):
    """True when the resource changed, so that those who refer to it have to be looked at again."""
    made, written = self[name], self._resource_json_map[name]
    if made is None or isinstance(made, str):
        return False
    if hasattr(made, "properties") and hasattr(made, "change"):
        if parsing.clean_json(written.get("Properties", {}), self) == made.properties:
            return False
    elif name not in modified:
        return False
    updated = parsing.parse_and_update_resource(name, written, self, account_id=self._account_id, region_name=self._region_name)
    self._parsed_resources[name] = made if updated is None else updated
    return True


def delete_unretained(self):
    """moto knows the policy Retain only."""
    kept = ("Retain", "RetainExceptOnCreate")
    everything = self._resource_json_map
    self._resource_json_map = {name: written for name, written in everything.items() if written.get("DeletionPolicy") not in kept}
    try:
        delete_resources(self)
    finally:
        self._resource_json_map = everything


def record_failure(stack, action, error):
    logical_id, kind = getattr(error, "culprit", (stack.name, "AWS::CloudFormation::Stack"))
    reason = getattr(error, "message", None) or str(error)
    event = Event(stack.stack_id, stack.name, logical_id, "", kind, f"{action}_FAILED", reason, None)
    stack.events.append(event)


def roll_back(stack, step, name):
    try:
        step()
        finish(stack, f"{name}_COMPLETE")
    except Exception as error:
        record_failure(stack, "DELETE", error)
        finish(stack, f"{name}_FAILED")


def finish(stack, status):
    stack.status = status
    stack._add_stack_event(status)


def update_termination_protection(self):
    """moto has no such operation."""
    stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
    return ActionResult({"StackId": stack.stack_id})
