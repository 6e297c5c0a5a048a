"""One person with a browser of his own: what he opens, fills in, presses and reads, and what went wrong meanwhile."""

import os
import re
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.factories import PASSWORD

#: A loaded machine is slow, not wrong.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
DESK, PHONE = (1440, 900), (390, 844)
#: Set BROWSER_SHOTS to a folder to look at every page that a journey comes by.
SHOTS = os.environ.get("BROWSER_SHOTS", "")
_NUMBERS = count(1)

#: Runs in every page before its own scripts: tells of broken security rules, and how wide the page became.
WATCH = """
document.addEventListener("securitypolicyviolation", function (event) {
  window.portalWatch("CSP", event.violatedDirective + " " + (event.blockedURI || event.sample));
});
window.addEventListener("load", function () {
  var root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    var wide = [].filter.call(document.body.querySelectorAll("*"), function (element) {
      return element.getBoundingClientRect().right > root.clientWidth + 1;
    }).slice(0, 3).map(function (element) { return element.tagName + "." + element.className; });
    window.portalWatch("wider than the screen", root.scrollWidth + " px: " + wide.join(", "));
  }
});
"""


class Visitor:
    """Texts are those that a person reads; every wait ends when the text is there."""

    def __init__(self, browser: Browser, base: str, name: str, size: tuple[int, int] = DESK, **options: Any) -> None:
        self.name, self.base, self.troubles, self.expected = name, base, [], {200, 204, 302, 304}
        width, height = size
        self.context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": height},
            has_touch=width < 600,
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options},
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.expose_binding("portalWatch", lambda source, kind, text: self._note(kind, text, source["page"]))
        self.context.add_init_script(WATCH)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._note("script", str(error), self.page))
        self.page.on("response", self._response)

    def close(self) -> None:
        self.context.close()

    def tolerates(self, *statuses: int) -> None:
        """Answers that the story means to get."""
        self.expected.update(statuses)

    def open(self, path: str) -> Response | None:
        """Open an address."""
        response = self.page.goto(path)
        self._shot()
        return response

    def sign_in(self, username: str) -> None:
        self.open("/accounts/login/")
        self.fill("用户名", username)
        self.fill("密码", PASSWORD)
        self.send("登录")

    def field(self, label: str) -> Locator:
        """A control by its visible label; a star marks those that must be filled."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")).locator("visible=true").first

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def pick(self, group: str, option: str) -> None:
        """One of several buttons or circles under a heading."""
        within = self.page.get_by_role("group", name=re.compile(rf"^{re.escape(group)}")).first
        within.get_by_text(option, exact=True).first.click()

    def stars(self, question: str, answer: str) -> None:
        """A score from 非常不满意 to 非常满意."""
        self.page.get_by_role("group", name=re.compile(question)).locator(f"label[title='{answer}']").click()

    def focused(self) -> Locator:
        """The element that the keyboard acts on."""
        return self.page.locator("*:focus")

    def tab_to(self, name: str) -> None:
        """Press the tab key until the control of that name has the focus."""
        for _attempt in range(40):
            self.page.keyboard.press("Tab")
            if self.focused().get_attribute("name") == name:
                return
        raise AssertionError(f"no way to {name} by keyboard")

    def dark(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.getAttribute('data-bs-theme') === 'dark'"))

    def press(self, name: str, within: str = "body") -> None:
        """A button that changes this page only."""
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()

    def send(self, name: str, within: str = "body") -> None:
        """A button that leads to another page."""
        with self.page.expect_navigation():
            self.press(name, within)
        self._shot()

    def follow(self, name: str, within: str = "body") -> None:
        """A link."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=name, exact=True).first.click()
        self._shot()

    def sees(self, *texts: str, within: str = "body") -> None:
        """All the texts stand on the page."""
        for text in texts:
            expect(self.page.locator(within).get_by_text(text).locator("visible=true").first).to_be_visible()

    def misses(self, *texts: str) -> None:
        """None of the texts stands on the page."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)

    def text(self, selector: str) -> str:
        """What can be read there, blanks made single."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def texts(self, selector: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Status and body of an address, with this person's cookies."""
        answer = self.context.request.get(path, max_redirects=0)
        return answer.status, answer.body()

    def _note(self, kind: str, text: str, page: Page) -> None:
        self.troubles.append(f"{self.name} on {page.url.removeprefix(self.base)}: {kind}: {text}")

    def _console(self, message: ConsoleMessage) -> None:
        # That a page answered 409 is told by _response, which knows what the story expects.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._note("console", message.text, self.page)

    def _response(self, response: Response) -> None:
        if response.status not in self.expected:
            self._note(f"status {response.status}", response.url, self.page)

    def _shot(self) -> None:
        if SHOTS:
            self.page.wait_for_load_state("load")
            name = f"{next(_NUMBERS):03d}-{self.name}.png"
            self.page.screenshot(path=Path(SHOTS) / name, full_page=True)
