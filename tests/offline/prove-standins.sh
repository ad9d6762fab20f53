#!/usr/bin/env bash
# Usage: prove-standins.sh
# Proves that the stand-ins behave as the images they stand for, where the generated files rely on it. Two to four minutes.
set -euo pipefail
# shellcheck source=engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/engine-env.sh"

prefix=duskstack-proof-$$
work=$(mktemp -d /tmp/duskstack-proof.XXXXXX)
containers=() volumes=() networks=()
cleanup() {
  [ ${#containers[@]} -eq 0 ] || docker rm -f -v "${containers[@]}" >/dev/null 2>&1 || true
  [ ${#volumes[@]} -eq 0 ] || docker volume rm "${volumes[@]}" >/dev/null 2>&1 || true
  [ ${#networks[@]} -eq 0 ] || docker network rm "${networks[@]}" >/dev/null 2>&1 || true
  docker image rm "$prefix-node" "$prefix-uv" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT

tag_of() { awk -v recipe="$1" '$1 == recipe {print $2; exit}' "$OFFLINE/standins/tags.txt"; }
start() { # NAME ARGUMENT...: sets `container`
  container=$prefix-$1
  containers+=("$container")
  docker run --detach --name "$container" "${@:2}" >/dev/null
}
equal() { # WHAT EXPECTED ACTUAL
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}
until_ok() { # COMMAND...: 20 s
  local end=$((SECONDS + 20))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { docker logs --tail 30 "$container" >&2; fail "$container: never succeeded: $*"; }
    sleep 0.2
  done
}
# By the container's own address, as other containers connect: on loopback initdb lets everybody in.
query_as() { docker exec -e PGPASSWORD="$1" "$container" sh -c 'psql -h "$(hostname -i)" -U app -d shop -Atc "$1"' sh "$2"; }
query() { query_as "$password" "$1"; }
stop_cleanly() {
  docker stop "$container" >/dev/null
  equal "$container: exit code after stop" 0 "$(docker inspect --format '{{.State.ExitCode}}' "$container")"
}

# Init with a secret file, init scripts, restart, then hardened on the same volume.
prove_postgres() { # RECIPE MOUNT
  local image mount=$2 volume=$prefix-$1 name=$1
  image=$(tag_of "$1")
  volumes+=("$volume")
  start "$name-init" -v "$volume:$mount" -v "$work/password:/run/secrets/password:ro" -v "$work/initdb:/docker-entrypoint-initdb.d:ro" \
    -e POSTGRES_USER=app -e POSTGRES_DB=shop -e POSTGRES_PASSWORD_FILE=/run/secrets/password -e POSTGRES_INITDB_ARGS='--data-checksums' \
    "$image" postgres -c max_connections=42
  until_ok docker exec "$container" pg_isready -h 127.0.0.1 -U app -d shop
  docker logs "$container" >"$work/log" 2>&1
  # The server of the set-up must not listen on TCP: only the second start may say so.
  equal "$name: TCP listeners while setting up" 0 "$(sed '/init process complete/q' "$work/log" | grep -c 'listening on IPv4' || true)"
  equal "$name: data of the init sql" 7 "$(query 'select sum(n) from numbers')"
  equal "$name: arguments reach the server" 42 "$(query 'show max_connections')"
  equal "$name: initdb arguments" on "$(query 'show data_checksums')"
  equal "$name: init shell script" from-sh "$(query "select note from notes")"
  equal "$name: encoding" UTF8 "$(query 'show server_encoding')"
  equal "$name: owner of the process" 999 "$(docker exec "$container" stat -c %u /proc/1)"
  equal "$name: password is asked for" 2 "$(query_as wrong 'select 1' >/dev/null 2>&1; echo $?)"
  docker exec "$container" pg_dump -U app shop | grep -q 'COPY public.numbers' || fail "$name: pg_dump gives no data"
  stop_cleanly

  # Again, hardened, as the non-root user, with another init script that must not run.
  start "$name-hardened" --read-only --cap-drop ALL --security-opt no-new-privileges --user 999:999 --tmpfs /tmp:size=16m \
    --tmpfs /var/run/postgresql:uid=999,gid=999,mode=3775,size=1m -v "$volume:$mount" -v "$work/initdb:/docker-entrypoint-initdb.d:ro" \
    -e POSTGRES_USER=app -e POSTGRES_DB=shop -e POSTGRES_PASSWORD=ignored-as-the-data-exists "$image"
  until_ok docker exec "$container" pg_isready -h 127.0.0.1 -U app -d shop
  equal "$name: data after a restart" 7 "$(query 'select sum(n) from numbers')"
  stop_cleanly

  # A fresh and hardened start on an empty volume.
  volumes+=("$volume-fresh")
  start "$name-fresh" --read-only --cap-drop ALL --user 999:999 --tmpfs /tmp:size=16m --tmpfs /var/run/postgresql:uid=999,gid=999,mode=3775,size=1m \
    -v "$volume-fresh:$mount" -e POSTGRES_USER=app -e POSTGRES_DB=shop -e POSTGRES_PASSWORD="$password" "$image"
  until_ok docker exec "$container" pg_isready -h 127.0.0.1 -U app -d shop
  equal "$name: fresh and hardened" 1 "$(query 'select 1')"
  stop_cleanly
  if docker run --rm "$image" >"$work/log" 2>&1; then fail "$name: started without a password"; fi
  grep -q 'superuser password is not specified' "$work/log" || fail "$name: no clear message about the missing password"
  say "proved: $image"
}

prove_postgres_18_layout() {
  local image volume=$prefix-old-layout
  image=$(tag_of postgres-18)
  volumes+=("$volume")
  if docker run --rm -v "$volume:/var/lib/postgresql/data" -e POSTGRES_PASSWORD=x "$image" >"$work/log" 2>&1; then
    fail "postgres-18: accepted a volume at /var/lib/postgresql/data"
  fi
  grep -q 'unused mount/volume' "$work/log" || fail "postgres-18: no clear message about the mount at /var/lib/postgresql/data"
  say "proved: $image refuses the old mount"
}

prove_pgvector() { # RECIPE
  start "$1" -e POSTGRES_USER=app -e POSTGRES_DB=shop -e POSTGRES_PASSWORD="$password" "$(tag_of "$1")"
  until_ok docker exec "$container" pg_isready -h 127.0.0.1 -U app -d shop
  equal "$1: distance" 5 "$(query "create extension vector; select '[0,0]'::vector <-> '[3,4]'" | tail -1)"
  say "proved: $(tag_of "$1")"
}

# NAME RECIPE: as root, and hardened as the user of the image.
prove_cache() {
  local cli=$1-cli group image volume=$prefix-$2
  image=$(tag_of "$2")
  volumes+=("$volume")
  start "$2-root" -v "$volume:/data" "$image"
  until_ok docker exec "$container" "$cli" -e ping
  equal "$2: owner of the process" 999 "$(docker exec "$container" stat -c %u /proc/1)"
  group=$(docker exec "$container" stat -c %g /proc/1)
  docker exec "$container" "$cli" set key kept >/dev/null
  stop_cleanly
  start "$2-hardened" --read-only --cap-drop ALL --security-opt no-new-privileges --user "999:$group" --tmpfs /tmp:size=4m -v "$volume:/data" \
    "$image" "$1-server" --appendonly no --requirepass secret --maxmemory 64mb
  until_ok docker exec -e REDISCLI_AUTH=secret "$container" "$cli" -e ping
  equal "$2: data after a restart" kept "$(docker exec -e REDISCLI_AUTH=secret "$container" "$cli" --no-auth-warning get key)"
  # Other containers get in: the images are compiled without protected mode.
  equal "$2: from another container" PONG "$(docker run --rm --network "container:$container" -e REDISCLI_AUTH=secret "$image" "$cli" --no-auth-warning \
    -h "$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$container")" ping)"
  stop_cleanly
  say "proved: $image"
}

prove_node() { # MAJOR HAS-YARN-AND-COREPACK
  local image
  image=$(tag_of "node-$1")
  equal "node-$1: flags go to node" "v$1" "$(docker run --rm "$image" --version | cut -d. -f1)"
  equal "node-$1: commands run" 1000:1000 "$(docker run --rm --user node "$image" sh -c 'echo "$(id -u):$(id -g)"')"
  equal "node-$1: corepack and yarn" "$2" "$(docker run --rm "$image" sh -c 'command -v yarn corepack >/dev/null && echo yes || echo no')"
  equal "node-$1: no curl, no wget" none "$(docker run --rm "$image" sh -c 'command -v curl || command -v wget || echo none')"
}

# A build with packages from npm and from Debian, as the generated Dockerfiles have them.
prove_node_build() {
  mkdir "$work/app"
  echo '{"name":"proof","version":"1.0.0","dependencies":{"picocolors":"1.1.1"}}' >"$work/app/package.json"
  (cd "$work/app" && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --silent >/dev/null)
  cat >"$work/app/Dockerfile" <<DOCKERFILE
FROM $(tag_of node-24)
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
USER 1000:1000
CMD ["-e", "require('picocolors'); console.log('installed')"]
DOCKERFILE
  docker build --quiet --tag "$prefix-node" "$work/app" >/dev/null
  equal "node build" installed "$(docker run --rm --read-only --cap-drop ALL "$prefix-node")"
  say "proved: npm ci and apt-get install within a build"
}

# Packages go where upstream puts them, and those with code of their own load.
prove_python() { # MAJOR.MINOR
  local image lib=lib/python$1/site-packages
  image=$(tag_of "python-$1")
  equal "python-$1: site-packages" "posix_prefix /usr/local/$lib" "$(docker run --rm "$image" python -c \
    "import site, sys, sysconfig; [path] = site.getsitepackages(); assert path in sys.path and path == sysconfig.get_path('platlib'); print(sysconfig.get_default_scheme(), path)")"
  equal "python-$1: home of a venv" "home = /usr/local/bin" "$(docker run --rm "$image" sh -c 'python -m venv /v && head -1 /v/pyvenv.cfg')"
  equal "python-$1: pip --prefix" "/p/$lib/six.py" "$(docker run --rm "$image" sh -c 'pip install -q --root-user-action=ignore --prefix /p six && find /p -name six.py')"
  equal "python-$1: wheels with code" "/v/$lib/uvloop/__init__.py" "$(docker run --rm "$image" sh -c 'python -m venv /v && /v/bin/pip install -q asyncpg pydantic-core uvloop &&
    /v/bin/python -c "import asyncpg, pydantic_core, uvloop; print(uvloop.__file__)"')"
  equal "python-$1: no curl, wget, strip" none "$(docker run --rm "$image" sh -c 'command -v curl || command -v wget || command -v strip || echo none')"
  equal "python-$1: entry" "/usr/local/bin/python3 0" "$(docker run --rm -i "$image" <<<'import os, sys; print(sys.executable, os.getuid())')"
  say "proved: $image"
}

# The index is reached from the host and from a network of a project, and gives sums.
prove_wheel_index() {
  networks+=("$prefix-wheels")
  docker network create "$prefix-wheels" >/dev/null
  docker run --rm --network "$prefix-wheels" "$(tag_of python-3.13)" pip download -q --no-deps six || fail "wheel index: not reached from a network of its own"
  exec 3<>"/dev/tcp/$ENGINE_ADDRESS/$WHEEL_INDEX_PORT" && printf 'GET /simple/six/ HTTP/1.0\r\n\r\n' >&3
  grep -q 'six-.*whl#sha256=' <&3 || fail "wheel index: no sums, or not reached from the host"
  say "proved: $WHEEL_INDEX"
}

# uv makes a lock, and installs from it within a build.
prove_uv() {
  mkdir "$work/uv"
  printf '[project]\nname = "proof"\nversion = "1"\nrequires-python = ">=3.13"\ndependencies = ["six"]\n' >"$work/uv/pyproject.toml"
  cat >"$work/uv/Dockerfile" <<DOCKERFILE
FROM $(tag_of python-3.13)
COPY --from=$(tag_of uv-0.13) /uv /uvx /bin/
WORKDIR /app
COPY pyproject.toml ./
RUN uv lock && uv sync --locked && grep -q "$WHEEL_INDEX" uv.lock
CMD [".venv/bin/python", "-c", "import six; print('installed')"]
DOCKERFILE
  docker build --quiet --tag "$prefix-uv" "$work/uv" >/dev/null
  equal "uv build" installed "$(docker run --rm --read-only --cap-drop ALL "$prefix-uv")"
  say "proved: $(tag_of uv-0.13)"
}

# Templates, scripts and the end of nginx, hardened; then what the entrypoint does to its own files.
prove_nginx() {
  local image
  image=$(tag_of alpine-nginx)
  mkdir "$work/nginx"
  # shellcheck disable=SC2016  # expanded in the container
  echo 'server { listen 8080; resolver ${NGINX_LOCAL_RESOLVERS}; location / { return 200 "${SAYS} ${WORD} $host"; } }' >"$work/nginx/default.conf.template"
  echo 'export WORD=sourced' >"$work/nginx/16-word.envsh"
  chmod -R a+rX "$work/nginx"
  start nginx --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp:size=4m --tmpfs /etc/nginx/conf.d:uid=101,size=1m \
    -v "$work/nginx/default.conf.template:/etc/nginx/templates/default.conf.template:ro" -v "$work/nginx/16-word.envsh:/docker-entrypoint.d/16-word.envsh:ro" \
    -e SAYS=hello -e NGINX_ENTRYPOINT_LOCAL_RESOLVERS=1 "$image"
  until_ok docker exec "$container" wget -qO- http://127.0.0.1:8080/
  equal "nginx: template" "hello sourced 127.0.0.1" "$(docker exec "$container" wget -qO- http://127.0.0.1:8080/)"
  equal "nginx: user and pid file" "101:101 1" "$(docker exec "$container" sh -c 'echo "$(id -u):$(id -g) $(cat /tmp/nginx.pid)"')"
  docker logs "$container" 2>&1 | grep -q '"GET / HTTP/1.1" 200' || fail "nginx: no access log"
  stop_cleanly

  start nginx-default -e NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE=1 --cpus 0.5 "$image"
  until_ok docker exec "$container" wget -qO- http://127.0.0.1:8080/
  equal "nginx: workers by quota" "worker_processes 1;" "$(docker exec "$container" head -1 /etc/nginx/nginx.conf)"
  docker exec "$container" grep -qF 'listen  [::]:8080;' /etc/nginx/conf.d/default.conf || fail "nginx: does not listen on IPv6"
  stop_cleanly
  say "proved: $image"
}

prove_alpine() { # RECIPE USER
  local image
  image=$(tag_of "$1")
  equal "$1: user" "$2" "$(docker run --rm --entrypoint id "$image" -u)"
  equal "$1: shell" "busybox busybox" "$(docker run --rm --entrypoint sh "$image" -c 'echo "$(basename "$(readlink -f /bin/sh)") $(basename "$(readlink -f "$(command -v wget)")")"')"
  equal "$1: not in Alpine" none "$(docker run --rm --entrypoint sh "$image" -c 'for p in bash curl perl apt-get useradd; do ! command -v $p || exit; done; echo none')"
  say "proved: $image"
}

# RECIPE OPTION CODE: the code prints user and working folder, after a look at certificates, time zones and names.
prove_distroless() {
  local image
  image=$(tag_of "$1")
  equal "$1: program" "65532 /home/nonroot" "$(docker run --rm --read-only --cap-drop ALL "$image" "$2" "$3")"
  if docker run --rm --entrypoint sh "$image" -c true >/dev/null 2>&1; then fail "$1: has a shell"; fi
  say "proved: $image"
}

prove_mailpit() {
  start mailpit --read-only --cap-drop ALL --user 10001:10001 --health-interval 300ms "$(tag_of mailpit-1)"
  until_ok sh -c "[ \"\$(docker inspect --format '{{.State.Health.Status}}' $container)\" = healthy ]"
  stop_cleanly
  equal "mailpit: readyz without a server" 1 "$(docker run --rm "$(tag_of mailpit-1)" readyz >/dev/null 2>&1; echo $?)"
  say "proved: $(tag_of mailpit-1)"
}

prove_certbot() { # as nginx' user, with a new volume at /tmp
  local image
  image=$(tag_of alpine-certbot)
  equal "certbot: entrypoint" certbot "$(docker run --rm "$image" --version | cut -d ' ' -f 1)"
  equal "certbot: a volume at /tmp" 101 "$(docker run --rm --read-only --cap-drop ALL --user 101:101 --volume /tmp --entrypoint sh "$image" -c 'mkdir /tmp/x && stat -c %u /tmp/x')"
  say "proved: $image"
}

# RECIPE USER PORT PATH TEXT ARGUMENT...: hardened, it serves a page that holds the text. Asked by the busybox of another stand-in, as two of them have none.
prove_monitoring() {
  local image
  image=$(tag_of "monitoring-$1")
  start "$1" --read-only --cap-drop ALL --security-opt no-new-privileges --user "$2" "$image" "${@:6}"
  until_ok sh -c "docker run --rm --network container:$container --entrypoint wget $(tag_of monitoring-prometheus) -qO- http://127.0.0.1:$3$4 | grep -q '$5'"
  docker rm -f -v "$container" >/dev/null
  say "proved: $image"
}

engine_answers || fail "no Docker engine at $DOCKER_HOST: run start-engine.sh first"
password='p@ss w/o:rd%'
printf '%s\n' "$password" >"$work/password"
mkdir "$work/initdb"
echo 'create table numbers (n int); insert into numbers values (3), (4);' >"$work/initdb/10-tables.sql"
# shellcheck disable=SC2016  # expanded in the container
echo 'psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -c "create table notes as select '"'from-sh'::text as note"'"' >"$work/initdb/20-notes.sh"
chmod -R a+rX "$work"

prove_node 20 yes
prove_node 22 yes
prove_node 24 yes
prove_node 26 no
prove_node_build
prove_postgres postgres-15 /var/lib/postgresql/data
prove_postgres postgres-17 /var/lib/postgresql/data
prove_postgres postgres-18 /var/lib/postgresql
prove_postgres_18_layout
prove_pgvector pgvector-17
prove_pgvector pgvector-18
prove_cache redis redis-7
prove_cache redis redis-8
prove_cache valkey valkey-8
prove_cache valkey valkey-9
prove_mailpit
prove_certbot
prove_monitoring prometheus 65534:65534 9090 /metrics prometheus_build_info
prove_monitoring node_exporter 65534:65534 9100 /metrics node_load1
prove_monitoring postgres_exporter 65534:65534 9187 / Exporter
prove_monitoring blackbox_exporter 65534:65534 9115 / Exporter
prove_monitoring redis_exporter 59000:59000 9121 /metrics redis_up
prove_monitoring nginx_exporter 1001:1001 9113 /metrics nginx_up
prove_monitoring grafana 472:0 3000 /api/health database
prove_python 3.13
prove_python 3.14
prove_wheel_index
prove_uv
prove_nginx
prove_alpine alpine-nginx 101
for recipe in alpine-node22 alpine-node24 alpine-node26 alpine-python3.13; do prove_alpine $recipe 0; done
for recipe in distroless-node22 distroless-node24 distroless-node26; do
  prove_distroless $recipe -e "require('node:fs').statSync(process.env.SSL_CERT_FILE); new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin' });
    require('node:os').userInfo().username === 'nonroot' && console.log(process.getuid(), process.cwd())"
done
prove_distroless distroless-python3 -c "import bz2, ctypes, lzma, os, pwd, readline, sqlite3, ssl, uuid, zoneinfo
assert ssl.create_default_context().get_ca_certs() and zoneinfo.ZoneInfo('Europe/Berlin') and pwd.getpwuid(65532).pw_name == 'nonroot'; print(os.getuid(), os.getcwd())"
