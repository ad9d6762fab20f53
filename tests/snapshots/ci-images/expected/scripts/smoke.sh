#!/usr/bin/env bash
# Does production start, and does it answer? Starts it under a name and on ports of its own, asks it, and takes it away with its data.
#   TAG=1.4.0 bash scripts/smoke.sh              starts the images of that tag
#   bash scripts/smoke.sh --running              asks what runs already, and changes nothing
#   bash scripts/smoke.sh --running --project P  ... under another project name
# Prints a row for every container and every published service; exit code 1 when one of them is not well.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }
fail() { echo "smoke: $1" >&2; exit 1; }

running=false project=
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --running) running=true ;;
    --project) [ $# -ge 2 ] || { usage >&2; exit 64; }; project=$2; shift ;;
    *) usage >&2; exit 64 ;;
  esac
  shift
done
[ "$running" = true ] || [ -z "$project" ] || { usage >&2; exit 64; }
cd "$(dirname "$0")/.."

compose() { docker compose -f compose.prod.yaml "$@"; }
if [ -n "$project" ]; then export COMPOSE_PROJECT_NAME=$project; fi

if [ "$running" = false ]; then
  export COMPOSE_PROJECT_NAME=notes-smoke-$$
  trap 'compose down --volumes --remove-orphans --timeout 5 >/dev/null 2>&1 || echo "smoke: could not take $COMPOSE_PROJECT_NAME away" >&2' EXIT
  trap 'exit 130' INT TERM
  # What it says goes to a file: of a start that went well nobody wants to read it.
  log=$(mktemp)
  if ! compose up --detach --no-build --wait --wait-timeout 300 >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    compose logs --no-color --tail 20 >&2 || true
    echo "smoke: it does not start" >&2
  fi
  rm -f "$log"
fi

bad=0
row() { printf '%-32s %s\n' "$1" "$2"; }
health() { # health SERVICE
  local ids id state
  ids=$(compose ps --all --quiet "$1")
  if [ -z "$ids" ]; then row "$1" "not there"; bad=$((bad + 1)); fi
  for id in $ids; do
    state=$(docker inspect --format '{{.State.Status}}{{if .State.Health}} {{.State.Health.Status}}{{end}}' "$id")
    case "$state" in 'running healthy' | running) ;; *) bad=$((bad + 1)) ;; esac
    row "$1" "$state"
  done
}
health mail
if [ "$bad" -gt 0 ]; then
  echo "smoke: $bad not well" >&2
  exit 1
fi
