# Shared by the scripts of .ci: words on the screen, apt, and "only when its inputs changed".
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
STAMPS=var/stamps
mkdir -p "$STAMPS"

say() { printf '\033[1;34m==>\033[0m %s\n' "$*"; }
die() { printf '\033[1;31m==> %s\033[0m\n' "$*" >&2; exit 1; }

# step NAME OUTPUT INPUT... -- COMMAND...   runs COMMAND unless OUTPUT exists and the inputs are those of last time.
step() {
    local name=$1 output=$2 inputs=() sum
    shift 2
    while [ "$1" != -- ]; do inputs+=("$1"); shift; done
    shift
    sum=$(sum_of "${inputs[@]}" "$*")
    [ -e "$output" ] && [ "$(cat "$STAMPS/$name" 2>/dev/null)" = "$sum" ] && return 0
    say "${name//-/ }"
    rm -f "$STAMPS/$name"
    "$@" || die "'$name' failed; the lines above say why. Command: $*"
    printf '%s' "$sum" >"$STAMPS/$name"
}

sum_of() {
    local item
    for item in "$@"; do
        printf '%s\n' "$item"
        if [ -f "$item" ]; then cat "$item"; fi
    done | sha256sum | cut -d' ' -f1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "Missing system packages and neither root nor sudo. As root: apt-get install ${MISSING[*]}"
    fi
}

is_installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

apt_update() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq ||
        say "apt-get update met a problem; trying with the lists that are there"
}

# apt_install: installs the packages in the array MISSING, if there are any.
apt_install() {
    [ ${#MISSING[@]} = 0 ] && return 0
    command -v apt-get >/dev/null ||
        die "This machine has no apt. Install these (Debian names) in its own way: ${MISSING[*]}"
    say "system packages: ${MISSING[*]}"
    apt_update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${MISSING[@]}" >/dev/null ||
        die "apt could not install: ${MISSING[*]}"
}
