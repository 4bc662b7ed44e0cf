#!/bin/sh
# server.sh <server> <base> <ear> [-D…]: runs the server in the foreground, and stops it when told to or when the build that
# started it is gone. It listens on leasehold.port (LEASEHOLD_PORT) and is handed every other -Dleasehold.* of Maven's.
set -ef
server=$1
base=$2
ear=$3
shift 3

mkdir -p "$base/deployments"
cp -r "$server/standalone/configuration" "$base"
cp "$ear" "$base/deployments"
touch "$base/deployments/${ear##*/}.dodeploy"

port=${LEASEHOLD_PORT:-8080}
for argument in $MAVEN_CMD_LINE_ARGS; do
    case $argument in
        -Dleasehold.port=*) port=${argument#*=} ;;
        -Dleasehold.*) set -- "$@" "$argument" ;;
    esac
done

LAUNCH_JBOSS_IN_BACKGROUND=true "$server/bin/standalone.sh" -Djboss.server.base.dir="$base" \
    -Djboss.http.port="$port" -Djboss.management.http.port=0 "$@" &
child=$!
trap 'kill -TERM $child' INT TERM HUP
while kill -0 $child && kill -0 $PPID; do
    sleep 1
done 2> /dev/null
kill -TERM $child 2> /dev/null || true
wait $child
