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
command -v curl >/dev/null || fail "curl is needed"
cd "$(dirname "$0")/.."

compose() { docker compose -f compose.prod.yaml "$@"; }
if [ -n "$project" ]; then export COMPOSE_PROJECT_NAME=$project; fi

if [ "$running" = false ]; then
  bash scripts/secrets.sh --check >/dev/null || fail "secrets are missing; run: bash scripts/secrets.sh"
  export COMPOSE_PROJECT_NAME=todo-smoke-$$
  # Ports below those that systems hand out by themselves, each tried first.
  next=$((20000 + RANDOM % 8000))
  free_port() {
    while (exec 3<>"/dev/tcp/127.0.0.1/$next") 2>/dev/null; do next=$((next + 1)); done
    port=$next next=$((next + 1))
  }
  free_port
  export FRONTEND_PORT=$port
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
ask() { # ask SERVICE PORT PATH
  local address code
  address=$(compose port "$1" "$2" 2>/dev/null | sed 's/^0\.0\.0\.0:/127.0.0.1:/; s/^\[::\]:/127.0.0.1:/' | head -n 1)
  if [ -z "$address" ]; then row "$1 $3" "not published"; bad=$((bad + 1)); return; fi
  code=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 "http://$address$3" || true)
  case "$code" in 2??) ;; *) bad=$((bad + 1)) ;; esac
  row "$1 http://$address$3" "$code"
}
health postgres
health backend
health frontend
for id in $(compose ps --all --quiet backend-migrate); do
  state=$(docker inspect --format '{{.State.Status}} {{.State.ExitCode}}' "$id")
  [ "$state" = 'exited 0' ] || bad=$((bad + 1))
  row backend-migrate "$state"
done
ask frontend 3000 /api/health
if [ "$bad" -gt 0 ]; then
  echo "smoke: $bad not well" >&2
  exit 1
fi
