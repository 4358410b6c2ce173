"""Change sets that `cdk diff` and `cdk deploy` can rely on: moto reports neither properties nor replacements, and loses outputs and exports."""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse

from extension import stacks

changes_of = ChangeSet.diff
parameter = CloudFormationResponse._get_param


def extend():
    ChangeSet.diff = changes
    CloudFormationBackend.describe_change_set = describe
    CloudFormationBackend.delete_change_set = delete
    CloudFormationBackend.execute_change_set = execute
    CloudFormationResponse._get_param = parameter_of
    # moto gives the values that SSM parameters resolve to for the previous values of parameters.
    Stack.stack_parameters = property(lambda stack: stack.parameters)


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFound"


def parameter_of(self, name, default=None):
    """moto takes a change set's name for unique; the CDK gives those of all stacks the same one."""
    value = parameter(self, name, default)
    if name != "ChangeSetName" or self._get_action() == "CreateChangeSet":
        return value
    stack, made = parameter(self, "StackName"), self.cloudformation_backend.change_sets
    same_name = (one for one, it in made.items() if value == it.change_set_name and stack in (it.stack_name, it.stack_id))
    return value if value in made else next(same_name, f"{value} of {stack}")


def describe(self, change_set_name):
    if change_set_name not in self.change_sets:
        raise ChangeSetNotFound(f"ChangeSet [{change_set_name}] does not exist")
    return self.change_sets[change_set_name]


def changes(self):
    """Each change with the properties that differ; the CDK takes a change without them for none."""
    found = changes_of(self)
    had, wanted = self.stack.template_dict.get("Resources", {}), self.template_dict["Resources"]
    for change in found:
        before, after = (resources.get(change.logical_resource_id, {}).get("Properties", {}) for resources in (had, wanted))
        replaced_by = getattr(parsing.resource_class_from_type(change.resource_type), "replaced_by", ())
        names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
        change.details = [detail(name, name in replaced_by) for name in names] if change.action == "Modify" else []
        if change.action == "Modify":
            change.replacement = "True" if any(name in replaced_by for name in names) else "False"
        change.scope = ["Properties"]
    return found


def detail(name, replaces):
    target = {"Attribute": "Properties", "Name": name, "RequiresRecreation": "Always" if replaces else "Never"}
    return {"Target": target, "Evaluation": "Static", "ChangeSource": "DirectModification"}


def delete(self, change_set_name):
    """moto fails when there is none of this name; AWS does not mind."""
    self.change_sets.pop(change_set_name, None)


def execute(self, change_set_name, stack_name=None):
    change_set = self.describe_change_set(change_set_name)
    stack = self.stacks[change_set.stack_id]
    for other in [one for one, made in self.change_sets.items() if made.stack_id == stack.stack_id]:
        del self.change_sets[other]
    if stack.status == "REVIEW_IN_PROGRESS":
        stacks.fill(self, stack, change_set)
        return
    parameters = [{"ParameterKey": name, "ParameterValue": value} for name, value in change_set.parameters.items()]
    self.update_stack(stack.name, change_set.template, role_arn=change_set.role_arn, parameters=parameters, tags=change_set.tags)
