#!/usr/bin/env bash
# Plants each bug of this folder in a copy of the tree, one at a time, builds, and looks who finds it: the laws over
# drawn histories, the simulation, the tests that the patch names. Status 1 where one is not found.
#   run.sh [--seeds N] [--by "laws simulation tests"] [NAME…]     NAME: a part of a patch's name; none: all
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seeds=200 by="laws simulation tests" names=()
while [ $# -gt 0 ]; do
    case $1 in
        --seeds) seeds=$2; shift ;;
        --by) by=$2; shift ;;
        *) names+=("$1") ;;
    esac
    shift
done

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar -C "$root" --exclude=./.git --exclude=bin --exclude=obj --exclude=TestResults -cf - . | tar -x -C "$copy"
cd "$copy" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 GIT_CEILING_DIRECTORIES="$copy/.."
# A planted bug is no style error: only what it does counts.
build() { dotnet build Disbursement.Tests -c Release -v quiet -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false; }
tests() { timeout 600 dotnet test --project Disbursement.Tests -c Release --no-build "$@" 2>&1; }

# Each prints who found it, and status 0; or nothing and status 1.
laws() {
    local said seed broken
    said=$(LAW_SEEDS="1-$seeds" tests --filter-class '*ReachTests')
    seed=$(grep -oE 'seed [0-9]+:' <<<"$said" | head -1 | tr -dc 0-9)
    [ -n "$seed" ] || return 1
    broken=$(grep -oE "L[0-9]+: [^\"']{0,70}|constraint failed[^']{0,70}" <<<"$said" | head -1)
    if grep -qE "seed $seed: (SQLite|[0-9A-Z]{5}:)" <<<"$said"; then echo "schema|$broken|$seed"
    else echo "laws|${broken:-$(sed -nE "s/.*seed $seed: //p" <<<"$said" | head -1 | cut -c1-70)}|$seed"; fi
}
# A few seeds at first, then more: most are found early.
simulation() {
    local said from=1 some=4 seed
    while [ "$from" -le "$seeds" ]; do
        [ $((from + some - 1)) -le "$seeds" ] || some=$((seeds - from + 1))
        said=$(timeout 900 dotnet Disbursement.Host/bin/Release/net10.0/disburse.dll --lang en \
            simulate --from "$from" --seeds "$some" 2>&1)
        seed=$(grep -oE '^seed [0-9]+, step' <<<"$said" | head -1 | tr -dc 0-9)
        if [ -n "$seed" ]; then
            echo "simulate|$(sed -nE "/^seed $seed, step/{s/.*: //;N;s/\n */: /;p;q}" <<<"$said" | cut -c1-90)|$seed"
            return
        fi
        from=$((from + some))
        some=$((some * 2))
        [ $some -le 40 ] || some=40
    done
    return 1
}
named() {
    local filter=() class said
    for class in $1; do filter+=(--filter-class "*.$class"); done
    said=$(tests "${filter[@]}")
    grep -q '^failed ' <<<"$said" || return 1
    echo "tests|$(grep '^failed ' <<<"$said" | head -1 | sed -E 's/^failed ([A-Za-z]+\.)*([A-Za-z]+\.[A-Za-z0-9_]+).*/\2/')|-"
}

build >build.log 2>&1 || { cat build.log; exit 1; }
table='' missed=0 done=0
for patch in "$here"/*.patch; do
    name=$(basename "$patch" .patch)
    if [ ${#names[@]} -gt 0 ]; then
        wanted=0
        for part in "${names[@]}"; do case $name in *"$part"*) wanted=1 ;; esac; done
        [ $wanted = 1 ] || continue
    fi
    done=$((done + 1))
    law=$(sed -n 's/^Breaks: //p' "$patch")
    classes=$(sed -n 's/^Tests: //p' "$patch")
    if ! git apply "$patch"; then
        found='|does not apply|'
        missed=$((missed + 1))
    else
        if ! build >build.log 2>&1; then
            found="|does not build: $(grep -m1 -oE 'error [A-Z]+[0-9]+: .*' build.log)|"
            missed=$((missed + 1))
        else
            found=''
            for finder in $by; do
                case $finder in
                    laws) found=$(laws) ;;
                    simulation) found=$(simulation) ;;
                    tests) found=$(named "$classes") ;;
                esac && break
                found=''
            done
            [ -n "$found" ] || { found='|NOT FOUND|'; missed=$((missed + 1)); }
        fi
        git apply -R "$patch"
    fi
    line="$name|$law|$found"
    echo "$line" | tr '|' '\t'
    table+="| ${line//|/ | } |"$'\n'
done
printf '\n| patch | law | found by | how | seeds |\n|---|---|---|---|---|\n%s' "$table"
echo "$done planted, $missed not found"
[ "$missed" = 0 ] && [ "$done" -gt 0 ]
