"""What every test may use; each concern has a module of its own in tests/plugins."""

pytest_plugins = [
    "tests.plugins.database",
    "tests.plugins.redis",
    "tests.plugins.files",
    "tests.plugins.cast",
    "tests.plugins.browser",
    "tests.plugins.language",
    "tests.plugins.mail",
    "tests.plugins.seals",
    "tests.plugins.memory",
    "tests.plugins.order",
]
