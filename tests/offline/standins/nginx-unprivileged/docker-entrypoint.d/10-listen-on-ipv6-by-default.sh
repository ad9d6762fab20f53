#!/bin/sh
# The default server listens on IPv6 as well, unless somebody changed its file or it cannot be written.
set -e
file=/etc/nginx/conf.d/default.conf
log() { [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "${0##*/}: info: $*"; }

if [ ! -f /proc/net/if_inet6 ]; then
  log "ipv6 not available"
elif [ ! -f "$file" ]; then
  log "$file is not a file or does not exist"
elif ! touch "$file" 2>/dev/null; then
  log "can not modify $file (read-only file system?)"
elif ! md5sum -c /usr/local/share/stand-in/default.conf.md5 >/dev/null 2>&1; then
  log "$file differs from the packaged version"
else
  sed -i 's/listen       8080;/&\n    listen  [::]:8080;/' "$file"
  log "Enabled listen on IPv6 in $file"
fi
