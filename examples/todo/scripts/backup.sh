#!/usr/bin/env bash
# Copies production's data into one file while production runs. The file appears when it is complete, and none is overwritten.
#   bash scripts/backup.sh [FILE]             the database, by pg_dump; without FILE: backups/todo-<time>.dump
# scripts/restore.sh brings either back. Copy the files to another machine: a backup beside its data is none. Secrets are in neither.
# Roles beside the applications' own, and settings by ALTER DATABASE, are not in a dump: pg_dumpall --globals-only has them.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }
fail() { echo "backup: $1" >&2; exit 1; }

file=
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage; exit 0 ;;
    -*) usage >&2; exit 64 ;;
    *) [ -z "$file" ] || { usage >&2; exit 64; }; file=$argument ;;
  esac
done
case "$file" in '' | /*) ;; *) file=$PWD/$file ;; esac
cd "$(dirname "$0")/.."

compose() { docker compose -f compose.prod.yaml "$@"; }

# What is written is nobody else's to read.
umask 077
ending=.dump
if [ -z "$file" ]; then
  mkdir -p backups
  file=backups/todo-$(date -u +%Y%m%d-%H%M%S)$ending
fi
[ ! -e "$file" ] || fail "$file exists; name another file, or delete it"
[ -d "$(dirname "$file")" ] || fail "the folder $(dirname "$file") does not exist"
partial=$file.partial.$$

finish() {
  rm -rf "$partial" "$partial.d"
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
  compose exec -T postgres pg_dump -U todo_user -d todo_db --format=custom >"$partial" || fail "pg_dump failed; nothing was written"
  # The list is the table of contents; /dev/null takes the data, every block of which is read and unpacked.
  tables=$(compose exec -T postgres pg_restore --list <"$partial" | awk '/ TABLE DATA / { n++ } END { print n + 0 }') || fail "pg_restore cannot read what pg_dump wrote"
  compose exec -T postgres pg_restore --file=/dev/null <"$partial" || fail "the dump is damaged; is the disk full?"
  publish
  echo "$file: $tables tables, $(wc -c <"$file" | tr -d ' ') bytes"
}

backup_database
