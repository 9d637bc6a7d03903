#!/usr/bin/env bash
# Plants each bug of this folder in a copy of the tree, one at a time, builds, and looks who finds it: the laws over
# drawn histories, the simulation, the tests that the patch names. A line of the table for each as it is done; status 1
# where one is not found.
#   run.sh [--seeds N] [--by [FROM [TO]]] [NAME…]
#     --by   the laws and the simulation alone, of the patches FROM to TO; 0 is the tree without one: nobody finds that
#     NAME   a part of a patch's name; none: all
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seeds=200 from=1 to=999 finders="laws simulation tests" names=()
while [ $# -gt 0 ]; do
    case $1 in
        --seeds) seeds=$2; shift ;;
        --by)
            finders="laws simulation" from=0
            if [[ ${2:-} =~ ^[0-9]+$ ]]; then from=$2 to=$2; shift
                if [[ ${2:-} =~ ^[0-9]+$ ]]; then to=$2; shift; fi
            fi ;;
        *) names+=("$1") ;;
    esac
    shift
done

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar -C "$root" --exclude=./.git --exclude=bin --exclude=obj --exclude=TestResults -cf - . | tar -x -C "$copy"
cd "$copy" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 GIT_CEILING_DIRECTORIES="$copy/.."
built=bin/Release/net10.0
# A planted bug is no style error: only what it does counts. What it leaves as it was is not compiled again.
build() {
    dotnet build Disbursement.Tests -c Release -v quiet -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false "$@" \
        >build.log 2>&1
}
tests() { timeout 600 dotnet test --project Disbursement.Tests -c Release --no-build "$@" 2>&1; }

# Each prints "who|what|first seed", and status 0; or nothing and status 1.
laws() {
    local said seed what
    said=$(LAW_SEEDS="1-$seeds" tests --filter-class '*.ReachTests')
    seed=$(grep -oE 'seed [0-9]+:' <<<"$said" | head -1 | tr -dc 0-9)
    if [ -n "$seed" ]; then
        what=$(grep -oE "L[0-9]+: [^\"']{0,70}|constraint failed[^']{0,70}" <<<"$said" | head -1)
        what=${what:-$(sed -nE "s/.*seed $seed: //p" <<<"$said" | head -1 | cut -c1-70)}
        if grep -qE "seed $seed: (SQLite|[0-9A-Z]{5}:)" <<<"$said"; then echo "schema|$what|$seed"
        else echo "laws|$what|$seed"; fi
    else
        # A mark that the histories no longer come to.
        what=$(sed -nE 's/^ *Collection: *\[(.*)\].*/\1/p' <<<"$said" | head -1)
        [ -n "$what" ] && echo "laws|not reached: $what|$seeds"
    fi
}
# A few seeds at first, then more: most are found early.
simulation() {
    local said first=1 some=4 seed
    while [ "$first" -le "$seeds" ]; do
        [ $((first + some - 1)) -le "$seeds" ] || some=$((seeds - first + 1))
        said=$(timeout 900 dotnet "Disbursement.Host/$built/disburse.dll" --lang en \
            simulate --from "$first" --seeds "$some" 2>&1)
        seed=$(sed -nE 's/^seed ([0-9]+), step.*/\1/p' <<<"$said" | sort -n | head -1)
        if [ -n "$seed" ]; then
            echo "simulate|$(sed -nE "/^seed $seed, step/{s/.*: //;N;s/\n */: /;p;q}" <<<"$said" | cut -c1-90)|$seed"
            return
        fi
        first=$((first + some))
        some=$((some * 2))
    done
    return 1
}
named() {
    local filter=() class said
    for class in $1; do filter+=(--filter-class "*.$class"); done
    [ ${#filter[@]} -gt 0 ] || return 1
    said=$(tests "${filter[@]}")
    grep -q '^failed ' <<<"$said" || return 1
    echo "tests|$(grep '^failed ' <<<"$said" | head -1 | sed -E 's/^failed ([A-Za-z]+\.)*([A-Za-z]+\.[A-Za-z0-9_]+).*/\2/')|-"
}
# The first of the finders that finds something; nothing where none does.
find() {
    local finder
    for finder in $finders; do
        case $finder in
            laws) laws ;;
            simulation) simulation ;;
            tests) named "$1" ;;
        esac && return
    done
    echo '||'
}
wanted() {
    local number=$((10#${1%%-*})) part
    [ "$number" -ge "$from" ] && [ "$number" -le "$to" ] || return 1
    [ ${#names[@]} -gt 0 ] || return 0
    for part in "${names[@]}"; do case $1 in *"$part"*) return 0 ;; esac; done
    return 1
}

build || { cat build.log; exit 1; }
missed=0 count=0
echo '| patch | law | found by | how | first seed | s |'
echo '|---|---|---|---|---|---|'
for patch in "" "$here"/*.patch; do
    name=00-none law='' classes='' began=$SECONDS
    [ -z "$patch" ] || name=$(basename "$patch" .patch)
    wanted "$name" || continue
    count=$((count + 1))
    if [ -z "$patch" ]; then
        found=$(find '')
        [ "$found" = '||' ] || missed=$((missed + 1))
    else
        law=$(sed -n 's/^Breaks: //p' "$patch")
        classes=$(sed -n 's/^Tests: //p' "$patch")
        if ! git apply "$patch"; then found='|does not apply|'
        elif build --no-restore; then found=$(find "$classes"); git apply -R "$patch"
        else
            found="|does not build: $(grep -m1 -oE 'error [A-Z]+[0-9]+: .*' build.log)|"
            git apply -R "$patch"
        fi
        [ "${found%%|*}" != '' ] || missed=$((missed + 1))
        [ "$found" != '||' ] || found='|NOT FOUND|'
    fi
    echo "| $name | $law | ${found//|/ | } | $((SECONDS - began)) |"
done
echo "$count looked at, $missed otherwise than they should be"
[ "$missed" = 0 ] && [ "$count" -gt 0 ]
