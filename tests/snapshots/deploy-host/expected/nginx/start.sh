#!/bin/sh
# Runs first in the container: writes what only its environment knows into /tmp/nginx, then becomes the given command, nginx.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -eu
mkdir -p /tmp/nginx

for file in fullchain.pem privkey.pem; do
  if [ ! -e "/etc/nginx/certs/$file" ]; then
    echo "proxy: nginx/certs/$file is missing. Put the certificate with its chain into nginx/certs/fullchain.pem and its key into nginx/certs/privkey.pem." >&2
    exit 1
  elif [ ! -r "/etc/nginx/certs/$file" ]; then
    echo "proxy: nginx/certs/$file cannot be read by user $(id -u), which nginx runs as: sudo chown $(id -u) nginx/certs/$file" >&2
    exit 1
  fi
done

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
