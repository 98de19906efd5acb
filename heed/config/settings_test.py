"""Settings of the test suite: SQLite unless HEED_DATABASE_URL names a PostgreSQL, and quick passwords."""

import os
import tempfile

os.environ.setdefault("HEED_DATA", tempfile.mkdtemp(prefix="heed-test-"))
os.environ.setdefault("HEED_SECRET_KEY", "only-for-tests")

from heed.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
