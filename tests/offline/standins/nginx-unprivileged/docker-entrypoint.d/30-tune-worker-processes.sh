#!/bin/sh
# With NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE: as many workers as the container has processors, by its set or its quota.
set -eu
[ -n "${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ] || exit 0
file=/etc/nginx/nginx.conf
if ! touch "$file" 2>/dev/null; then
  echo "${0##*/}: error: can not modify $file (read-only file system?)" >&2
  exit 0
fi

count=$(nproc)
quota=max period=100000
if [ -f /sys/fs/cgroup/cpu.max ]; then
  read -r quota period </sys/fs/cgroup/cpu.max
elif [ -f /sys/fs/cgroup/cpu/cpu.cfs_quota_us ]; then
  quota=$(cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us) period=$(cat /sys/fs/cgroup/cpu/cpu.cfs_period_us)
fi
case $quota in
  max | -1) ;;
  *)
    allowed=$(((quota + period - 1) / period))
    [ "$allowed" -ge "$count" ] || count=$allowed
    ;;
esac
sed -i "s/^worker_processes.*/worker_processes $count;/" "$file"
