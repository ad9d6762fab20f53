#!/usr/bin/env bash
# Behaves as the entrypoint of the official PostgreSQL image where compose files, health checks and init scripts rely on it.
# Written for the stand-in from the documented behaviour.
set -Eeo pipefail

# VARIABLE [DEFAULT]: its value, or what the file named by VARIABLE_FILE holds (secrets).
read_setting() {
  local name=$1 file_name=$1_FILE value=${2:-}
  if [ -n "${!name:-}" ] && [ -n "${!file_name:-}" ]; then
    echo "error: both $name and $file_name are set (but are exclusive)" >&2
    exit 1
  fi
  if [ -n "${!name:-}" ]; then
    value=${!name}
  elif [ -n "${!file_name:-}" ]; then
    value=$(<"${!file_name}") # under `set -e` an unreadable secret ends the start
  fi
  export "$name=$value"
  unset "$file_name"
}

# Only asks for information: no database is needed.
wants_help() {
  local argument
  for argument; do
    case $argument in '-?' | --help | --describe-config | -V | --version) return 0 ;; esac
  done
  return 1
}

prepare_folders() {
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA" || true # a volume of another owner: PostgreSQL itself will complain
  mkdir -p /var/run/postgresql || true
  chmod 3775 /var/run/postgresql || true
  if [ -n "${POSTGRES_INITDB_WALDIR:-}" ]; then mkdir -p "$POSTGRES_INITDB_WALDIR"; fi
  [ "$(id -u)" = 0 ] || return 0
  local folder
  for folder in "$PGDATA" /var/run/postgresql ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"}; do
    find "$folder" ! -user postgres -exec chown postgres {} +
  done
}

require_password() {
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
    cat >&2 <<'TEXT'
Error: Database is uninitialized and superuser password is not specified.
       Set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE to a non-empty value.
TEXT
    exit 1
  fi
  if [ "$POSTGRES_HOST_AUTH_METHOD" = trust ]; then
    echo 'WARNING: POSTGRES_HOST_AUTH_METHOD is "trust": anyone who reaches the port gets in without a password.' >&2
  fi
}

# From 18 on data lies in a folder per major version. A volume at the old place, or old data, would silently be left out.
refuse_old_layout() {
  [ "$PG_MAJOR" -ge 18 ] && [ "$PGDATA" = "/var/lib/postgresql/$PG_MAJOR/docker" ] || return 0
  local folder found=()
  for folder in /var/lib/postgresql /var/lib/postgresql/data /var/lib/postgresql/*/docker; do
    if [ -s "$folder/PG_VERSION" ]; then found+=("$folder"); fi
  done
  if [ ${#found[@]} -eq 0 ] && grep -q ' /var/lib/postgresql/data ' /proc/self/mountinfo; then
    found+=('/var/lib/postgresql/data (unused mount/volume)')
  fi
  [ ${#found[@]} -gt 0 ] || return 0
  cat >&2 <<TEXT
Error: in 18+, these Docker images are configured to store database data in a format which is compatible with
       "pg_ctlcluster": in a folder per major version. Found data or a mount where an earlier version expected it:
         ${found[*]}
       Mount the volume at /var/lib/postgresql instead and upgrade old data with pg_upgrade or a dump.
TEXT
  exit 1
}

make_cluster() {
  local passwd group uid
  uid=$(id -u)
  if ! getent passwd "$uid" >/dev/null; then # initdb wants a name for its user (`user: 12345`)
    passwd=$(mktemp) group=$(mktemp)
    echo "postgres:x:$uid:$(id -g):PostgreSQL:$PGDATA:/bin/false" >"$passwd"
    echo "postgres:x:$(id -g):" >"$group"
    LD_PRELOAD=$(find /usr/lib -name libnss_wrapper.so -print -quit)
    export LD_PRELOAD NSS_WRAPPER_PASSWD=$passwd NSS_WRAPPER_GROUP=$group
  fi
  # eval: POSTGRES_INITDB_ARGS may quote, as in --locale-provider=icu --icu-locale="en-US"
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") ${POSTGRES_INITDB_WALDIR:+--waldir "$POSTGRES_INITDB_WALDIR"} '"$POSTGRES_INITDB_ARGS"
  if [ -n "$passwd" ]; then
    rm -f "$passwd" "$group"
    unset LD_PRELOAD NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
  fi
}

allow_hosts() {
  [ "$1" != postgres ] || shift
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption "$@")}" >>"$PGDATA/pg_hba.conf"
}

# The name is part of the interface: sourced *.sh files may call it.
docker_process_sql() {
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc ${POSTGRES_DB:+--dbname "$POSTGRES_DB"} "$@"
}

run_init_files() {
  # shellcheck disable=SC2034  # sourced scripts use "${psql[@]}"
  local psql=(docker_process_sql) file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh)
        if [ -x "$file" ]; then
          echo "$0: running $file"
          "$file"
        else
          echo "$0: sourcing $file"
          # shellcheck source=/dev/null
          . "$file"
        fi
        ;;
      *.sql) echo "$0: running $file" && docker_process_sql -f "$file" ;;
      *.sql.gz) echo "$0: running $file" && gunzip -c "$file" | docker_process_sql ;;
      *.sql.xz) echo "$0: running $file" && xzcat "$file" | docker_process_sql ;;
      *.sql.zst) echo "$0: running $file" && zstd -dc "$file" | docker_process_sql ;;
      */'*') ;;
      *) echo "$0: ignoring $file" ;;
    esac
  done
}

# The server of the set-up listens on the socket only: nobody connects before the init scripts are through.
initialise() {
  require_password
  refuse_old_layout
  ls /docker-entrypoint-initdb.d/ >/dev/null # unreadable: fail before a half-made cluster exists
  make_cluster
  allow_hosts "$@"
  export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  local database=$POSTGRES_DB arguments=("$@")
  [ "$1" != postgres ] || arguments=("${@:2}")
  arguments+=(-c listen_addresses= -p "${PGPORT:-5432}")
  PGUSER=${PGUSER:-$POSTGRES_USER} pg_ctl -D "$PGDATA" -o "$(printf '%q ' "${arguments[@]}")" -w start
  if [ -z "$(POSTGRES_DB='' docker_process_sql --dbname postgres --set db="$database" --tuples-only <<<"SELECT 1 FROM pg_database WHERE datname = :'db';")" ]; then
    POSTGRES_DB='' docker_process_sql --dbname postgres --set db="$database" <<<'CREATE DATABASE :"db";'
  fi
  run_init_files
  PGUSER=${PGUSER:-postgres} pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

case $1 in -*) set -- postgres "$@" ;; esac
if [ "$1" = postgres ] && ! wants_help "$@"; then
  read_setting POSTGRES_PASSWORD
  read_setting POSTGRES_USER postgres
  read_setting POSTGRES_DB "$POSTGRES_USER"
  read_setting POSTGRES_INITDB_ARGS
  : "${POSTGRES_HOST_AUTH_METHOD:=}"
  prepare_folders
  if [ "$(id -u)" = 0 ]; then
    exec gosu postgres "$0" "$@"
  fi
  if [ -s "$PGDATA/PG_VERSION" ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    initialise "$@"
  fi
fi
exec "$@"
