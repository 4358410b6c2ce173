"""How a stack goes from one status to the next, with the events that say why."""

from functools import wraps
from threading import RLock

from moto.cloudformation.models import Event

from extension import exports

one_at_a_time = RLock()


def alone(operation):
    """moto lets two requests change stacks at the same time; a command that was killed may leave one running while the next one comes."""

    @wraps(operation)
    def locked(*arguments, **named):
        with one_at_a_time:
            return operation(*arguments, **named)

    return locked


def record_failure(stack, action, error):
    reason = getattr(error, "message", None) or str(error)
    if isinstance(error, exports.InUse):
        stack._add_stack_event("UPDATE_ROLLBACK_IN_PROGRESS", resource_status_reason=reason)
        return
    logical_id, kind = getattr(error, "culprit", (stack.name, "AWS::CloudFormation::Stack"))
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


def begin(stack, status, reason="User Initiated"):
    stack.status = status
    stack._add_stack_event(status, resource_status_reason=reason)


def finish(stack, status, reason=None):
    stack.status = status
    stack._add_stack_event(status, resource_status_reason=reason)
