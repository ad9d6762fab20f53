"""Hands every file of ecs/ to the AWS CLI by --cli-input-json. What it accepts it sends, and nobody listens; what it does not accept it never sends."""
import contextlib
import io
import os
import pathlib
import sys

from awscli.clidriver import create_clidriver

COMMANDS = {
    "task-definition": ("ecs", "register-task-definition"),
    "service": ("ecs", "create-service"),
    "service-update": ("ecs", "update-service"),
    "run-task": ("ecs", "run-task"),
    "repository": ("ecr", "create-repository"),
    "lifecycle-policy": ("ecr", "put-lifecycle-policy"),
    "log-group": ("logs", "create-log-group"),
    "log-retention": ("logs", "put-retention-policy"),
}
os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="eu-central-1", AWS_MAX_ATTEMPTS="1", AWS_PAGER="", AWS_EC2_METADATA_DISABLED="true")

found = checked = 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.json")):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        create_clidriver().main([*COMMANDS[path.stem], "--cli-input-json", f"file://{path}", "--endpoint-url", "http://127.0.0.1:9"])
    if "Could not connect to the endpoint URL" not in said.getvalue():
        print(f"{path.relative_to(sys.argv[1])}: {said.getvalue().strip()}")
        found += 1
    checked += 1
print(f"{checked} files, {found} problems")
sys.exit(1 if found else 0)
