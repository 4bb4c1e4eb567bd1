"""Talka's settings as the tests run under them: the demo, with a secret and a folder of their own."""

import atexit
import os
import shutil
import tempfile

os.environ["TALKA_DEMO"] = "1"
os.environ["TALKA_SECRET_KEY"] = "only for tests: nothing real is kept with it"
if "TALKA_DATA" not in os.environ:
    os.environ["TALKA_DATA"] = tempfile.mkdtemp(prefix="talka-tests-")
    atexit.register(shutil.rmtree, os.environ["TALKA_DATA"], ignore_errors=True)

from talka.settings import *  # noqa: F403
from talka.settings import STORAGES

# Tests look at pages, not at the names under which style sheets are served.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
