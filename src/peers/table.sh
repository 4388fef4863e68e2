#!/usr/bin/env bash
#
# Measures the C, Python and Java figures in interleaved rounds and prints how they compare.
#
#   src/peers/table.sh [--samples FILE]    --samples also keeps every sample: round, name, value, unit, between tabs
#
# A side that this machine cannot run (no C compiler, no python3, no JDK 25, benchmarks not built) is left out, and a line
# says so. Ratios are ratios of medians over the rounds; beside each stands the smallest and the largest ratio within a
# single round.
#
# Environment:
#   ROUNDS   how many rounds, 7 when not set
#   CC       the C compiler
#
# Exit codes: 0 done, whatever the table says; 2 wrong call, or nothing can be run; 129, 130 or 143 when interrupted.

set -euo pipefail
export LC_ALL=C


# row | ours | peer | what is compared | wanted; "ours" alone is compared with the limit itself, in its own unit.
readonly PAIRS='
1|java-child-first-answer|java-child-default-flags-first-answer|ours/peer|<= 0.75
2|java-child-pss|java-child-default-flags-pss|ours/peer|<= 0.55
3|java-child-first-answer|python-spawn|ours/peer|<= 0.5
4|java-spare-first-answer|python-fork|peer/ours|>= 5
5|java-warm-pool-speedup||ours|>= 1.85
6|java-cold-children-speedup||ours|>= 1.5
7|java-pool-map-1000-pipes|python-pool-map-1000|peer/ours|>= 30
8|java-pool-map-1000-shared-memory|python-pool-map-1000|peer/ours|>= 200
9|java-sleeping-chains-over-ideal||ours|<= 1.005
10|java-futex-uncontended|python-lock-uncontended|peer/ours|>= 4
11|java-futex-contended|python-lock-contended|peer/ours|>= 3
12|java-robust-mutex-contended|c-robust-mutex-contended|ours/peer|<= 1.2
13|java-posix-semaphore-uncontended|c-semaphore-uncontended|ours/peer|<= 1.2
14|java-robust-mutex-recovery||ours|<= 5
15|java-futex-recovery||ours|<= 5
16|java-ring-round-trip|c-cache-line-round-trip|ours/peer|<= 1.25
16b|java-ring-round-trip|c-two-lines-round-trip|ours/peer|<= 1.25
17|java-ring-items|python-queue-items|ours/peer|>= 200
18|java-ring-items-batched|python-queue-items|ours/peer|>= 1000
'

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "table.sh: $*"
    exit 2
}

remove_work() {
    [ -z "$work" ] || rm -rf "$work"
}

# $1 is the exit code. What runs in the background of a script ignores Ctrl-C, so it is ended here.
interrupted() {
    trap '' INT TERM HUP
    if [ -n "$running" ]; then
        kill -TERM "$running" 2>/dev/null || true
        wait "$running" 2>/dev/null || true
    fi
    exit "$1"
}

# ---- The three sides ----

run_c() {
    "$work/peers" --rounds 1
}

run_python() {
    python3 "$here/python/peers.py" --rounds 1
}

# Exits with another code if one figure failed; what the others printed stands.
run_java() {
    "$root/run-benchmarks.sh" figures
}

find_c() {
    if "$here/build.sh" "$work" 2>"$work/errors"; then
        sides="$sides c"
        return
    fi
    read_last_error
    say "C is left out: $last_error"
}

find_python() {
    if python3 -c 'import multiprocessing' 2>"$work/errors"; then
        sides="$sides python"
        return
    fi
    read_last_error
    say "Python is left out: $last_error"
}

find_java() {
    # Builds first, if anything is newer than the jar.
    if "$root/run-benchmarks.sh" figures --list >/dev/null 2>"$work/errors"; then
        sides="$sides java"
        return
    fi
    read_last_error
    say "Java is left out: $last_error"
}

# The last line of the file of errors, in $last_error.
read_last_error() {
    last_error=$(awk 'NF { last = $0 } END { print last }' "$work/errors")
    last_error=${last_error:-it gave no reason}
}

# Runs one side once and adds what it printed to the samples. A side that fails is reported, and what it printed is kept.
run_side() {
    local round=$1 side=$2 status=0
    : >"$work/errors"
    "run_$side" >"$work/lines" 2>"$work/errors" </dev/null &
    running=$!
    wait "$running" || status=$?
    running=
    # A JVM prints warnings of its own on stdout: only lines with tabs are meant for us.
    awk -F '\t' -v OFS='\t' -v round="$round" -v side="$side" '
        NF == 3 && $1 ~ "^" side "-[a-z0-9-]+$" && $2 ~ /^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/ && $3 != "" {
            print round, $1, $2, $3
            next
        }
        NF > 1 { print "round " round ", " side ": not a sample: " $0 | "cat >&2" }
    ' "$work/lines" >>"$samples"
    if [ "$status" != 0 ]; then
        read_last_error
        say "round $round, $side: ended with code $status: $last_error"
    fi
}

# ---- The tables ----

print_tables() {
    printf '%s' "$PAIRS" | awk -F '[|\t]' '
        # Four digits that count; small numbers keep them all, because some limits need them.
        function number(x) {
            return sprintf(x >= 1000 ? "%.0f" : x >= 100 ? "%.1f" : x >= 10 ? "%.2f" : "%.4f", x)
        }
        function median(name,    n, i, j, x, sorted) {
            n = count[name]
            for (i = 1; i <= n; i++) {
                x = value[name, i]
                for (j = i - 1; j >= 1 && sorted[j] > x; j--) sorted[j + 1] = sorted[j]
                sorted[j + 1] = x
            }
            return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
        }
        function compared(how, ours, peers) {
            if (how == "ours") return ours
            if (how == "ours/peer") return peers ? ours / peers : 0
            return ours ? peers / ours : 0
        }
        function cell(name) {
            return count[name] ? number(median(name)) " " unit[name] : "-"
        }
        function language(name) {
            return substr(name, 1, index(name, "-") - 1)
        }
        # Ours is always the Java figure; a peer that is Java too stands beside it.
        function cell_of_pair(wanted_language, ours, peer,    text) {
            text = wanted_language == "java" ? cell(ours) : "-"
            if (peer == "" || language(peer) != wanted_language) return text
            return text == "-" ? cell(peer) : text " (" cell(peer) ")"
        }
        function range(how, ours, peer,    round, x, low, high, seen) {
            for (round = 1; round <= rounds; round++) {
                if (!((ours, round) in at) || (how != "ours" && !((peer, round) in at))) continue
                x = compared(how, at[ours, round], how == "ours" ? 1 : at[peer, round])
                if (!seen || x < low) low = x
                if (!seen || x > high) high = x
                seen = 1
            }
            return seen ? number(low) " to " number(high) : "-"
        }
        function add(text) {
            line[++lines] = text
        }
        function flush_table(numbers_from,    i, j, n, field, width) {
            for (i = 1; i <= lines; i++) {
                n = split(line[i], field, "|")
                for (j = 1; j <= n; j++) if (length(field[j]) > width[j]) width[j] = length(field[j])
            }
            for (i = 1; i <= lines; i++) {
                n = split(line[i], field, "|")
                for (j = 1; j <= n; j++) printf "| %" (j < numbers_from ? "-" : "") width[j] "s ", field[j]
                print "|"
                if (i > 1) continue
                for (j = 1; j <= n; j++) {
                    printf "|"
                    for (k = 0; k < width[j] + (j < numbers_from ? 2 : 1); k++) printf "-"
                    if (j >= numbers_from) printf ":"
                }
                print "|"
            }
            lines = 0
        }

        NR == FNR { if ($1 != "") pair[++pairs] = $0; next }
        FNR == 1 { next }
        {
            if (!count[$2]) name[++names] = $2
            if (count[$2] && unit[$2] != $4) print "units differ: " $2 | "cat >&2"
            value[$2, ++count[$2]] = at[$2, $1] = $3 + 0
            unit[$2] = $4
            if ($1 + 0 > rounds) rounds = $1 + 0
        }

        END {
            add("row|ours|peer|C|Python|Java (peer)|compared|result|in single rounds|wanted|reached")
            for (i = 1; i <= pairs; i++) {
                split(pair[i], field, "|")
                ours = field[2]; peer = field[3]; how = field[4]
                split(field[5], wanted, " ")
                used[ours] = used[peer] = 1
                result = single = reached = "-"
                if (!count[ours] || (how != "ours" && !count[peer])) {
                    reached = "not measured"
                } else if (how != "ours" && unit[ours] != unit[peer]) {
                    reached = "units differ"
                } else {
                    x = compared(how, median(ours), how == "ours" ? 1 : median(peer))
                    result = number(x)
                    single = range(how, ours, peer)
                    reached = (wanted[1] == "<=" ? x <= wanted[2] + 0 : x >= wanted[2] + 0) ? "yes" : "no"
                }
                add(field[1] "|" ours "|" (peer == "" ? "-" : peer) "|" cell_of_pair("c", ours, peer) "|" \
                    cell_of_pair("python", ours, peer) "|" cell_of_pair("java", ours, peer) "|" how "|" result "|" \
                    single "|" field[5] "|" reached)
            }
            flush_table(4)

            # One row for all figures that are called the same after the language, if any of them is in no pair.
            for (i = 1; i <= names; i++) {
                if (used[name[i]]) continue
                suffix = substr(name[i], index(name[i], "-") + 1)
                if (suffix in shown) continue
                shown[suffix] = 1
                if (!lines) add("other figure|C|Python|Java")
                add(suffix "|" cell("c-" suffix) "|" cell("python-" suffix) "|" cell("java-" suffix))
            }
            if (lines) {
                print ""
                flush_table(2)
            }
        }
    ' - "$samples"
}

load() {
    uptime 2>/dev/null | awk '{ sub(/.*load averages?: */, ""); print }' || true
}

# ---- The call ----

rounds=${ROUNDS:-7}
samples=
while [ "$#" -gt 0 ]; do
    case $1 in
        --samples)
            [ -n "${2:-}" ] || fail "--samples needs a file"
            samples=$2
            shift 2
            ;;
        -h | --help)
            awk 'NR > 2 && !/^#/ { exit } NR > 2 { sub(/^# ?/, ""); print }' "${BASH_SOURCE[0]}"
            exit 0
            ;;
        *) fail "unknown argument '$1'; usage: [ROUNDS=N] table.sh [--samples FILE]" ;;
    esac
done
case $rounds in
    '' | *[!0-9]* | 0*) fail "ROUNDS has to be a number from 1 on, not '$rounds'" ;;
esac

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${here%/src/peers}
running=
work=
trap remove_work EXIT
trap 'interrupted 129' HUP
trap 'interrupted 130' INT
trap 'interrupted 143' TERM
work=$(mktemp -d "${TMPDIR:-/tmp}/peers.XXXXXX")
samples=${samples:-$work/samples}
{ printf 'round\tname\tvalue\tunit\n' >"$samples"; } 2>/dev/null || fail "cannot write to $samples"

sides=
find_c
find_python
find_java
[ -n "$sides" ] || fail "there is nothing to run"

load_before=$(load)
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds:$sides"
    for side in $sides; do
        run_side "$round" "$side"
    done
done
printf 'medians of %s rounds; %s, %s CPUs, load %s before and %s after\n\n' "$rounds" "$(uname -srm)" \
    "$(getconf _NPROCESSORS_ONLN)" "$load_before" "$(load)"
print_tables
