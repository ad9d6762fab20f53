#!/bin/sh
# Behaves as the entrypoint of the Valkey 9 image; written for the stand-in from the documented behaviour.
set -e

# Options or a configuration file mean the server's.
case ${1:-} in -* | *.conf) set -- valkey-server "$@" ;; esac

if [ "$1" = valkey-server ]; then
  if [ "$(id -u)" = 0 ]; then
    find . ! -user valkey -exec chown valkey {} +
    exec setpriv --reuid valkey --regid valkey --clear-groups -- "$0" "$@"
  elif [ ! -w . ]; then
    echo "error: directory is not writable by current user ($(id -u))" >&2
    exit 1
  fi
fi
[ "$(umask)" != 0022 ] || umask 0077

# The published image is compiled with protected mode off; Debian's Valkey would refuse other containers.
if [ "$1" = valkey-server ]; then
  case ${2:-} in
    -v | --version | -h | --help | --test-memory | --check-system) exec "$@" ;;
    '' | -*) shift && set -- valkey-server --protected-mode no "$@" ;;
    *) file=$2 && shift 2 && set -- valkey-server "$file" --protected-mode no "$@" ;;
  esac
fi
# shellcheck disable=SC2086  # the variable holds several options
exec "$@" $VALKEY_EXTRA_FLAGS
