"""CloudFormation stacks that update, fail, export, retain and refuse deletion as on AWS. Each function says what moto does instead."""

import json
from functools import wraps
from threading import RLock

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, Event, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult

parse_yaml = Stack.parse_template
create_stack, update_stack, delete_stack = CloudFormationBackend.create_stack, CloudFormationBackend.update_stack, CloudFormationBackend.delete_stack
outputs = Stack.outputs.fget
one_at_a_time = RLock()


def alone(operation):
    """moto lets two requests change stacks at the same time; a command that was killed may leave one running while the next one comes."""

    @wraps(operation)
    def locked(*arguments, **named):
        with one_at_a_time:
            return operation(*arguments, **named)

    return locked


def extend():
    Stack.parse_template = staticmethod(parse_template)
    Stack.parameter_list = property(parameters_of)
    Stack.stack_resources = property(resources_of)
    Stack.outputs = property(outputs_of)
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


def resources_of(self):
    """moto makes what is missing when it is asked what there is: after a rollback that is everything."""
    made = self.resource_map._parsed_resources
    return [made[name] for name in self.resource_map.resources if made.get(name) is not None]


def outputs_of(self):
    """moto makes the resources that outputs refer to, also of a stack that is being made or is gone."""
    return outputs(self) if self.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE") else None


@alone
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


@alone
def fill(self, stack, change_set):
    """The first deployment of a stack that a change set has prepared."""
    stack.template, stack.role_arn, stack.tags = change_set.template, change_set.role_arn, change_set.tags or {}
    stack.status = "CREATE_IN_PROGRESS"
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
    withdraw_exports(self, stack)
    roll_back(stack, stack.resource_map.delete, "ROLLBACK")


def publish_exports(self, stack):
    withdraw_exports(self, stack)
    self.exports.update({export.name: export for export in stack.exports})


def withdraw_exports(self, stack):
    for name in [one for one, made in self.exports.items() if made.exporting_stack_id == stack.stack_id]:
        del self.exports[name]


@alone
def update(self, name, template, **named):
    """moto keeps the new template of an update that failed, so that the next one finds nothing to do; and it ignores new exports."""
    stack = self.get_stack(name)
    before, stack.status = stack.template, "UPDATE_IN_PROGRESS"
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


@alone
def delete(self, name_or_stack_id):
    """moto deletes protected stacks, forgets a stack that it failed to delete, and keeps the change sets of one that is gone."""
    stack = next((one for one in self.stacks.values() if name_or_stack_id in (one.name, one.stack_id)), None)
    if stack is None:
        return
    if str(stack.enable_termination_protection).lower() == "true":
        raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    exports = {export.name: export for export in stack.exports}
    try:
        delete_stack(self, stack.stack_id)
        for change_set in [one for one, made in self.change_sets.items() if made.stack_id == stack.stack_id]:
            del self.change_sets[change_set]
    except Exception as error:
        self.stacks[stack.stack_id] = stack
        self.exports.update(exports)
        record_failure(stack, "DELETE", error)
        finish(stack, "DELETE_FAILED")


def record_failure(stack, action, error):
    logical_id, kind = getattr(error, "culprit", (stack.name, "AWS::CloudFormation::Stack"))
    reason = getattr(error, "message", None) or str(error)
    event = Event(stack.stack_id, stack.name, logical_id, "", kind, f"{action}_FAILED", reason, None)
    stack.events.append(event)


def roll_back(stack, step, name):
    stack.resource_map.is_rolling_back = True
    try:
        step()
        finish(stack, f"{name}_COMPLETE")
    except Exception as error:
        record_failure(stack, "DELETE", error)
        finish(stack, f"{name}_FAILED")
    finally:
        stack.resource_map.is_rolling_back = False


def finish(stack, status):
    stack.status = status
    stack._add_stack_event(status)


def update_termination_protection(self):
    """moto has no such operation."""
    stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
    return ActionResult({"StackId": stack.stack_id})
