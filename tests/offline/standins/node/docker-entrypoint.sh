#!/bin/sh
set -e
# `docker run node:24 --version` and `docker run node:24 app.js` mean node's arguments; anything that is a command runs as it is.
case $1 in
  -*) set -- node "$@" ;;
  *)
    if ! command -v "$1" >/dev/null || { [ -f "$1" ] && [ ! -x "$1" ]; }; then
      set -- node "$@"
    fi
    ;;
esac
exec "$@"
