"""What every open page must be: accessible in both schemes, and no wider than its window."""

from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script  # half a megabyte that a page reads once
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = EVERYTHING | {"runOnly": ["color-contrast"]}


def sound(page: Page) -> None:
    """Check one open page with axe (WCAG 2.2 AA and best practice), then its other scheme.

    The two schemes differ in colours only, so the second look is at those.
    """
    fits(page)
    page.evaluate(AXE)
    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found = AxeResults(page.evaluate("rules => axe.run(document, rules)", rules))
        assert found.violations_count == 0, found.generate_report()


def fits(page: Page) -> None:
    """Check that nothing sticks out sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], page.url
