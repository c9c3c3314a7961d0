#!/bin/sh
# Checks the system packages that Python packages cannot bring: "prerequisites.sh demo" or "prerequisites.sh test".
# As root on Debian it installs what is missing; elsewhere it says in one line what to install.
set -eu

missing=""
needs() { missing="$missing $1"; }
program() { command -v "$1" >/dev/null 2>&1; }
library() {
    program ldconfig || [ -x /sbin/ldconfig ] || return 0
    PATH="$PATH:/sbin" ldconfig -p | grep -q "$1"
}

"${PYTHON3:-python3}" -c "import ensurepip, venv" 2>/dev/null || needs python3-venv
library libpango-1.0.so.0 || needs libpango-1.0-0
library libpangoft2-1.0.so.0 || needs libpangoft2-1.0-0
library libharfbuzz-subset.so.0 || needs libharfbuzz-subset0
program msgfmt || needs gettext
if [ "${1:-demo}" = test ]; then
    program chromium-headless-shell || program chromium || program chromium-browser || program google-chrome \
        || needs chromium-headless-shell
    program redis-server || needs redis-server
    program pdftotext || needs poppler-utils
    program qpdf || needs qpdf
    program clamd || [ -x /usr/sbin/clamd ] || needs clamav-daemon
    program curl || needs curl
    program openssl || needs openssl
fi

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && program apt-get; then
    echo "Installing system packages:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    # redis-server and clamav-daemon would start services of their own; the tests start theirs.
    [ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d && trap 'rm -f /usr/sbin/policy-rc.d' EXIT; }
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >&2 && exit 0
fi
echo "Missing system packages, install them first (Debian names): apt-get install$missing" >&2
exit 1
