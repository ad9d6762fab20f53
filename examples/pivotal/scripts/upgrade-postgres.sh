#!/usr/bin/env bash
# Moves production's data from an older major version of PostgreSQL into the volume of PostgreSQL 17, which compose.prod.yaml names.
#   bash scripts/upgrade-postgres.sh                after `version:` was changed in duskstack.yaml and `duskstack generate`, before `up`
#   bash scripts/upgrade-postgres.sh --from MAJOR   when several older volumes are there
# Each major version has a volume of its own. The old one is read, never changed, and stays. Applications are stopped meanwhile, so that
# nothing is written; when something fails they go on with the old version, and the new volume is removed.
# A volume without a version in its name, as earlier releases of DuskStack made it, is moved the same way.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }
fail() { echo "upgrade: $1" >&2; exit 1; }

from=
case "${1:-}" in
  '') ;;
  --help | -h) usage; exit 0 ;;
  --from) [ $# -eq 2 ] || { usage >&2; exit 64; }; from=$2 ;;
  *) usage >&2; exit 64 ;;
esac
cd "$(dirname "$0")/.."

compose() { docker compose -f compose.prod.yaml "$@"; }
project=$(compose config | sed -n 's/^name: "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p')
new=${project}_postgres_17_data

# Images that read a volume of each major version, and where it lies in them.
image() {
  case "$1" in
    15) echo postgres:15.19-trixie ;;
    16) echo postgres:16.15-trixie ;;
    17) echo postgres:17.11-trixie ;;
    18) echo postgres:18.6-trixie ;;
    *) fail "PostgreSQL $1 is not known here; known: 15, 16, 17, 18" ;;
  esac
}
folder() {
  case "$1" in
    15) echo /var/lib/postgresql/data ;;
    16) echo /var/lib/postgresql/data ;;
    17) echo /var/lib/postgresql/data ;;
    18) echo /var/lib/postgresql ;;
  esac
}

there() { docker volume inspect "$1" >/dev/null 2>&1; }
# The version that a volume's files are of; nothing for an empty volume. From 18 on they lie below a folder of that name.
version() {
  docker run --rm --network none --user 0:0 --entrypoint sh -v "$1:/volume:ro" "$(image 17)" -c 'cat /volume/PG_VERSION /volume/*/docker/PG_VERSION 2>/dev/null | head -n 1 || true'
}

# Where the data is now.
old=
if [ -n "$from" ]; then
  image "$from" >/dev/null
  old=${project}_postgres_${from}_data
  there "$old" || fail "there is no volume $old"
else
  for candidate in 15 16 17 18; do
    [ "$candidate" != 17 ] && there "${project}_postgres_${candidate}_data" && from=$candidate old=${project}_postgres_${candidate}_data
  done
  if [ -z "$old" ] && there "${project}_postgres_data"; then
    old=${project}_postgres_data
  fi
  [ -n "$old" ] || fail "no volume of another version is there: nothing to move (looked for ${project}_postgres_<major>_data and ${project}_postgres_data)"
fi
from=$(version "$old")
[ -n "$from" ] || fail "the volume $old is empty"
image "$from" >/dev/null

if there "$new" && [ -n "$(version "$new")" ]; then
  fail "the volume $new holds a database already: the upgrade is done, or PostgreSQL 17 was started before it. When nothing in it is needed:
  docker compose -f compose.prod.yaml rm --stop --force postgres && docker volume rm $new"
fi
[ -s secrets/POSTGRES_PASSWORD ] || fail "secrets/POSTGRES_PASSWORD is missing; run: bash scripts/secrets.sh"

stopped='' made=false moved=false
undo() {
  local code=$?
  trap - EXIT
  docker rm --force --volumes "$project-upgrade-from" "$project-upgrade-to" >/dev/null 2>&1 || true
  if [ "$moved" = false ]; then
    [ "$made" = false ] || docker volume rm "$new" >/dev/null || true
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$stopped" ] || docker start $stopped >/dev/null || true
    echo "upgrade: failed; nothing was changed, PostgreSQL $from and its volume $old are as before" >&2
  fi
  exit "$code"
}
trap undo EXIT
trap 'exit 130' INT TERM

# Both images, before anything stops.
for major in "$from" 17; do
  docker image inspect "$(image "$major")" >/dev/null 2>&1 || docker pull --quiet "$(image "$major")" >/dev/null || fail "the image $(image "$major") is not to be had"
done

echo "from PostgreSQL $from in $old to 17 in $new"
applications=$(compose ps --status running --quiet backend frontend)
database=$(docker ps --quiet --filter "volume=$old")
stopped="$database${database:+ }$applications"
# Applications first: they would complain of a database that is gone.
# shellcheck disable=SC2086 # lists of ids
{
  [ -z "$applications" ] || docker stop $applications >/dev/null
  [ -z "$database" ] || docker stop $database >/dev/null
}

server() { # server NAME MAJOR VOLUME: without a network, reached through its socket
  local i
  docker run --detach --name "$1" --network none --user 999:999 --shm-size 128m \
    --volume "$3:$(folder "$2")" --volume "$PWD/secrets/POSTGRES_PASSWORD:/run/secrets/POSTGRES_PASSWORD:ro" \
    --env POSTGRES_USER=pivotal --env POSTGRES_DB=pivotal --env POSTGRES_PASSWORD_FILE=/run/secrets/POSTGRES_PASSWORD "$(image "$2")" >/dev/null
  # Over TCP: the server that initdb starts meanwhile listens on the socket only.
  for ((i = 0; i < 300; i++)); do
    docker exec "$1" pg_isready -q -h 127.0.0.1 -U pivotal 2>/dev/null && return
    [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ] || break
    sleep 1
  done
  docker logs --tail 20 "$1" >&2
  fail "PostgreSQL $2 does not start on $3"
}
source_server=$project-upgrade-from target_server=$project-upgrade-to
docker rm --force "$source_server" "$target_server" >/dev/null 2>&1 || true
if ! there "$new"; then
  # With Compose's labels: it would warn of a volume that it does not know.
  docker volume create --label "com.docker.compose.project=$project" --label com.docker.compose.volume=postgres_data "$new" >/dev/null
fi
made=true
server "$source_server" "$from" "$old"
server "$target_server" 17 "$new"

sql() { # sql SERVER DATABASE: statements from standard input
  docker exec --interactive "$1" psql -U pivotal -d "$2" -v ON_ERROR_STOP=1 -qAt
}

# Every row of every table, and where sequences stand.
count() {
  sql "$1" "$2" <<'SQL'
SELECT format('SELECT %L, count(*) FROM %I.%I', schemaname || '.' || tablename, schemaname, tablename)
  FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY schemaname, tablename \gexec
SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences ORDER BY 1;
SQL
}

# Roles, with their passwords; the superuser is there already.
docker exec "$source_server" pg_dumpall -U pivotal --globals-only | awk -v user=pivotal '$0 != "CREATE ROLE " user ";" && $0 != "CREATE ROLE \"" user "\";"' | sql "$target_server" postgres >/dev/null || fail "the roles could not be moved"

databases=0
while IFS= read -r name; do
  if [ "$name" != pivotal ] && [ "$name" != postgres ]; then
    docker exec "$target_server" createdb -U pivotal --template template0 "$name"
  fi
  docker exec "$source_server" pg_dump -U pivotal --format=custom --dbname "$name" | docker exec --interactive "$target_server" pg_restore -U pivotal --exit-on-error --dbname "$name" || fail "the database $name could not be moved"
  before=$(count "$source_server" "$name") after=$(count "$target_server" "$name")
  if [ "$before" != "$after" ]; then
    diff <(echo "$before") <(echo "$after") >&2 || true
    fail "the database $name has not the same rows in both versions"
  fi
  tables=$(echo "$before" | grep -c '|' || true)
  databases=$((databases + 1))
  echo "$name: $tables tables and sequences, the same rows in both"
done < <(echo "SELECT datname FROM pg_database WHERE NOT datistemplate AND datallowconn ORDER BY datname" | sql "$source_server" postgres)
[ "$databases" -gt 0 ] || fail "PostgreSQL $from in $old does not name its databases"
docker exec "$target_server" vacuumdb -U pivotal --all --analyze-only --quiet

docker stop --time 60 "$target_server" "$source_server" >/dev/null
docker rm "$target_server" "$source_server" >/dev/null
moved=true
if ! compose up --detach --no-deps --no-build --wait postgres; then
  fail "the data is moved, but PostgreSQL 17 does not start under Compose. To go back: 'version: $from' in duskstack.yaml, 'duskstack generate', then
  docker volume rm $new && docker compose -f compose.prod.yaml up -d --wait"
fi
if [ -n "$applications" ]; then
  # shellcheck disable=SC2086 # a list of ids: the same containers as before, so that no other release starts
  docker start $applications >/dev/null
  for id in $applications; do
    for ((i = 0; i < 180; i++)); do
      state=$(docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$id")
      case "$state" in healthy | running) continue 2 ;; esac
      sleep 1
    done
    echo "upgrade: warning: $(docker inspect --format '{{.Name}}' "$id") is $state" >&2
  done
fi
echo "PostgreSQL 17 serves from $new"
echo "the old volume is kept: $old; when you are sure: docker volume rm $old"
