#!/bin/sh
# For any build server: scan, keep the reports, and leave with lading's exit code.
#   BASE=origin/main sh generic.sh               judges only what the branch brings in
#   LADING_VENV=/var/cache/lading sh generic.sh  keeps the installation there, for the next run
# The installation stands outside of the project: it is no part of what is scanned.
set -eu
if [ -n "${LADING_VENV:-}" ]; then
  place=$LADING_VENV
else
  place=$(mktemp -d)
  trap 'rm -rf "$place"' EXIT
  trap 'exit 130' HUP INT TERM
fi
python3 -m venv "$place" && "$place/bin/pip" install --quiet "${LADING_REQUIREMENT:-lading}"
set -- scan . -f terminal -f json=lading.json -f junit=lading.xml
if [ -n "${BASE:-}" ]; then
  fork=$(git merge-base "$BASE" HEAD)
  set -- "$@" --trust "$fork" --diff "$fork"
fi
"$place/bin/python" -Im scanner "$@"
