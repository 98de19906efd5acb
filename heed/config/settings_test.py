"""Settings of the test suite: SQLite unless HEED_DATABASE_URL names a PostgreSQL, and quick passwords."""

import atexit
import os
import shutil
import tempfile

if "HEED_DATA" not in os.environ:
    os.environ["HEED_DATA"] = tempfile.mkdtemp(prefix="heed-test-")
    atexit.register(shutil.rmtree, os.environ["HEED_DATA"], ignore_errors=True)
os.environ.setdefault("HEED_SECRET_KEY", "only-for-tests")

from heed.config.settings import *  # noqa: F403 - all of them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if not DATABASE_URL:  # noqa: F405 - from the settings above
    # A file, as in life: an in-memory database would hide locking between threads.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
