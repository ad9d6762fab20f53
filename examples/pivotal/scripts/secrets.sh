#!/usr/bin/env bash
# Makes the secret files that compose.prod.yaml mounts. Run it again at any time: what is there already is kept.
#   bash scripts/secrets.sh             makes what can be made, names what only you can give
#   bash scripts/secrets.sh --check     changes nothing, fails when a secret is missing or unreadable
#
# A new value for a secret: replace or delete secrets/NAME, run this script, then start again what reads it; running containers keep
# the old one.  docker compose -f compose.prod.yaml up -d --force-recreate --wait
# Before that, for POSTGRES_PASSWORD:
#   docker compose -f compose.prod.yaml up -d --force-recreate --wait postgres
#   docker compose -f compose.prod.yaml exec postgres sh -c 'psql -U pivotal -d pivotal -c "ALTER USER \"pivotal\" PASSWORD '\''$(cat /run/secrets/POSTGRES_PASSWORD)'\''"'
# Before that, for GRAFANA_ADMIN_PASSWORD:
#   docker compose -f compose.prod.yaml up -d --force-recreate --wait grafana
#   docker compose -f compose.prod.yaml exec grafana sh -c 'grafana cli admin reset-admin-password --password-from-stdin < /run/secrets/GRAFANA_ADMIN_PASSWORD'
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail
cd "$(dirname "$0")/.."

check_only=false
case "${1:-}" in
  '') ;;
  --check) check_only=true ;;
  *) echo "usage: bash scripts/secrets.sh [--check]" >&2; exit 64 ;;
esac

missing=0
if [ "$check_only" = false ]; then
  # The folder keeps other users of this machine out; the files are readable by every container's user.
  mkdir -p secrets
  chmod 0700 secrets
fi

put() { # put NAME VALUE: writes the whole file at once, so that nobody reads half of it
  printf '%s' "$2" > "secrets/.$1.new"
  chmod 0444 "secrets/.$1.new"
  mv -f "secrets/.$1.new" "secrets/$1"
  echo "secrets/$1: made"
}

complain() {
  echo "secrets/$1: $2" >&2
  missing=$((missing + 1))
}

present() { # present NAME: true for a file that containers can read; complains about one that they cannot
  [ -e "secrets/$1" ] || return 1
  if [ ! -s "secrets/$1" ]; then
    complain "$1" "is empty"
  elif [ "$(stat -c %a "secrets/$1" 2>/dev/null || stat -f %Lp "secrets/$1")" != 444 ]; then
    if [ "$check_only" = true ]; then complain "$1" "has the wrong mode; run: chmod 0444 secrets/$1"; else chmod 0444 "secrets/$1"; fi
  fi
}

random() { # letters and digits only, because it becomes part of URLs; 512 bytes hold about 124 of them
  head -c 512 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-32
}

make_random() { # make_random NAME
  present "$1" && return
  if [ "$check_only" = true ]; then complain "$1" "is missing; run: bash scripts/secrets.sh"; else put "$1" "$(random)"; fi
}

encode() { # percent-encodes what has a meaning in a URL, byte by byte
  local text=$1 c i LC_ALL=C
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    case "$c" in
      [a-zA-Z0-9.~_-]) printf '%s' "$c" ;;
      *) printf '%%%02X' "$(($(printf '%d' "'$c") & 255))" ;;
    esac
  done
}

quote() { # what has a meaning in a string of JSON; a password is one line
  local text=${1//\\/\\\\}
  printf '%s' "${text//\"/\\\"}"
}

make_from() { # make_from NAME BEFORE SECRET AFTER ENCODING: follows its source, so that a changed password changes what holds it
  local value
  [ -s "secrets/$3" ] || { complain "$1" "needs secrets/$3"; return; }
  value=$2$("$5" "$(cat "secrets/$3")")$4
  if [ -e "secrets/$1" ] && [ "$(cat "secrets/$1")" = "$value" ]; then
    present "$1"
  elif [ "$check_only" = true ]; then
    complain "$1" "is missing or older than secrets/$3; run: bash scripts/secrets.sh"
  else
    put "$1" "$value"
  fi
}

take() { # take NAME: a value that only you have, from the environment or put there by hand
  local value
  present "$1" && return
  value=$(printenv "$1" || true)
  if [ "$check_only" = false ] && [ -n "$value" ]; then
    put "$1" "$value"
  else
    complain "$1" "is missing; write it into that file, or: read -rs $1 && export $1 && bash scripts/secrets.sh"
  fi
}

make_random POSTGRES_PASSWORD
make_random REDIS_PASSWORD
make_random GRAFANA_ADMIN_PASSWORD
make_from DATABASE_URL postgresql://pivotal: POSTGRES_PASSWORD @postgres:5432/pivotal encode
make_from REDIS_URL redis://: REDIS_PASSWORD @redis:6379 encode
make_from REDIS_EXPORTER_PASSWORDS '{"redis://redis:6379":"' REDIS_PASSWORD '"}' quote

[ "$missing" -eq 0 ] || exit 1
echo "all secrets are there"
