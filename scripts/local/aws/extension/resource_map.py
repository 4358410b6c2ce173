"""The resources of one stack: updated, replaced and retained as CloudFormation does. Each function says what moto does instead."""

import re

from moto.cloudformation import parsing
from moto.cloudformation.parsing import ResourceMap

from extension.base import NotStabilized, Recorded

create_one, update_one = parsing.parse_and_create_resource, parsing.parse_and_update_resource
# How far a new value travels from one resource to the next.
LONGEST_CHAIN = 10


def extend():
    parsing.parse_and_create_resource = naming_the_culprit(create_one)
    parsing.parse_and_update_resource = naming_the_culprit(update_one)
    ResourceMap.update = update_resources
    ResourceMap.delete = delete_unretained


def naming_the_culprit(step):
    """moto does not say which resource failed."""

    def wrapped(logical_id, resource_json, *arguments, **named):
        try:
            return step(logical_id, resource_json, *arguments, **named)
        except Exception as error:
            error.culprit = getattr(error, "culprit", (logical_id, resource_json["Type"]))
            raise

    return wrapped


def update_resources(self, template, parameters=None):
    """
    moto removes before it makes, deletes what is retained, loses a resource it cannot update, and gives no new values to dependents.
    What is replaced or gone stays until `clean_up`, which comes when the whole update has succeeded.
    """
    self.before, self.replaced, self.gone = dict(self._parsed_resources), [], {}
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
    self.gone = removed


def clean_up(self):
    """Removes what an update has replaced, and what its template no longer has."""
    old = [(name, made) for name, made, policy in self.replaced if policy != "Retain"]
    self.replaced = []
    for name, made in sorted(old, key=lambda one: len(users_of(one[0], self._resource_json_map))):
        made.remove()
    gone = ResourceMap.__new__(ResourceMap)
    gone.__dict__ = {**self.__dict__, "_resource_json_map": self.gone}
    gone.delete()


def restore_replaced(self):
    """Removes what a failed update has made in place of something else, which is then in force again. The rest follows the old template."""
    written = self._resource_json_map
    made_anew = [name for name, _, _ in self.replaced]
    self.replaced = []
    for name in dependents_first(made_anew, written):
        self._parsed_resources[name].remove()
        self._parsed_resources[name] = self.before[name]


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
    if isinstance(made, Recorded) and updated is not made:
        self.replaced.append((name, made, written.get("UpdateReplacePolicy")))
    self._parsed_resources[name] = made if updated is None else updated
    return True


def delete_unretained(self):
    """moto deletes in any order and knows the policy Retain only. The other one does not keep what a failed deployment made."""
    kept = ("Retain",) if getattr(self, "is_rolling_back", False) else ("Retain", "RetainExceptOnCreate")
    written = self._resource_json_map
    waiting = dependents_first([name for name in written if written[name].get("DeletionPolicy") not in kept], written)
    while waiting:
        failed = delete_each(self, waiting)
        # A resource that did not reach its state is not asked again, and another round helps only
        # after some progress.
        if len(failed) == len(waiting) or any(isinstance(error, NotStabilized) for error in failed.values()):
            raise next(error for error in failed.values() if error is not None)
        waiting = list(failed)


def delete_each(self, names):
    """Deletes these in this order, and nothing that one which is left refers to. Answers those that are left, each with its error."""
    failed = {}
    for name in names:
        if users_of(name, self._resource_json_map) & set(failed):
            failed[name] = None
            continue
        made, written = self._parsed_resources.get(name), self._resource_json_map[name]
        try:
            if made is not None and not isinstance(made, str):
                self._delete_resource(made, written)
                self._parsed_resources.pop(name)
        except Exception as error:
            error.culprit = (name, written["Type"])
            failed[name] = error
    return failed


def dependents_first(names, written):
    """What refers to a resource comes before it."""
    ordered = []

    def add(name):
        for user in sorted(users_of(name, written) & set(names)):
            if user not in ordered:
                add(user)
        if name not in ordered:
            ordered.append(name)

    for name in names:
        add(name)
    return ordered


def users_of(name, written):
    return {other for other, resource in written.items() if other != name and name in references(resource)}


def references(value):
    """Names that a piece of a template refers to by Ref, Fn::GetAtt, Fn::Sub or DependsOn."""
    if isinstance(value, list):
        return {name for each in value for name in references(each)}
    if not isinstance(value, dict):
        return set()
    found = {name for each in value.values() for name in references(each)}
    for key, argument in value.items():
        if key in ("Ref", "DependsOn", "Fn::GetAtt"):
            names = argument if isinstance(argument, list) else [argument]
            found |= {names[0].split(".")[0]} if key == "Fn::GetAtt" else {each for each in names if isinstance(each, str)}
        if key == "Fn::Sub":
            found |= set(re.findall(r"\$\{(\w+)", argument[0] if isinstance(argument, list) else argument))
    return found
