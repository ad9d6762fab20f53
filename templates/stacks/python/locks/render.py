"""Renders the template on stdin for make.sh: name, set, package manager. It knows a name, and `if` around whole lines."""

import sys

name, databases, manager = sys.argv[1:]
model = {
    "postgres": databases.startswith(("postgres", "pgvector")),
    "redis": databases.endswith("redis"),
    "vector": databases.startswith("pgvector"),
    "uv": manager == "uv",
    "poetry": manager == "poetry",
}

wanted = True
for line in sys.stdin:
    if line.startswith("{" + "{#if "):
        wanted = model[line.strip()[6:-2]]
    elif line.startswith("{" + "{/if}}"):
        wanted = True
    elif wanted:
        sys.stdout.write(line.replace("{" + "{name}}", name))
