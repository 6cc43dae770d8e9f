"""Settings for tests: the machine's own, in a throw-away home of this process, so that no test touches `var/`."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

HOME_OF_TESTS = tempfile.mkdtemp(prefix="haidang-tests-")
os.environ["HAIDANG_HOME"] = HOME_OF_TESTS
atexit.register(shutil.rmtree, HOME_OF_TESTS, ignore_errors=True)

from haidang.site.settings import *  # noqa: E402, F403  (the home must be set before the settings are read)
