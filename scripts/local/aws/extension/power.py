"""Machines that stop, start and end as on EC2: a state is reached when the booted host has reached it. moto changes the state alone, at once."""

import copy

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instances import Instance

from extension.booted import log, when

stop_instance, start_instance, terminate_instance = Instance.stop, Instance.start, Instance.terminate
CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}


def extend(booted):
    def stop(self):
        if self.state == "stopped" or self.state == "stopping":
            return copy.copy(self._state)
        return leave(self, "stopping", "stopped", stop_instance)

    def terminate(self):
        if self.state in ("terminated", "shutting-down"):
            return copy.copy(self._state)
        return leave(self, "shutting-down", "terminated", terminate_instance)

    def leave(self, meanwhile, state, finish):
        # A machine that is starting can be ended, not stopped.
        require(self, state, "running", *(("pending", "stopping", "stopped") if state == "terminated" else ()))
        before = copy.copy(self._state)
        log(f"{self.id}: {meanwhile}")
        enter(self, meanwhile)

        def end():
            finish(self)
            log(f"{self.id}: {state}")

        if booted.is_on(self.id):
            when(lambda: not booted.is_on(self.id), end)
        else:
            end()
        return before

    def start(self):
        require(self, "started", "running", "pending", "stopped")
        log(f"{self.id}: starting")
        return start_instance(self)

    Instance.stop, Instance.start, Instance.terminate = stop, start, terminate


def enter(instance, state):
    instance._state.name, instance._state.code = state, CODES[state]


def require(instance, what, *states):
    if instance.state not in states:
        raise EC2ClientError("IncorrectInstanceState", f"The instance '{instance.id}' is not in a state from which it can be {what}.")
