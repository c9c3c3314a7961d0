"""The settings of the tests: the project's own, in test mode, with the table owner's address.

The owner makes and migrates the test databases; tests/plugins/database.py then lets every test act as the application's
role. This must happen before anything reads the settings, and pytest-django reads them before any conftest.
"""

import os
from pathlib import Path

from config import embedded

os.environ["GATEHOUSE_MODE"] = "test"
os.environ["DATABASE_URL"] = (
    os.environ.get("DATABASE_OWNER_URL")
    or os.environ.get("DATABASE_URL")
    or embedded.database_url(Path(__file__).resolve().parent.parent, embedded.OWNER_ROLE)
)

from config.settings import *  # noqa: F403

# Static files are looked for when asked for: finding all of them anew for each client of each test costs more than its pages.
WHITENOISE_AUTOREFRESH = True
