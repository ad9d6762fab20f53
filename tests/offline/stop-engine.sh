#!/usr/bin/env bash
# Usage: stop-engine.sh
# Stops the private engine with its containers; images and volumes stay for the next start-engine.sh.
set -euo pipefail
# shellcheck source=engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/engine-env.sh"

pid=$(engine_pid)
if [ -z "$pid" ]; then
  end_leftovers
  say "the engine does not run"
  exit 0
fi
kill "$pid"
for _ in $(seq 120); do # containers get 10 s each to end, in parallel
  [ -n "$(engine_pid)" ] || { end_leftovers; say "stopped"; exit 0; }
  sleep 0.25
done
fail "dockerd (pid $pid) has not ended after 30 s; its log is $ENGINE_LOG"
