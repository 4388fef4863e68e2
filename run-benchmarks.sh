#!/usr/bin/env bash
#
# The only door to the benchmarks: finds a JDK, builds when sources are newer than the jar, and hands on to it.
#
#   ./run-benchmarks.sh [COMMAND] [OPTION...]    no command means "run"; --help lists them all
#   ./run-benchmarks.sh --print-jdk              prints the home of the JDK that would be used, and ends
#
# The JDK has to be 25 or newer and to have a compiler. It is looked for in JAVA_HOME, behind the java on PATH and in the
# usual places of Linux and macOS, where the newest is taken.
#
# Environment:
#   JAVA_HOME         the JDK to prefer
#   JDK_SEARCH_PATH   directories that hold JDKs, separated by colons; replaces the usual places
#
# Exit codes of its own: 2 when it cannot start or build (one line says why), 130 when interrupted. All others, and what
# they mean, come from the program behind it.

set -u

readonly JDK_MINIMUM=25
readonly BUILD_NEEDS_MB=200
readonly LOCK_WAIT_SECONDS=900

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "run-benchmarks.sh: $*"
    exit 2
}

# Follows the symbolic links of a file; the answer is in $resolved. (Answers come in variables because a subshell for each
# would make every start slower; readlink -f is not everywhere.)
resolve() {
    local link hops=0
    resolved=$1
    case $resolved in */*) ;; *) resolved=./$resolved ;; esac
    while [ -L "$resolved" ] && [ "$hops" -lt 40 ]; do
        link=$(readlink "$resolved") || return 0
        case $link in
            /*) resolved=$link ;;
            *) resolved=${resolved%/*}/$link ;;
        esac
        hops=$((hops + 1))
    done
}

# ---- The JDK ----

# The version of the JDK in directory $1, in $version; empty when there is none.
read_version() {
    local key value
    version=
    if [ -f "$1/release" ] && [ -r "$1/release" ]; then
        while IFS='=' read -r key value || [ -n "$key" ]; do
            if [ "$key" = JAVA_VERSION ]; then
                value=${value%$'\r'}
                value=${value#\"}
                version=${value%\"}
                break
            fi
        done <"$1/release"
    fi
    if [ -z "$version" ] && [ -x "$1/bin/javac" ]; then
        value=$("$1/bin/javac" -version 2>&1 </dev/null)
        case $value in
            *'javac '*)
                value=${value##*javac }
                version=${value%%[!0-9A-Za-z._+-]*}
                ;;
        esac
    fi
}

# Splits $version: its first number, in $major, and a number that orders versions, in $rank (26-ea comes before 26).
rank_version() {
    local numbers=${version%%[!0-9.]*} final=1 IFS=.
    numbers=${numbers#1.}
    case $version in *-ea* | *-beta* | *-internal*) final=0 ;; esac
    # shellcheck disable=SC2086 # splits at the dots
    set -- $numbers
    major=$((10#${1:-0}))
    rank=$((((major * 1000 + 10#${2:-0}) * 1000 + 10#${3:-0}) * 2 + final))
}

# Looks at the directory $1. A suitable JDK that is newer than $jdk becomes $jdk; others go to $unsuitable.
consider() {
    local home=${1%/}
    [ -e "$home/bin/java" ] || home=$home/Contents/Home
    [ -x "$home/bin/java" ] && [ ! -d "$home/bin/java" ] || return 0
    # The programs in /usr/bin of macOS only stand in for a JDK that is elsewhere.
    [ "$home" != /usr ] || return 0
    read_version "$home"
    rank_version
    if [ "$major" -lt "$JDK_MINIMUM" ]; then
        unsuitable+=("${version:-an unknown version} in $home")
    elif [ ! -x "$home/bin/javac" ]; then
        unsuitable+=("$version without javac in $home")
    elif [ "$rank" -gt "$jdk_rank" ]; then
        jdk=$home
        jdk_rank=$rank
    fi
}

consider_usual_places() {
    local place parent parents=() IFS
    if [ -n "${JDK_SEARCH_PATH:-}" ]; then
        IFS=:
        set -f
        # shellcheck disable=SC2206 # splits at the colons
        parents=($JDK_SEARCH_PATH)
        set +f
        unset IFS
        for parent in ${parents[@]+"${parents[@]}"}; do
            [ -n "$parent" ] || continue
            consider "$parent"
            for place in "${parent%/}"/*/; do
                consider "$place"
            done
        done
        return 0
    fi
    for place in /usr/lib/jvm/*/ /usr/java/*/ /opt/*/ \
        /Library/Java/JavaVirtualMachines/*/ \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/ /usr/local/opt/openjdk*/libexec/openjdk.jdk/; do
        consider "$place"
    done
    [ -n "${HOME:-}" ] || return 0
    for place in "$HOME"/Library/Java/JavaVirtualMachines/*/ "$HOME"/.sdkman/candidates/java/*/ "$HOME"/.jdks/*/ \
        "$HOME"/.asdf/installs/java/*/ "$HOME"/.local/share/mise/installs/java/*/; do
        consider "$place"
    done
}

find_jdk() {
    local entry path listed='|' found=''
    jdk=
    jdk_rank=0
    unsuitable=()
    if [ -n "${JAVA_HOME:-}" ]; then
        consider "$JAVA_HOME"
    fi
    if [ -z "$jdk" ]; then
        path=$(type -P java) && {
            resolve "$path"
            case $resolved in */bin/java) consider "${resolved%/bin/java}" ;; esac
        }
    fi
    [ -n "$jdk" ] || consider_usual_places
    if [ -z "$jdk" ]; then
        for entry in ${unsuitable[@]+"${unsuitable[@]}"}; do
            path=$(CDPATH='' cd -P -- "${entry#* in }" 2>/dev/null && pwd -P)
            case $listed in *"|$path|"*) continue ;; esac
            listed="$listed$path|"
            found="${found:+$found, }${entry%% in *} in $path"
        done
        fail "no JDK $JDK_MINIMUM or newer found (there is ${found:-no other either}); install one, or set JAVA_HOME to one"
    fi
    # A relative JAVA_HOME has to survive the change of directory of a build.
    case $jdk in /*) ;; *) jdk=$(CDPATH='' cd -- "$jdk" && pwd) ;; esac
}

# ---- Building ----

up_to_date() {
    local newer=''
    [ -s "$jar" ] && [ -f "$stamp" ] || return 1
    # Directories count too: they tell of files that were deleted.
    IFS= read -r newer < <(find "$root/pom.xml" "$root/src" -newer "$stamp" -print 2>/dev/null)
    [ -z "$newer" ]
}

# Free space in MB where target/ is or will be, in $free_mb (empty when unknown), and its mount point, in $mounted.
read_free_space() {
    local line place=$root i
    local -a fields
    [ ! -d "$target" ] || place=$target
    free_mb=
    mounted=
    {
        read -r line
        read -r -a fields
    } < <(df -Pk "$place" 2>/dev/null)
    # Names may have spaces in them, so the column is found by the per cent sign after it.
    for ((i = 1; i < ${#fields[@]}; i++)); do
        case ${fields[i]} in
            [0-9]*%)
                case ${fields[i - 1]} in
                    '' | *[!0-9]*) ;;
                    *)
                        free_mb=$((fields[i - 1] / 1024))
                        mounted=${fields[*]:i+1}
                        ;;
                esac
                return 0
                ;;
        esac
    done
}

remove_jar() {
    rm -f "$jar" "$stamp"
}

remove_half_built() {
    remove_jar
    rm -rf "$target/classes" "$target/test-classes" "$target/generated-sources" "$target/generated-test-sources" \
        "$target/maven-status" "$target/maven-archiver" "${target:?}/lib"
}

# Whether process $1 lives, whoever owns it.
alive() {
    kill -0 "$1" 2>/dev/null || ps -p "$1" >/dev/null 2>&1
}

# True when neither the script that took the lock nor its Maven lives any more.
lock_is_dead() {
    local pid='' host='' maven_pid=''
    [ -d "$lock" ] || return 1
    { read -r pid host <"$lock/owner"; } 2>/dev/null
    { read -r maven_pid <"$lock/maven"; } 2>/dev/null
    lock_owner=${pid:-unknown}
    if [ -z "$pid" ]; then
        # Taken this instant, or its owner died between two steps.
        lock_unowned=$((lock_unowned + 1))
        [ "$lock_unowned" -gt 5 ]
        return
    fi
    lock_unowned=0
    [ "$host" = "${HOSTNAME:-}" ] || return 1
    if alive "$pid"; then return 1; fi
    [ -z "$maven_pid" ] || ! alive "$maven_pid"
}

take_lock() {
    local waiting=0 since=$SECONDS
    lock_unowned=0
    lock_owner=unknown
    until mkdir "$lock" 2>/dev/null; do
        if [ ! -d "$lock" ]; then
            # Freed this instant, or nothing can be written here.
            mkdir "$lock" 2>/dev/null && break
            [ -d "$lock" ] || fail_unwritable
        fi
        if lock_is_dead && mkdir "$lock.takeover" 2>/dev/null; then
            # One at a time, and looking again, so that nobody takes over a lock that has just been taken over.
            if lock_is_dead; then
                remove_half_built
                rm -rf "$lock"
            fi
            rmdir "$lock.takeover"
            continue
        fi
        if [ $((SECONDS - since)) -ge "$LOCK_WAIT_SECONDS" ]; then
            fail "another build (process $lock_owner) has held $lock for $((LOCK_WAIT_SECONDS / 60)) minutes;" \
                "end it, or delete $lock* if it is gone, then run again"
        fi
        [ "$waiting" = 1 ] || say "waiting for another build (process $lock_owner) …"
        waiting=1
        sleep 1
    done
    lock_taken=1
    { printf '%s %s\n' "$$" "${HOSTNAME:-}" >"$lock/owner"; } 2>/dev/null
}

release_lock() {
    lock_taken=0
    rm -rf "$lock"
}

fail_unwritable() {
    fail "cannot build because $target cannot be written to;" \
        "make it writable, or copy the project to a directory that is, and run again"
}

# All processes below process $1, in $descendants; only that one where ps is missing.
read_descendants() {
    local pid parent grown=1
    descendants=" $1 "
    while [ "$grown" = 1 ]; do
        grown=0
        while read -r pid parent; do
            case $descendants in *" $pid "*) continue ;; esac
            case $descendants in *" $parent "*)
                descendants="$descendants$pid "
                grown=1
                ;;
            esac
        done < <(ps -A -o pid= -o ppid= 2>/dev/null)
    done
}

any_alive() {
    local pid
    for pid in "$@"; do
        if kill -0 "$pid" 2>/dev/null; then return 0; fi
    done
    return 1
}

end_maven() {
    local tries=0
    read_descendants "$1"
    # shellcheck disable=SC2086 # a list of numbers
    {
        kill -TERM $descendants
        while any_alive $descendants; do
            tries=$((tries + 1))
            if [ "$tries" -gt 50 ]; then
                kill -KILL $descendants
                break
            fi
            sleep 0.1 || sleep 1
        done
        wait "$1"
    } 2>/dev/null
}

# A signal while waiting for a lock or building; $1 is the exit code.
interrupted() {
    local removed=''
    trap '' INT TERM HUP
    set +u # $! may not be set yet
    if [ "$maven_started" = 1 ]; then
        end_maven "$!"
    fi
    if [ "$lock_taken" = 1 ]; then
        remove_half_built
        release_lock
        removed='; what was half built has been removed'
    fi
    say "run-benchmarks.sh: interrupted before the build was done$removed"
    exit "$1"
}

# What went wrong, in $reason: the first [ERROR] line of the log that tells something, made short.
read_reason() {
    local line last=''
    reason=
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        case $line in
            *'No space left on device'* | *'Disk quota exceeded'*)
                reason=${line#'[ERROR] '}
                disk_full=1
                break
                ;;
            '[ERROR] COMPILATION ERROR'* | '[ERROR] ' | '[ERROR]') ;;
            '[ERROR] '*) [ -n "$reason" ] || reason=${line#'[ERROR] '} ;;
            *[![:space:]-]*) last=$line ;;
        esac
    done <"$log"
    reason=${reason:-${last:-Maven gave no reason}}
    while :; do
        case $reason in
            *"$root/"*) reason=${reason%%"$root/"*}${reason#*"$root/"} ;;
            *) break ;;
        esac
    done
    reason=${reason#'Failed to execute goal '}
    reason=${reason%' -> [Help 1]'}
    reason=${reason//[[:cntrl:]]/ }
    [ "${#reason}" -le 200 ] || reason="${reason:0:199}…"
}

fail_build() {
    local status=$1 advice='mend that and run again' disk_full=0
    read_free_space
    read_reason
    if [ -n "$free_mb" ] && [ "$free_mb" -lt 10 ]; then
        remove_half_built
        release_lock
        fail "the disk that holds $target${mounted:+ (mounted on $mounted)} became full while building ($free_mb MB free);" \
            "what was half built has been removed; free $BUILD_NEEDS_MB MB there and run again"
    fi
    if [ "$disk_full" = 1 ]; then
        remove_half_built
        release_lock
        fail "a disk became full while building: $reason; what was half built has been removed, the log is $log;" \
            "free some space (Maven's repository and the temporary directory count too) and run again"
    fi
    case $reason in
        *'ould not transfer'* | *'ould not resolve'* | *'ould not be resolved'* | *'ould not find artifact'*)
            advice='Maven fetches libraries on the first build, so look at the network or its settings and run again'
            ;;
    esac
    if [ "$status" -gt 128 ]; then
        reason="Maven was ended by signal $((status - 128))"
    elif [ "$status" = 0 ]; then
        reason="Maven ended well, yet $jar or its stamp could not be written"
    fi
    remove_jar
    rm -rf "${target:?}/lib"
    release_lock
    fail "the build failed: $reason; the log is $log; $advice"
}

build() {
    local mvn status
    mvn=$(type -P mvn) ||
        fail "the benchmarks have to be built and Maven 3.6.3 or newer is missing;" \
            "install it from your system's packages or from maven.apache.org, and see to it that mvn is on PATH"
    case $mvn in /*) ;; *) mvn=$PWD/$mvn ;; esac
    read_free_space
    if [ -n "$free_mb" ] && [ "$free_mb" -lt "$BUILD_NEEDS_MB" ]; then
        fail "the disk that holds $target${mounted:+ (mounted on $mounted)} is full: $free_mb MB free," \
            "$BUILD_NEEDS_MB MB needed to build; free some space there and run again"
    fi

    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM
    trap 'interrupted 129' HUP
    { mkdir -p "$target" && [ -w "$target" ]; } 2>/dev/null || fail_unwritable
    take_lock
    if ! up_to_date; then
        # Removed, not overwritten: a run in progress keeps the jar that it has open.
        remove_jar
        # The stamp has the time of the beginning, so that what is saved during the build counts as newer.
        { : >"$lock/started"; } 2>/dev/null
        log=$target/build.log
        { : >"$log"; } 2>/dev/null || log=$(mktemp "${TMPDIR:-/tmp}/run-benchmarks.XXXXXX" 2>/dev/null) || log=/dev/null
        say "building (first time takes a minute or two) …"
        maven_started=1
        (
            cd -- "$root" || exit
            JAVA_HOME=$jdk exec "$mvn" -B -ntp -q -DskipTests -Dspotless.check.skip=true package
        ) </dev/null >"$log" 2>&1 &
        { printf '%s\n' "$!" >"$lock/maven"; } 2>/dev/null
        wait "$!"
        status=$?
        maven_started=0
        if [ "$status" != 0 ] || [ ! -s "$jar" ] || ! mv -f "$lock/started" "$stamp" 2>/dev/null; then
            fail_build "$status"
        fi
        [ "$log" = "$target/build.log" ] || [ "$log" = /dev/null ] || rm -f "$log"
    fi
    release_lock
    trap - INT TERM HUP
}

# ---- Handing on ----

find_jdk
if [ "${1:-}" = --print-jdk ]; then
    printf '%s\n' "$jdk"
    exit 0
fi

resolve "${BASH_SOURCE[0]}"
root=$(CDPATH='' cd -P -- "${resolved%/*}/" && pwd -P) || fail "cannot find the directory of $0"
target=$root/target
jar=$target/concurrency-benchmarks.jar
stamp=$target/.built
lock=$target/.lock
lock_taken=0
maven_started=0

up_to_date || build

exec "$jdk/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
    --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED -Djava.awt.headless=true \
    -jar "$jar" --root "$root" ${1+"$@"}
