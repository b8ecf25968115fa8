"""What every open page must be: accessible, and no wider than its window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def sound(page: Page) -> None:
    """Check one open page with axe (WCAG 2.2 AA and best practice) and measure its width."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], page.url
