"""Settings of the test suite: SQLite unless HEED_DATABASE_URL names a PostgreSQL, and quick passwords."""

import os
import tempfile

os.environ.setdefault("HEED_DATA", tempfile.mkdtemp(prefix="heed-test-"))
os.environ.setdefault("HEED_SECRET_KEY", "only-for-tests")

from heed.config.settings import *  # noqa: F403 - all of them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if not DATABASE_URL:  # noqa: F405 - from the settings above
    # A file, as in life: an in-memory database would hide locking between threads.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
