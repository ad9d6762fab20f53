#!/bin/sh
# Runs first in the container: writes what only its environment knows into /tmp/nginx, then becomes the given command, nginx.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -eu
mkdir -p /tmp/nginx

# For nginx.conf: who resolves names here.
awk '
$1 == "nameserver" && $2 !~ /%/ { servers = servers " " ($2 ~ /:/ ? "[" $2 "]" : $2) }
END { print "resolver" (servers == "" ? " 127.0.0.11" : servers) " valid=5s;" }
' /etc/resolv.conf > /tmp/nginx/resolver.conf

exec "$@"
