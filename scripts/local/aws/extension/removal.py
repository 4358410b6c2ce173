"""Deleting stacks as CloudFormation does: in the background, in the order of dependencies, not while another stack imports from one."""

from threading import Thread

from moto.cloudformation.exceptions import ValidationError

from extension import exports
from extension.stack_states import alone, begin, finish, record_failure


def delete(self, name_or_stack_id):
    """moto deletes protected stacks and at once, forgets a stack that it failed to delete, and keeps the change sets of one that is gone."""
    stack = next((one for one in self.stacks.values() if name_or_stack_id in (one.name, one.stack_id)), None)
    if stack is None or stack.status == "DELETE_IN_PROGRESS":
        return
    if str(stack.enable_termination_protection).lower() == "true":
        raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    before = stack.status
    begin(stack, "DELETE_IN_PROGRESS")
    # It goes on whatever becomes of the command that has asked for it.
    Thread(target=remove, args=(self, stack, before), daemon=True).start()


@alone
def remove(self, stack, before):
    try:
        exports.refuse_removal(self, stack)
    except exports.InUse as error:
        finish(stack, before, f"Delete canceled. {error}")
        return
    try:
        stack.resource_map.delete()
    except Exception as error:
        record_failure(stack, "DELETE", error)
        logical_id, _ = error.culprit
        finish(stack, "DELETE_FAILED", f"The following resource(s) failed to delete: [{logical_id}]. ")
        return
    exports.withdraw(self, stack)
    for change_set in [one for one, made in self.change_sets.items() if made.stack_id == stack.stack_id]:
        del self.change_sets[change_set]
    self.deleted_stacks[stack.stack_id] = stack
    finish(stack, "DELETE_COMPLETE")
    del self.stacks[stack.stack_id]
