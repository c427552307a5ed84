#!/bin/sh
# Runs a command whose temporary files lie in memory, where there is plenty, and throws them away afterwards: every save
# waits for the disk, which proves nothing here, and takes a hundred times longer than the save itself.
set -u

room() {
    [ "$(df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }')" -ge 2097152 ] 2>/dev/null
}

runs_programs() {  # which is not allowed there in every container
    cp /bin/true "$1/true" && "$1/true"
}

room /dev/shm && folder=$(mktemp -d /dev/shm/stet-XXXXXX) || exec "$@"
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if runs_programs "$folder" 2>/dev/null; then export TMPDIR="$folder"; fi
"$@"
