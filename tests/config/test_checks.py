"""What `make security` says of locked packages: a package nobody could tell of is not a clean one (trust.md S-30)."""

from config.checks import weak_packages

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = {"name": "weasyprint", "version": "69.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["70.0"]}]}
UNKNOWN = {"name": "pikepdf", "skip_reason": "Dependency not found on PyPI and could not be audited: pikepdf (10.17)"}


def test_packages_that_were_not_looked_up_are_not_clean():
    assert weak_packages({"dependencies": [CLEAN]}) == []
    assert "PYSEC-1, mended in 70.0" in weak_packages({"dependencies": [CLEAN, WEAK]})[0]
    assert weak_packages({"dependencies": [CLEAN, UNKNOWN]})[0].startswith("1 of 2 not known")
    assert weak_packages({"dependencies": []})
