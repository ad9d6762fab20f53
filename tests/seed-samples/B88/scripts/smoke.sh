#!/bin/bash
while ! nc -z "$HOST" "$PORT"; do sleep 1; done
cmd="$@"
exec $cmd
