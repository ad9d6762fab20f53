#!/usr/bin/env bash
# Copies production's data into one file while production runs. The file appears when it is complete, and none is overwritten.
#   bash scripts/backup.sh [FILE]             the database, by pg_dump; without FILE: backups/planner-<time>.dump
#   bash scripts/backup.sh --volumes [FILE]   the volumes redis_data; without FILE: backups/planner-<time>-volumes.tar
# scripts/restore.sh brings either back. Copy the files to another machine: a backup beside its data is none. Secrets are in neither.
# Roles beside the applications' own, and settings by ALTER DATABASE, are not in a dump: pg_dumpall --globals-only has them.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }
fail() { echo "backup: $1" >&2; exit 1; }

what=database
file=
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage; exit 0 ;;
    --volumes) what=volumes ;;
    -*) usage >&2; exit 64 ;;
    *) [ -z "$file" ] || { usage >&2; exit 64; }; file=$argument ;;
  esac
done
case "$file" in '' | /*) ;; *) file=$PWD/$file ;; esac
cd "$(dirname "$0")/.."

compose() { docker compose -f compose.prod.yaml "$@"; }

# What is written is nobody else's to read.
umask 077
case "$what" in database) ending=.dump ;; *) ending=-volumes.tar ;; esac
if [ -z "$file" ]; then
  mkdir -p backups
  file=backups/planner-$(date -u +%Y%m%d-%H%M%S)$ending
fi
[ ! -e "$file" ] || fail "$file exists; name another file, or delete it"
[ -d "$(dirname "$file")" ] || fail "the folder $(dirname "$file") does not exist"
partial=$file.partial.$$

finish() {
  rm -rf "$partial" "$partial.d"
  [ -z "${rewrite:-}" ] || cache CONFIG SET auto-aof-rewrite-percentage "$rewrite" >/dev/null
}
trap finish EXIT
trap 'exit 130' INT TERM

publish() { # -n: a file that came there meanwhile stays
  mv -n "$partial" "$file"
  [ ! -e "$partial" ] || fail "$file came into being meanwhile; nothing was overwritten"
}

backup_database() {
  local tables
  [ -n "$(compose ps --status running --quiet postgres)" ] || fail "postgres does not run; start it: docker compose -f compose.prod.yaml up -d --wait postgres"
  compose exec -T postgres pg_dump -U planner -d planner --format=custom >"$partial" || fail "pg_dump failed; nothing was written"
  # The list is the table of contents; /dev/null takes the data, every block of which is read and unpacked.
  tables=$(compose exec -T postgres pg_restore --list <"$partial" | awk '/ TABLE DATA / { n++ } END { print n + 0 }') || fail "pg_restore cannot read what pg_dump wrote"
  compose exec -T postgres pg_restore --file=/dev/null <"$partial" || fail "the dump is damaged; is the disk full?"
  publish
  echo "$file: $tables tables, $(wc -c <"$file" | tr -d ' ') bytes"
}

cache() { # shellcheck disable=SC2016 # expanded in the container
  compose exec -T redis sh -c 'REDISCLI_AUTH=$(cat /run/secrets/REDIS_PASSWORD) exec redis-cli -h 127.0.0.1 -e "$@"' -- "$@"
}

# A rewrite replaces the append-only files while they are read: it has to wait.
hold_rewrites() {
  local i
  [ -n "$(compose ps --status running --quiet redis)" ] || return 0
  rewrite=$(cache CONFIG GET auto-aof-rewrite-percentage | tail -n 1 | tr -d '\r')
  cache CONFIG SET auto-aof-rewrite-percentage 0 >/dev/null
  for ((i = 0; i < 300; i++)); do
    cache INFO persistence | grep -Eq '^aof_rewrite_(in_progress|scheduled):1' || return 0
    sleep 1
  done
  fail "redis has been rewriting its files for 5 minutes; try again later"
}

backup_volumes() {
  local project volume volumes='redis_data'
  project=$(compose config | sed -n 's/^name: "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p')
  mkdir "$partial.d"
  hold_rewrites
  for volume in $volumes; do
    docker volume inspect "${project}_$volume" >/dev/null 2>&1 || fail "there is no volume ${project}_$volume; it is made by the first start"
    # GNU tar ends with 1 when a file grew while it was read, which is no damage here.
    # shellcheck disable=SC2016 # expanded in the container
    docker run --rm --network none --user 0:0 --entrypoint sh -v "${project}_$volume:/volume:ro" pgvector/pgvector:0.8.6-pg17-trixie \
      -c 'tar -C /volume -cf - . || { [ $? = 1 ] && tar --version 2>/dev/null | grep -q GNU; }' >"$partial.d/$volume.tar" || fail "the volume $volume could not be read"
    tar -tf "$partial.d/$volume.tar" >/dev/null || fail "the copy of the volume $volume is damaged; is the disk full?"
  done
  tar -cf "$partial" -C "$partial.d" redis_data.tar
  tar -tf "$partial" >/dev/null || fail "the file is damaged; is the disk full?"
  publish
  echo "$file: redis_data, $(wc -c <"$file" | tr -d ' ') bytes"
}

"backup_$what"
