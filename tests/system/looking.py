"""What is held of every page: nothing a screen reader trips over, nothing wider than the screen, nothing blocked."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def look_at(page: Page, name: str) -> None:
    """Hold the page as it stands against WCAG 2.2 AA and against two widths. HEED_PICTURES keeps what was seen."""
    arrive(page)
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        found = violations(page) + overflow(page)
        assert found == [], "\n".join([f"{name} at {viewport['width']}", *found])
        if "HEED_PICTURES" in os.environ:
            folder = Path(os.environ["HEED_PICTURES"])
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}-{viewport['width']}.png", full_page=True)


def arrive(page: Page) -> None:
    """Wait until the page that was last asked for is whole: a click is over as soon as the first of it has come."""
    page.wait_for_load_state()


def read_all(page: Page) -> str:
    """Everything the page says, once it is whole: nothing is missing from half a page."""
    arrive(page)
    return page.content()


def violations(page: Page) -> list[str]:
    """What axe-core finds, a line each: rule, the element, why."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """The elements that reach beyond the right edge, when the page can be pushed sideways."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.body.querySelectorAll("*")]
            .filter(element => element.getBoundingClientRect().right > wide + 1)
            .map(element => element.tagName + "." + element.className);
        }"""
    )


def complaints(page: Page) -> list[str]:
    """Collects what the browser complains of from now on: blocked by the content security policy, script errors."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
