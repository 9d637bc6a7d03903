#!/usr/bin/env bash
# Builds everything and runs every test. Installs what the tests call of the system (Debian names) where it is missing.
# Ends with the line "N passed, N failed"; a skipped test is a failure.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=Release
at_least=2700

# tool:package
tools=(openssl:openssl xmllint:libxml2-utils python3:python3 setpriv:util-linux gpg:gnupg
    sftp:openssh-client ssh-keygen:openssh-client /usr/sbin/sshd:openssh-server softhsm2-util:softhsm2 pgrep:procps
    spin:spin gcc:gcc pdftotext:poppler-utils)
missing=()
for pair in "${tools[@]}"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done
# 57 MB to fetch and 91 on disk, half a minute: the smallest Debian package with a face for simplified Chinese and rare names.
[ -f /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
[ -f /usr/include/stdlib.h ] || missing+=(libc6-dev)
compgen -G '/usr/lib/*/libnss_wrapper.so' >/dev/null || missing+=(libnss-wrapper)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
    root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    echo "installing ${missing[*]}"
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

filter=()
if [ -z "${DISBURSEMENT_SHARED:-}" ] && [ -d ../shared ]; then
    DISBURSEMENT_SHARED=$(cd ../shared && pwd)
    export DISBURSEMENT_SHARED
fi
if [ ! -d "${DISBURSEMENT_SHARED:-/nowhere}" ]; then
    echo "outside samples: not present"
    unset DISBURSEMENT_SHARED
    filter=(--filter-not-trait Category=OutsideSamples)
    at_least=2250
fi

dotnet build -c "$configuration" -v quiet
log=$(mktemp)
trap 'rm -f "$log"' EXIT
set +e
dotnet test -c "$configuration" --no-build --fail-skips on --minimum-expected-tests "$at_least" "${filter[@]}" \
    | tee "$log"
code=${PIPESTATUS[0]}
awk '/^  succeeded:/{p+=$2}/^  failed:/{f+=$2}END{print p+0" passed, "f+0" failed"}' "$log"
exit "$code"
