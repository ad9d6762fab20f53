#!/usr/bin/env bash
# Brings a file of scripts/backup.sh back. Applications are stopped for the last step only, and started again.
#   bash scripts/restore.sh FILE          refuses when something is there already
#   bash scripts/restore.sh --yes FILE    replaces what is there
# The database is made anew beside the old one, which is dropped when everything runs on the new one: until then nothing is lost.
# Exit codes: 1 failed, and what was there is there; 4 refused without --yes; 64 usage.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }
fail() { echo "restore: $1" >&2; exit 1; }

yes=false file=
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage; exit 0 ;;
    --yes) yes=true ;;
    -*) usage >&2; exit 64 ;;
    *) [ -z "$file" ] || { usage >&2; exit 64; }; file=$argument ;;
  esac
done
[ -n "$file" ] || { usage >&2; exit 64; }
[ -r "$file" ] || fail "$file cannot be read"
file=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")
cd "$(dirname "$0")/.."

compose() { docker compose -f compose.prod.yaml "$@"; }

stopped=
stop_containers() { # stop_containers ID...: remembers those that run
  [ $# -gt 0 ] || return 0
  stopped="$stopped $*"
  docker stop "$@" >/dev/null
}

start_stopped() { # the same containers as before, so that no other release starts
  local id i state
  [ -n "$stopped" ] || return 0
  # shellcheck disable=SC2086 # a list of ids
  docker start $stopped >/dev/null
  for id in $stopped; do
    for ((i = 0; i < 180; i++)); do
      state=$(docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$id")
      case "$state" in healthy | running) continue 2 ;; esac
      sleep 1
    done
    echo "restore: warning: $(docker inspect --format '{{.Name}}' "$id") is $state" >&2
  done
  stopped=
}

sql() { # sql DATABASE: statements from standard input
  compose exec -T postgres psql -U pivotal -d "$1" -v ON_ERROR_STOP=1 -qAt
}

swapped=false
undo() { # when something fails: the old database serves again
  local code=$?
  trap - EXIT
  [ "$code" != 0 ] || exit 0
  if [ "$swapped" = true ]; then
    sql postgres >/dev/null <<'SQL' || echo "restore: the old database is there as duskstack_before; rename it by hand" >&2
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'pivotal';
BEGIN;
ALTER DATABASE "pivotal" RENAME TO duskstack_restoring;
ALTER DATABASE duskstack_before RENAME TO "pivotal";
COMMIT;
SQL
  fi
  sql postgres >/dev/null 2>&1 <<'SQL' || true
ALTER DATABASE "pivotal" ALLOW_CONNECTIONS true;
DROP DATABASE IF EXISTS duskstack_restoring WITH (FORCE);
SQL
  start_stopped || true
  echo "restore: failed; the database is what it was" >&2
  exit "$code"
}

restore_database() {
  local tables id oneshots
  [ -n "$(compose ps --status running --quiet postgres)" ] || fail "postgres does not run; start it: docker compose -f compose.prod.yaml up -d --wait postgres"
  compose exec -T postgres pg_restore --file=/dev/null <"$file" || fail "$file is damaged"
  tables=$(echo "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')" | sql pivotal) || fail "the database pivotal does not answer"
  if [ "$tables" != 0 ] && [ "$yes" = false ]; then
    echo "restore: the database pivotal has $tables tables; to replace it: bash scripts/restore.sh --yes $file" >&2
    exit 4
  fi
  [ -z "$(echo "SELECT 1 FROM pg_database WHERE datname = 'duskstack_before'" | sql postgres)" ] \
    || fail "a restore before this one did not end: its old database is there as duskstack_before; drop it or give it another name"

  trap undo EXIT
  trap 'exit 130' INT TERM
  sql postgres <<'SQL'
SET client_min_messages = warning;
DROP DATABASE IF EXISTS duskstack_restoring WITH (FORCE);
CREATE DATABASE duskstack_restoring TEMPLATE template0;
SQL
  compose exec -T postgres pg_restore -U pivotal -d duskstack_restoring --exit-on-error <"$file"

  # The containers of now, whatever release they are.
  # shellcheck disable=SC2046 # a list of ids
  stop_containers $(compose ps --status running --quiet backend frontend)
  sql postgres >/dev/null <<'SQL'
ALTER DATABASE "pivotal" ALLOW_CONNECTIONS false;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'pivotal';
BEGIN;
ALTER DATABASE "pivotal" RENAME TO duskstack_before;
ALTER DATABASE duskstack_restoring RENAME TO "pivotal";
COMMIT;
SQL
  swapped=true

  # A backup may be older than the applications: their migrations run again.
  oneshots=$(compose ps --all --quiet backend-migrate)
  for id in $oneshots; do
    docker start --attach "$id" || { echo "restore: $(docker inspect --format '{{.Name}}' "$id") failed on the restored database" >&2; exit 1; }
  done
  start_stopped
  trap - EXIT
  echo 'DROP DATABASE duskstack_before WITH (FORCE)' | sql postgres
  echo "pivotal: restored, $(echo "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')" | sql pivotal) tables"
}

read_volume() { docker run --rm --network none --user 0:0 --entrypoint sh -v "$1:/volume" postgres:17.11-trixie -c "$2"; }

restore_volumes() {
  local project name volume names='' full='' known='redis_data.tar '
  project=$(compose config | sed -n 's/^name: "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p')
  for name in $(tar -tf "$file"); do
    case " $known" in
      *" $name "*) names="$names ${name%.tar}" ;;
      *) fail "$file holds $name, which is no volume of this project" ;;
    esac
    tar -xOf "$file" "$name" | tar -tf - >/dev/null || fail "$name in $file is damaged"
  done
  for name in $names; do
    volume=${project}_$name
    # With Compose's labels: it would warn of a volume that it does not know.
    docker volume inspect "$volume" >/dev/null 2>&1 || docker volume create --label "com.docker.compose.project=$project" --label "com.docker.compose.volume=$name" "$volume" >/dev/null
    [ -z "$(read_volume "$volume" 'find /volume -mindepth 1 | head -n 1')" ] || full="$full $name"
  done
  if [ -n "$full" ]; then
    if [ "$yes" = false ]; then
      echo "restore: not empty:$full; to replace what is there: bash scripts/restore.sh --yes $file" >&2
      exit 4
    fi
    mkdir -p backups
    bash scripts/backup.sh --volumes "backups/before-restore-$(date -u +%Y%m%d-%H%M%S).tar"
  fi

  trap 'start_stopped' EXIT
  for name in $names; do
    # shellcheck disable=SC2046 # a list of ids
    stop_containers $(docker ps --quiet --filter "volume=${project}_$name")
  done
  for name in $names; do
    # What is there goes when all of the new is unpacked.
    # shellcheck disable=SC2016 # expanded in the container
    tar -xOf "$file" "$name.tar" | docker run --rm --interactive --network none --user 0:0 --entrypoint sh -v "${project}_$name:/volume" postgres:17.11-trixie -c '
      set -e
      rm -rf /volume/.restoring
      mkdir /volume/.restoring
      tar -C /volume/.restoring -xpf -
      find /volume -mindepth 1 -maxdepth 1 ! -name .restoring -exec rm -rf {} +
      chown "$(stat -c %u:%g /volume/.restoring)" /volume
      chmod "$(stat -c %a /volume/.restoring)" /volume
      find /volume/.restoring -mindepth 1 -maxdepth 1 -exec mv {} /volume/ \;
      rmdir /volume/.restoring'
    echo "$name: restored"
  done
}

case "$(head -c 5 "$file")" in
  PGDMP) restore_database ;;
  *) tar -tf "$file" >/dev/null 2>&1 || fail "$file is none of scripts/backup.sh's files"; restore_volumes ;;
esac
