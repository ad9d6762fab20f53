#!/bin/sh
# Runs first in the container: writes what only its environment knows into /tmp/nginx, then becomes the given command, nginx.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -eu
mkdir -p /tmp/nginx

# /config.js: PUBLIC_API_URL=/api becomes `globalThis.__CONFIG__ = {"API_URL":"/api"};`.
# The < is escaped for pages that print the script into HTML, U+2028 and U+2029 end lines in older JavaScript.
awk '
function replace(text, from, to,    at, done) {
  done = ""
  while ((at = index(text, from)) > 0) {
    done = done substr(text, 1, at - 1) to
    text = substr(text, at + length(from))
  }
  return done text
}
function quoted(text,    code) {
  text = replace(replace(text, "\\", "\\\\"), "\"", "\\\"")
  for (code = 1; code < 32; code++) text = replace(text, sprintf("%c", code), sprintf("\\u%04x", code))
  text = replace(text, "<", "\\u003c")
  text = replace(replace(text, "\342\200\250", "\\u2028"), "\342\200\251", "\\u2029")
  return "\"" text "\""
}
BEGIN {
  for (name in ENVIRON) if (name ~ /^PUBLIC_./) {
    # Sorted, so that equal settings make an equal file.
    for (i = ++count; i > 1 && names[i - 1] > name; i--) names[i] = names[i - 1]
    names[i] = name
  }
  printf "globalThis.__CONFIG__ = {"
  for (i = 1; i <= count; i++) printf "%s%s:%s", (i > 1 ? "," : ""), quoted(substr(names[i], 8)), quoted(ENVIRON[names[i]])
  print "};"
}' > /tmp/nginx/config.js

# For nginx.conf: who resolves names here.
awk '
$1 == "nameserver" && $2 !~ /%/ { servers = servers " " ($2 ~ /:/ ? "[" $2 "]" : $2); four = four || $2 !~ /:/ }
# Services listen on IPv4; only a network without it is asked for IPv6 addresses.
END { print "resolver" (servers == "" ? " 127.0.0.11" : servers) " valid=5s" (four || servers == "" ? " ipv6=off" : "") ";" }
' /etc/resolv.conf > /tmp/nginx/resolver.conf

# For nginx.conf: the sites that the public settings name, which pages may therefore talk to.
awk '
BEGIN {
  for (name in ENVIRON) if (name ~ /^PUBLIC_./ && match(ENVIRON[name], /^(https?|wss?):\/\/[^\/?#]+/)) {
    site = substr(ENVIRON[name], 1, RLENGTH)
    sub(/\/\/.*@/, "//", site) # the user of a DSN
    if (site ~ /^[a-z]+:\/\/[A-Za-z0-9.-]+(:[0-9]+)?$/) sites = sites " " site
  }
  print "map \"\" $public_origins { default \"" sites "\"; }"
}' > /tmp/nginx/origins.conf

# Names of services that stand in /etc/hosts, as those of Service Connect on Amazon ECS do, are known to no name server: nginx reads them once,
# when it starts. They do not change while a task lives.
awk '
FNR == NR { if ($1 !~ /^#/) for (i = 2; i <= NF; i++) known[$i] = 1; next }
$1 == "server" && $3 == "resolve;" && split($2, address, ":") == 2 && address[1] in known { sub(/ resolve;/, ";"); found = 1 }
{ lines = lines $0 "\n" }
END { if (found) printf "%s", lines > "/tmp/nginx.conf" }' /etc/hosts /etc/nginx/nginx.conf
if [ "$1" = nginx ] && [ -e /tmp/nginx.conf ]; then set -- "$@" -c /tmp/nginx.conf; fi

exec "$@"
