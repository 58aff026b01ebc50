#!/bin/bash
# First steps inside a box, as root: host name, /proc, files of /etc, folders; then the program as its user.
#   inside.sh STDERR HOSTNAME ETC USER OUTSIDE=INSIDE… -- COMMAND…
set -eu
exec 2>&"$1"
eval "exec $1>&-"
hostname "$2"
etc=$3
user=$4
shift 4
mount -t proc proc /proc
mount -t overlay overlay -o "lowerdir=$etc:/etc" /etc
while [ "$1" != -- ]; do
    mount --bind "${1%%=*}" "${1#*=}"
    shift
done
shift
cd /
exec setpriv --pdeathsig KILL --reuid="$user" --regid="$user" --init-groups --inh-caps=-all -- "$@"
