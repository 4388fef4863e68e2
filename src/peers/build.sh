#!/usr/bin/env bash
#
# Compiles the C peers.
#
#   src/peers/build.sh DIRECTORY    makes DIRECTORY/peers, and DIRECTORY when it is not there
#
# Environment:
#   CC   the C compiler to use; without it cc, gcc or clang
#
# Exit codes: 0 done, 1 the compiler failed, 2 wrong call, 3 no compiler.

set -euo pipefail

if [ "$#" != 1 ] || [ -z "$1" ]; then
    printf 'usage: build.sh DIRECTORY\n' >&2
    exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
if [ -n "${CC:-}" ]; then
    candidates=("$CC")
else
    candidates=(cc gcc clang)
fi
for compiler in "${candidates[@]}" ''; do
    if [ -n "$compiler" ] && command -v "$compiler" >/dev/null; then break; fi
done
if [ -z "$compiler" ]; then
    printf 'build.sh: no C compiler found (%s); install one, or name one in CC\n' "${candidates[*]}" >&2
    exit 3
fi
mkdir -p -- "$1"
"$compiler" -O2 -pthread -o "$1/peers" "$here/c/peers.c" || exit 1
