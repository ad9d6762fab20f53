"""Checks files of ecs/ against the models of botocore: names and types by its own validator, which knows no enums and no ranges; those are walked here."""
import json
import pathlib
import re
import sys

import botocore.session
from botocore.validate import ParamValidator

OPERATIONS = {
    "task-definition": ("ecs", "RegisterTaskDefinition"),
    "service": ("ecs", "CreateService"),
    "service-update": ("ecs", "UpdateService"),
    "run-task": ("ecs", "RunTask"),
    "repository": ("ecr", "CreateRepository"),
    "lifecycle-policy": ("ecr", "PutLifecyclePolicy"),
    "log-group": ("logs", "CreateLogGroup"),
    "log-retention": ("logs", "PutRetentionPolicy"),
}
session = botocore.session.get_session()
models = {name: session.get_service_model(name) for name in ("ecs", "ecr", "logs")}


def walk(shape, value, place):
    limits = shape.metadata
    if shape.type_name == "structure":
        for name, member in value.items():
            if name in shape.members:
                yield from walk(shape.members[name], member, f"{place}.{name}")
    elif shape.type_name == "list":
        yield from bounds(limits, len(value), place)
        for index, member in enumerate(value):
            yield from walk(shape.member, member, f"{place}[{index}]")
    elif shape.type_name == "map":
        for name, member in value.items():
            yield from walk(shape.key, name, f"{place}.{name}")
            yield from walk(shape.value, member, f"{place}.{name}")
    elif shape.type_name == "string":
        if limits.get("enum") and value not in limits["enum"]:
            yield f"{place}: {value} is none of {', '.join(limits['enum'])}"
        yield from bounds(limits, len(value), place)
        if "pattern" in limits and not value.startswith("REPLACE_ME:") and not re.fullmatch(python(limits["pattern"]), value):
            yield f"{place}: {value} does not match {limits['pattern']}"
    elif shape.type_name in ("integer", "long"):
        yield from bounds(limits, value, place)


def python(pattern):
    # The classes of Java that AWS uses.
    return pattern.replace(r"\p{L}", r"\w").replace(r"\p{Z}", r"\s").replace(r"\p{N}", r"\d")


def bounds(limits, value, place):
    if value < limits.get("min", value) or value > limits.get("max", value):
        yield f"{place}: {value} is not within {limits.get('min')} and {limits.get('max')}"


found = checked = 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.json")):
    service, operation = OPERATIONS[path.stem]
    shape = models[service].operation_model(operation).input_shape
    value = json.loads(path.read_text())
    report = ParamValidator().validate(value, shape)
    problems = [report.generate_report()] if report.has_errors() else list(walk(shape, value, ""))
    for problem in problems:
        print(f"{path.relative_to(sys.argv[1])}: {problem}")
    found += len(problems)
    checked += 1
print(f"{checked} files, {found} problems")
sys.exit(1 if found else 0)
