#!/usr/bin/env bash
# Usage: restart-engine.sh
# Stops the private engine and starts it again, with its containers that are meant to run. Tests call it at their end, by DUSKSTACK_ENGINE_RESTART.
set -euo pipefail
offline=$(dirname "${BASH_SOURCE[0]}")
bash "$offline/stop-engine.sh"
bash "$offline/start-engine.sh" >/dev/null
