#!/bin/sh
# For any build server: scan, keep the reports, and leave with lading's exit code.
#   BASE=origin/main sh generic.sh      judges only what the branch brings in
set -eu
python3 -m venv .lading && .lading/bin/pip install --quiet "${LADING_REQUIREMENT:-lading}"
set -- scan . -f terminal -f json=lading.json -f junit=lading.xml
if [ -n "${BASE:-}" ]; then
  fork=$(git merge-base "$BASE" HEAD)
  set -- "$@" --trust "$fork" --diff "$fork"
fi
exec .lading/bin/python -Im scanner "$@"
