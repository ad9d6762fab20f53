#!/bin/sh
# Behaves as the entrypoint of the nginx images; written for the stand-in from the documented behaviour.
set -e
log() { [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$0: $*"; }

case $1 in
  nginx | nginx-debug)
    if [ -n "$(find /docker-entrypoint.d/ -mindepth 1 -maxdepth 1 -type f 2>/dev/null)" ]; then
      # In a shell of its own: what a *.envsh exports reaches the scripts after it, not nginx.
      find /docker-entrypoint.d/ -follow -type f | sort -V | while read -r file; do
        case $file in
          *.envsh)
            if [ -r "$file" ]; then
              log "Sourcing $file"
              # shellcheck source=/dev/null
              . "$file"
            else
              log "Ignoring $file, not readable"
            fi
            ;;
          *.sh)
            if [ -x "$file" ]; then
              log "Launching $file"
              "$file"
            else
              log "Ignoring $file, not executable"
            fi
            ;;
          *) log "Ignoring $file" ;;
        esac
      done
      log "Configuration complete; ready for start up"
    else
      log "No files found in /docker-entrypoint.d/, skipping configuration"
    fi
    ;;
esac
exec "$@"
