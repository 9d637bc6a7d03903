#!/usr/bin/env bash
# Checks disbursement.pml with spin: three laws under every proof of absence, then the mutants, which must be refuted.
# Prints one line a run, and of each mutant the way to its error. Status 1 when a law breaks or a mutant passes.
# Needs spin and gcc. Bounds are in the runs below; two run at a time, under two minutes of processor time in all.
set -euo pipefail
export LC_ALL=C # mutants are those in capitals
model=$(cd "$(dirname "$0")" && pwd)/disbursement.pml
export model
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name | what holds or is refuted | bounds and switches
runs='
two-wages-operator|L1 L3|-DABSENCE=2 -DCLAIMS=2 -DSENDS=2
one-wage-quiet|L1 L3|-DABSENCE=1 -DCLAIMS=1 -DSENDS=2
one-wage-dedupes|L1 L3|-DABSENCE=0 -DCLAIMS=1 -DSENDS=2
one-file-operator|L1 L3|-DABSENCE=2 -DCLAIMS=2 -DSENDS=3 -DATTEMPTS=1
one-file-quiet|L1 L3|-DABSENCE=1 -DCLAIMS=2 -DSENDS=3 -DATTEMPTS=1
one-file-dedupes|L1 L3|-DABSENCE=0 -DCLAIMS=2 -DSENDS=3 -DATTEMPTS=1
late-return|L1 L3|-DLATE_RETURN -DABSENCE=2 -DCLAIMS=1 -DATTEMPTS=1
bank-errs|L3|-DABSENCE=2 -DCLAIMS=1 -DSENDS=1 -DWRONG_WORD
rest-two-attempts|L10|-DL10 -DABSENCE=2 -DCLAIMS=1 -DSENDS=1
rest-quiet|L10|-DL10 -DABSENCE=1 -DCLAIMS=2 -DSENDS=2 -DATTEMPTS=1
rest-dedupes|L10|-DL10 -DABSENCE=0 -DCLAIMS=2 -DSENDS=2 -DATTEMPTS=1
rest-bank-errs|L10|-DL10 -DABSENCE=2 -DCLAIMS=1 -DSENDS=2 -DATTEMPTS=1 -DWRONG_WORD
RESEND_ON_TIMEOUT|mutant|-DRESEND_ON_TIMEOUT -DABSENCE=2 -DCLAIMS=1
CALL_AFTER_LEASE|mutant|-DCALL_AFTER_LEASE -DABSENCE=2 -DCLAIMS=1
TRUST_REFUSAL|mutant|-DTRUST_REFUSAL -DABSENCE=0 -DCLAIMS=1
QUIET_FROM_FIRST|mutant|-DQUIET_FROM_FIRST -DABSENCE=1 -DCLAIMS=1 -DSENDS=3 -DATTEMPTS=1
ANSWERED_LINES_GO|mutant|-DANSWERED_LINES_GO -DABSENCE=2 -DCLAIMS=1
OLD_DOCUMENT|mutant|-DOLD_DOCUMENT -DABSENCE=1 -DCLAIMS=1 -DATTEMPTS=1
RETURN_UNHEARD|mutant|-DRETURN_UNHEARD -DLATE_RETURN -DABSENCE=2 -DCLAIMS=1 -DATTEMPTS=1
NOBODY_DECIDES|mutant|-DL10 -DNOBODY_DECIDES -DABSENCE=2 -DCLAIMS=1 -DSENDS=1 -DATTEMPTS=1
'

check() {
    IFS='|' read -r name law switches <<<"$1"
    mkdir "$2/$name"
    cd "$2/$name"
    local search=-DSAFETY options='' optimise=-O0
    case $switches in *-DL10*) search=-DNFAIR=5 options='-a -f' ;; esac
    # The large ones are worth a slower compiler.
    case $name in two-wages* | one-wage* | rest-two*) optimise=-O1 ;; esac
    # shellcheck disable=SC2086
    spin $switches -a "$model" >spin.txt
    # shellcheck disable=SC2086
    gcc $optimise -w $search -DMEMLIM=1500 -o pan pan.c
    # shellcheck disable=SC2086
    ./pan $options -m1000000 -n >out.txt 2>&1
    if [ -f disbursement.pml.trail ]; then
        ./pan -r -S disbursement.pml.trail 2>&1 \
            | grep -E '^ *(bank|host|file|wage|people|the bank|a copy)|^pan:1' >trail.txt || true
    fi
}
export -f check
printf '%s' "$runs" | sed '/^$/d' | tr '\n' '\0' | xargs -0 -P 2 -I{} bash -c 'check "$1" "$2"' _ {} "$work"

failed=0
while IFS='|' read -r name law switches; do
    [ -n "$name" ] || continue
    out=$work/$name/out.txt
    errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' "$out")
    states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' "$out")
    truncated=$(grep -cE 'Search not completed|max search depth|MEMLIM' "$out" || true)
    printf '%-20s %-6s %9s states, errors: %s  %s\n' "$name" "$law" "${states:-?}" "${errors:-?}" "$switches"
    if [ "$law" = mutant ]; then
        [ "${errors:-0}" != 0 ] || failed=1
        sed 's/^ */    /' "$work/$name/trail.txt" 2>/dev/null || failed=1
    elif [ "${errors:-1}" != 0 ] || [ "$truncated" != 0 ]; then
        failed=1
        cat "$out"
        [ ! -f "$work/$name/trail.txt" ] || sed 's/^ */    /' "$work/$name/trail.txt"
    fi
done <<<"$runs"
# Of the model as it is: what only a mutant does counts for nothing.
grep -h '^arrow ' "$work"/[a-z]*/out.txt | awk '/^arrow /{n[$2" "$3]+=$4} END{for(a in n) print "arrow", a, n[a]}' | sort
exit $failed
