"""The resources of one stack: updated, replaced and retained as CloudFormation does. Each function says what moto does instead."""

from moto.cloudformation import parsing
from moto.cloudformation.parsing import ResourceMap

create_one, update_one = parsing.parse_and_create_resource, parsing.parse_and_update_resource
delete_resources = ResourceMap.delete
# How far a new value travels from one resource to the next.
LONGEST_CHAIN = 10


def extend():
    parsing.parse_and_create_resource = naming_the_culprit(create_one)
    parsing.parse_and_update_resource = naming_the_culprit(update_one)
    ResourceMap.update = update_resources
    ResourceMap.delete = delete_unretained


def naming_the_culprit(step):
    """moto does not tell which resource failed."""

    def wrapped(logical_id, resource_json, *arguments, **named):
        try:
            return step(logical_id, resource_json, *arguments, **named)
        except Exception as error:
            error.culprit = getattr(error, "culprit", (logical_id, resource_json["Type"]))
            raise

    return wrapped


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
    for _ in range(LONGEST_CHAIN):
        if not any([bring_up_to_date(self, name, modified) for name in template["Resources"]]):
            break
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
    """moto knows the policy Retain only. The other one does not keep what a failed deployment made."""
    kept = ("Retain",) if getattr(self, "is_rolling_back", False) else ("Retain", "RetainExceptOnCreate")
    everything = self._resource_json_map
    self._resource_json_map = {name: written for name, written in everything.items() if written.get("DeletionPolicy") not in kept}
    try:
        delete_resources(self)
    finally:
        self._resource_json_map = everything
