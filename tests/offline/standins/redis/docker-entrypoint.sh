#!/bin/sh
# Behaves as the entrypoint of the official Redis image; written for the stand-in from the documented behaviour.
set -e

# Options or a configuration file mean the server's.
case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac

# Capabilities in effect that the step down needs: setgid (6) and setuid (7). Without them Redis stays root, as in the image.
can_step_down() { [ $((0x$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status) >> 6 & 3)) -eq 3 ]; }

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ] && [ -z "${SKIP_DROP_PRIVS:-}" ] && can_step_down; then
  [ -n "${SKIP_FIX_PERMS:-}" ] || find . ! -user redis -exec chown redis {} +
  exec setpriv --reuid redis --regid redis --clear-groups -- "$0" "$@"
fi
[ "$(umask)" != 0022 ] || umask 0077

# The published image is compiled with protected mode off; Debian's Redis would refuse other containers.
if [ "$1" = redis-server ]; then
  case ${2:-} in
    -v | --version | -h | --help | --test-memory | --check-system) exec "$@" ;;
    '' | -*) shift && set -- redis-server --protected-mode no "$@" ;;
    *) file=$2 && shift 2 && set -- redis-server "$file" --protected-mode no "$@" ;;
  esac
fi
exec "$@"
