#!/usr/bin/env bash
# requirements*.in -> requirements*.txt, pinned with hashes, without a word about where they were fetched.
source "$(dirname "$0")/lib.sh"
.ci/install.sh dev
UV=$(command -v uv || echo .venv/bin/uv)
for name in requirements requirements-dev; do
    say "$name.txt"
    "$UV" pip compile --quiet --python .venv/bin/python --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" "$name.in" -o "$name.txt"
done
