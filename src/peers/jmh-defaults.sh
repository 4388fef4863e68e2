#!/usr/bin/env bash
#
# Measures cases of the standard profile with JMH's own default settings: 5 forks of 5 times 10 s of warm-up and 5 times
# 10 s of measurement, case after case, 500 s each. What is compared with it is a run of ours: see jmh-defaults.py.
#
#   src/peers/jmh-defaults.sh DIRECTORY WORKLOAD/MODEL…    e.g. sum-of-squares/serial sum-of-squares/virtual-threads
#
# Of each case DIRECTORY gets JMH's JSON, and seconds.tsv a line with how long it took. A case whose JSON is there is passed
# over, so that what an hour had no time for can follow.
#
# Environment:
#   JMH_SETTINGS   in place of '-f 5 -wi 5 -w 10s -i 5 -r 10s', to try this script out
#
# Exit codes: 0 done, 1 JMH failed, 2 wrong call, 130 or 143 when interrupted.

set -euo pipefail
export LC_ALL=C

if [ "$#" -lt 2 ] || [ -z "$1" ]; then
    printf 'usage: jmh-defaults.sh DIRECTORY WORKLOAD/MODEL…\n' >&2
    exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${here%/src/peers}
mkdir -p -- "$1"
directory=$(CDPATH='' cd -- "$1" && pwd -P)
shift
read -r -a settings <<<"${JMH_SETTINGS:--f 5 -wi 5 -w 10s -i 5 -r 10s}"

for name in "$@"; do
    if ! [[ $name =~ ^[a-z-]+/[a-z-]+$ ]]; then
        printf "jmh-defaults.sh: '%s' is no WORKLOAD/MODEL, such as sum-of-squares/serial\n" "$name" >&2
        exit 2
    fi
done

for name in "$@"; do
    file=$directory/${name/\//-}.json
    if [ -s "$file" ]; then
        printf '%s: there already\n' "$name" >&2
        continue
    fi
    class=
    IFS=- read -r -a words <<<"${name%/*}"
    for word in "${words[@]}"; do
        class=$class${word^}
    done
    model=${name#*/}
    model=${model^^}
    # The profiles' size, where it is not JMH's default.
    size=()
    if [ "${name%/*}" = sum-of-squares ]; then
        size=(-p tasks=100000)
    fi
    begun=$(date +%s)
    # Average time, because ours is a time; JMH's default mode is its inverse.
    exit_code=0
    "$root/run-benchmarks.sh" jmh "[.]${class}Benchmark[.]run\$" -p "model=${model//-/_}" "${size[@]}" "${settings[@]}" \
        -bm avgt -tu ms -rf json -rff "$file.unfinished" >"$directory/log.txt" 2>&1 </dev/null || exit_code=$?
    if [ "$exit_code" = 130 ] || [ "$exit_code" = 143 ]; then
        exit "$exit_code"
    fi
    if [ "$exit_code" != 0 ] || [ ! -s "$file.unfinished" ]; then
        printf 'jmh-defaults.sh: %s failed; see %s\n' "$name" "$directory/log.txt" >&2
        exit 1
    fi
    mv -- "$file.unfinished" "$file"
    printf '%s\t%s\n' "$name" "$(($(date +%s) - begun))" | tee -a "$directory/seconds.tsv"
done
rm -f -- "$directory/log.txt"
