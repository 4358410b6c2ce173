"""Values that one stack exports and others import. moto lets an export change or go while it is imported."""

from moto.cloudformation.parsing import clean_json


class InUse(Exception):
    """CloudFormation's words for an export that another stack imports."""


def publish(cloud, stack):
    withdraw(cloud, stack)
    cloud.exports.update({export.name: export for export in stack.exports})


def withdraw(cloud, stack):
    for name in published(cloud, stack):
        del cloud.exports[name]


def refuse_changes(cloud, stack):
    """Raises InUse when an update has changed or removed an export that another stack imports."""
    now = {export.name: export.value for export in stack.exports}
    for name in published(cloud, stack):
        importer = importer_of(cloud, name)
        if importer and now.get(name) != cloud.exports[name].value:
            what = "updated" if name in now else "deleted"
            raise InUse(f"Export {name} cannot be {what} as it is in use by {importer}")


def refuse_removal(cloud, stack):
    for name in published(cloud, stack):
        importer = importer_of(cloud, name)
        if importer:
            raise InUse(f"Cannot delete export {name} as it is in use by {importer}")


def published(cloud, stack):
    return [name for name, export in cloud.exports.items() if export.exporting_stack_id == stack.stack_id]


def importer_of(cloud, name):
    """A stack that is only prepared imports nothing yet."""
    users = (one for one in cloud.stacks.values() if one.status != "REVIEW_IN_PROGRESS" and name in imports(one.template_dict, one.resource_map))
    return next((one.name for one in users), None)


def imports(value, resource_map):
    if isinstance(value, list):
        return {name for each in value for name in imports(each, resource_map)}
    if not isinstance(value, dict):
        return set()
    found = {name for each in value.values() for name in imports(each, resource_map)}
    return found | ({clean_json(value["Fn::ImportValue"], resource_map)} if "Fn::ImportValue" in value else set())
