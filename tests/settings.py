"""Talka's settings as the tests run under them: the demo, with a secret and a folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["TALKA_DEMO"] = "1"
os.environ["TALKA_SECRET_KEY"] = "only for tests: nothing real is kept with it"
if "TALKA_DATA" not in os.environ:
    os.environ["TALKA_DATA"] = tempfile.mkdtemp(prefix="talka-tests-")
    atexit.register(shutil.rmtree, os.environ["TALKA_DATA"], ignore_errors=True)
# Tests that run at the same time count, look through and delete files: each process of them has its own
# folder in the one that the first made, which the processes that it starts know again by its name.
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and worker not in Path(os.environ["TALKA_DATA"]).parts:
    os.environ["TALKA_DATA"] = str(Path(os.environ["TALKA_DATA"], worker))

from talka.settings import *  # noqa: F403
from talka.settings import STORAGES

# Tests look at pages, not at the names under which style sheets are served.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
