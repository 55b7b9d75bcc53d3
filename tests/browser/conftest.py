"""A real browser, without a network; skipped with a reason where there is none."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class Opened:
    """A page that was opened, and what went wrong in it so far."""

    page: Any
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = [path for path in map(shutil.which, CHROMIUM_NAMES) if path]
    if not found:
        pytest.skip("no Chromium on the PATH: the page is not tried in a browser")
    # the sandbox needs rights that a container's only user does not have
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=found[0], args=arguments)
        yield chromium
        chromium.close()


class Window:
    """Opens files in a window of its own; keeps every complaint of the browser."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []

    def open(self, report: Path, view: str = "", **how: Any) -> Opened:
        """The report with `view` as the part of the address after #."""
        context = self._browser.new_context(
            **{"offline": True, "viewport": {"width": 1360, "height": 900}, **how}
        )
        self._contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda said: opened.complaints.append(said.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", lambda request: _asked(opened, request.url))
        opened.page.goto(report.as_uri() + (f"#{view}" if view else ""))
        return opened

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def _asked(opened: Opened, url: str) -> None:
    if not url.startswith("file:"):
        opened.complaints.append(f"asked for {url}")


@pytest.fixture
def window(browser: Any) -> Iterator[Window]:
    opened = Window(browser)
    yield opened
    opened.close()
