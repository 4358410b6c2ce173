"""Systems Manager: Run Command really runs, on machines that are really booted; hybrid activations register them; secrets are sealed."""

import os

from cryptography.fernet import Fernet, InvalidToken
from moto.moto_server.werkzeug_app import UNSIGNED_REQUESTS
from moto.ssm.models import Parameter
from moto.ssm.responses import SimpleSystemManagerResponse

from extension import activations, commands
from extension.nodes import Nodes

seal = Fernet(Fernet.generate_key())


def extend(folder, account, region):
    """FOLDER is the local AWS's own; the embedded hosts beside it publish the machines."""
    SimpleSystemManagerResponse.nodes = Nodes(account, region, os.path.join(folder, "..", "hosts", "nodes.json"))
    # The agent registers without credentials: the activation is its credential.
    UNSIGNED_REQUESTS["AmazonSSM"] = ("ssm", region)
    Parameter.encrypt, Parameter.decrypt = encrypt, decrypt
    operations = (
        commands.send_command, commands.get_command_invocation, commands.list_commands, commands.list_command_invocations,
        commands.cancel_command, activations.create_activation, activations.describe_activations, activations.delete_activation,
        activations.register_managed_instance, activations.deregister_managed_instance, activations.describe_instance_information,
    )  # fmt: skip
    for operation in operations:
        setattr(SimpleSystemManagerResponse, operation.__name__, operation)


def encrypt(self, value):
    """moto puts the plain value behind a prefix, where a request without decryption sees it."""
    return seal.encrypt(value.encode()).decode()


def decrypt(self, value):
    if self.parameter_type != "SecureString":
        return value
    try:
        return seal.decrypt(value.encode()).decode()
    except InvalidToken:
        return None
