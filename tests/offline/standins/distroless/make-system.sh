#!/bin/sh
# Usage: make-system.sh LANGUAGE FOLDER
# Puts into FOLDER what the distroless image of a language consists of: Debian's packages as they unpack, without their scripts, and three users.
set -eu
language=$1 system=$2

# base, then what C++ needs; libssl wants zlib and zstd
set -- base-files netbase tzdata media-types libc6 libssl3t64 zlib1g libzstd1 gcc-14-base libgcc-s1 libgomp1 libstdc++6
if [ "$language" = python3 ]; then
  set -- "$@" python3-minimal libpython3-stdlib python3.13-minimal libpython3.13-minimal libpython3.13-stdlib libbz2-1.0 libdb5.3t64 libexpat1 \
    libffi8 liblzma5 libncursesw6 libtinfo6 libreadline8t64 libsqlite3-0 libuuid1
fi
# Node 26 does not start without it
if [ "$language" = node ] && ldd /usr/local/bin/node | grep -q libatomic; then set -- "$@" libatomic1; fi
packages=$(mktemp -d)
cd "$packages"
apt-get update -qq
apt-get -qq -o APT::Sandbox::User=root download "$@"
mkdir -p "$system"
for package in base-files_*.deb *.deb; do dpkg-deb --extract "$package" "$system"; done
rm -r "$packages"
cd "$system"

rm -rf usr/bin/py3* var/run usr/share/man usr/share/info usr/share/lintian usr/share/locale usr/share/bug usr/share/python3
find usr/share/doc -type f ! -name copyright -delete
if [ "$language" = node ]; then install -D /usr/local/bin/node nodejs/bin/node; fi
if [ "$language" = python3 ]; then ln -sf python3 usr/bin/python; fi

install -D -m 644 /usr/local/share/stand-in/ca-certificates.crt etc/ssl/certs/ca-certificates.crt
cat >etc/passwd <<'TEXT'
root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
TEXT
cat >etc/group <<'TEXT'
root:x:0:
nobody:x:65534:
tty:x:5:
staff:x:50:
nonroot:x:65532:
TEXT
echo 'hosts: files dns' >etc/nsswitch.conf
install -d -m 700 root
install -d -m 700 -o 65532 -g 65532 home/nonroot
ln -s /run var/run
install -d -m 1777 tmp
