"""CloudFormation stacks that update, fail, export, retain and refuse deletion as on AWS. Each function says what moto does instead."""

import json

from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult

from extension import exports, removal
from extension.resource_map import clean_up, restore_replaced
from extension.stack_states import alone, begin, finish, record_failure, roll_back

parse_yaml = Stack.parse_template
create_stack = CloudFormationBackend.create_stack
outputs = Stack.outputs.fget


def extend():
    Stack.parse_template = staticmethod(parse_template)
    Stack.parameter_list = property(parameters_of)
    Stack.stack_resources = property(resources_of)
    Stack.outputs = property(outputs_of)
    CloudFormationBackend.create_stack = create
    CloudFormationBackend.update_stack = update
    CloudFormationBackend.delete_stack = removal.delete
    CloudFormationResponse.update_termination_protection = update_termination_protection
    # Where the CDK looks for the cause of a failure, for half a minute when no service answers.
    CloudTrailResponse.lookup_events = lambda self: '{"Events": []}'


def parse_template(template):
    """moto reads every template as YAML, which takes a second for a large one; the CDK writes JSON."""
    try:
        return json.loads(template)
    except ValueError:
        return parse_yaml(template)


def parameters_of(self):
    """moto returns the value that an SSM parameter resolves to in place of its name."""
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
        exports.publish(self, stack)
        finish(stack, "CREATE_COMPLETE")
    except Exception as error:
        give_up(self, stack, error)


def defaults(template):
    declared = parse_template(template).get("Parameters", {})
    return {name: about["Default"] for name, about in declared.items() if "Default" in about}


def give_up(self, stack, error):
    record_failure(stack, "CREATE", error)
    exports.withdraw(self, stack)
    roll_back(stack, stack.resource_map.delete, "ROLLBACK")


@alone
def update(self, name, template, role_arn=None, parameters=None, tags=None):
    """moto keeps the new template of an update that failed, so that the next one finds nothing to do; and it ignores new exports."""
    stack = self.get_stack(name)
    given = self._resolve_update_parameters(instance=stack, incoming_params=parameters)
    stack.cross_stack_resources = stack.resource_map.cross_stack_resources = self.exports
    before = stack.template
    begin(stack, "UPDATE_IN_PROGRESS")
    try:
        bring_to(stack, template, given)
        exports.refuse_changes(self, stack)
    except Exception as error:
        record_failure(stack, "UPDATE", error)
        roll_back(stack, lambda: restore(stack, before), "UPDATE_ROLLBACK")
        return stack
    stack.role_arn, stack.parameters = role_arn, given or stack.parameters
    stack.tags = stack.tags if tags is None else tags
    exports.publish(self, stack)
    leave_behind(stack)
    return stack


def bring_to(stack, template, parameters):
    stack.template = template
    stack._parse_template()
    stack.resource_map.update(stack.template_dict, parameters)
    stack.output_map = stack._create_output_map()


def restore(stack, template):
    restore_replaced(stack.resource_map)
    bring_to(stack, template, stack.parameters)
    clean_up(stack.resource_map)


def leave_behind(stack):
    """The update has succeeded whatever becomes of the resources that it no longer needs."""
    begin(stack, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", None)
    try:
        clean_up(stack.resource_map)
        finish(stack, "UPDATE_COMPLETE")
    except Exception as error:
        record_failure(stack, "DELETE", error)
        finish(stack, "UPDATE_COMPLETE", "Update successful. One or more resources could not be deleted.")


def update_termination_protection(self):
    """moto has no such operation."""
    stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
    return ActionResult({"StackId": stack.stack_id})
