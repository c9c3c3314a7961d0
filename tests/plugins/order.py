"""Long files first: two workers who take file after file then end together, instead of one waiting for the other's last walk."""

import pytest

# The longest without a browser, longest first, as `--durations` of a whole run tells them. Files that walk come next.
LONGEST = (
    "portfolio/test_demonstration.py",
    "config/test_url_matrix.py",
    "portfolio/test_executive_pdf.py",
    "attack/test_refused.py",
    "attack/test_addresses.py",
    "attack/test_administration.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    walked = {item.path for item in items if item.get_closest_marker("browser")}

    def place(item: pytest.Item) -> int:
        name = "/".join(item.path.parts[-2:])
        if name in LONGEST:
            return LONGEST.index(name)
        return len(LONGEST) if item.path in walked else len(LONGEST) + 1

    items.sort(key=place)
