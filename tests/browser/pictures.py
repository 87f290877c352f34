"""Pictures of pages for whoever wants to look at them: in the folder that TENURE_TEST_SCREENSHOTS names, else none."""

import os
from pathlib import Path

from playwright.sync_api import Error, Page


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep a picture of a page, or of all there is to scroll to, under the name of the test."""
    if not (folder := os.environ.get("TENURE_TEST_SCREENSHOTS")):
        return
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0].rpartition("::")[2].partition("@")[0]
    place = Path(folder) / f"{test}-{name}.png".replace("/", "-")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        page.screenshot(path=place, full_page=whole)
    except Error as error:  # a page that is gone has no picture, and its test something better to say
        place.with_suffix(".txt").write_text(str(error))
