#!/bin/sh
# Runs first in the container: writes what only its environment knows into /tmp/nginx, then becomes the given command, nginx.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -eu
mkdir -p /tmp/nginx

# For nginx.conf: who resolves names here.
awk '
$1 == "nameserver" && $2 !~ /%/ { servers = servers " " ($2 ~ /:/ ? "[" $2 "]" : $2); four = four || $2 !~ /:/ }
# Services listen on IPv4; only a network without it is asked for IPv6 addresses.
END { print "resolver" (servers == "" ? " 127.0.0.11" : servers) " valid=5s" (four || servers == "" ? " ipv6=off" : "") ";" }
' /etc/resolv.conf > /tmp/nginx/resolver.conf

# For redirects: the port that people see, when it is not the usual one.
case ${HTTPS_PORT:-443} in
  443) port= ;;
  *) port=":$HTTPS_PORT" ;;
esac
echo "map '' \$https_port { default '$port'; }" > /tmp/nginx/https.conf

# Where the kernel has no IPv6, nginx must not listen there. It then reads this copy: after a change start it again, a reload is not enough.
if [ ! -e /proc/net/if_inet6 ]; then
  sed '/listen \[::\]/d' /etc/nginx/nginx.conf > /tmp/nginx.conf
  set -- "$@" -c /tmp/nginx.conf
fi

exec "$@"
