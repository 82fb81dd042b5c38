# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of appliance_report in a real browser: nothing is cut off, filters and sorting work, it can be read."""

from __future__ import annotations

import os
import shutil
import typing as t
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from tests.browser import fleets

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

CUT_OFF = """
() => [...document.querySelectorAll("body *")]
  .filter((node) => !node.closest(".hide") && node.getBoundingClientRect().right > innerWidth + 0.5)
  .map((node) => node.outerHTML.slice(0, 120))
"""
TOO_FAINT = """
() => {
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter((node) =>
    [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()) && node.checkVisibility());
  return texts.filter((node) => {
    const [a, b] = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map((node) => node.outerHTML.slice(0, 120));
}
"""
UNNAMED = """
() => [...document.querySelectorAll("a, button, input, select, svg:not([aria-hidden]), table, section, [role=img]")]
  .filter((node) => !(node.getAttribute("aria-label") || node.getAttribute("aria-labelledby") || node.closest("label")
    || node.textContent.trim()))
  .map((node) => node.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="session")
def browser() -> t.Iterator[Browser]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert program, f"No browser is installed: one of {', '.join(CHROMIUM)}"
    with sync_playwright() as playwright:
        # The browser's own sandbox does not start as root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=program, args=arguments, timeout=20_000)


class Reader:
    """Opens pages, and notes everything that goes wrong in them."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.problems: list[str] = []

    def open(self, report: fleets.Json, size: str = "desktop", colours: t.Literal["dark", "light"] = "light") -> Page:
        path = self.folder / "report.html"
        path.write_text(fleets.render("report.html.j2", report), encoding="utf-8")
        width, height = SIZES[size]
        page = self.browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            locale="de-DE",
            timezone_id="Europe/Berlin",
        )
        page.set_default_timeout(5_000)
        page.on("console", lambda message: self.problems.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self.problems.extend([request.url] * (request.url != path.as_uri())))
        page.on("dialog", self.dismiss)
        page.goto(path.as_uri())
        return page

    def dismiss(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> t.Iterator[Reader]:
    one = Reader(browser, tmp_path)
    yield one
    assert one.problems == []


def names(page: Page, section: str) -> list[str]:
    """Return the appliances of the rows of a table that are to be seen."""
    found = page.locator(f"#{section} > table > tbody > tr:visible > td:first-child").all_inner_texts()
    return [text.splitlines()[0] for text in found]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("fleet", [fleets.fine, fleets.long_names], ids=lambda fleet: fleet.__name__)
def test_nothing_is_cut_off_or_faint_or_unnamed(
    reader: Reader, fleet: t.Callable[[], list[fleets.Json]], size: str, colours: t.Literal["dark", "light"]
) -> None:
    report = fleets.report(fleet())
    page = reader.open(fleets.report(fleet(), fleets.earlier_than(report)), size, colours)
    page.evaluate("document.querySelectorAll('details').forEach((node) => { node.open = true; })")
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(TOO_FAINT) == []
    assert page.evaluate(UNNAMED) == []


def test_filters(reader: Reader) -> None:
    page = reader.open(fleets.report(fleets.many()))
    shown = names(page, "appliances")
    more = page.locator("#appliances button.more")
    assert len(shown) == 4 and more.inner_text() == "Show 36 more that are fine"
    more.click()
    assert len(names(page, "appliances")) == 40 and more.get_attribute("aria-expanded") == "true"
    page.fill("#search", "ps-17 syslog")
    assert names(page, "expiry") == ["ps-17"] and names(page, "appliances") == []
    assert page.locator("#appliances .nothing").is_visible() and page.inner_text("#found") == "1 row found."
    page.fill("#search", "")
    page.select_option("#platform", "oneview")
    assert len(names(page, "appliances")) == 6
    page.check("#only")
    assert names(page, "appliances") == ["oneview-3"] and names(page, "capacity") == ["oneview-3"]
    page.uncheck("#only")
    page.select_option("#platform", "")
    assert page.inner_text("#found") == ""


def test_sorting(reader: Reader) -> None:
    page = reader.open(fleets.report(fleets.many()))
    page.locator("#capacity button.more").click()
    used = page.get_by_role("table", name="Capacity").get_by_role("button", name="Used")
    first = names(page, "capacity")
    used.click()
    up = names(page, "capacity")
    assert sorted(up) == sorted(first) and up[0] == "ps-00"
    assert page.locator("#capacity th[aria-sort=ascending]").inner_text().startswith("Used")
    used.click()
    assert names(page, "capacity")[0] == up[-1] == "ps-26"
    page.locator("#capacity th", has_text="Appliance").locator("button").click()
    assert names(page, "capacity")[:2] == ["oneview-0", "oneview-1"]
    assert page.locator("#capacity th[aria-sort]").count() == 1
    page.locator("#expiry th", has_text="Expires").locator("button").click()
    assert page.locator("#expiry tbody tr:visible td:nth-child(4)").first.get_attribute("data-value") == "-3"


def test_times_are_the_readers_and_differences_unfold(reader: Reader) -> None:
    page = reader.open(fleets.report(fleets.wrong()), "phone")
    generated = page.locator("#generated")
    assert generated.inner_text() == "31.01.2026, 13:00" and generated.get_attribute("title") == "2026-01-31T12:00:00Z"
    sides = page.locator("#drift .sides").first
    assert not sides.is_visible()
    page.locator("#drift summary").first.click()
    assert "60 GiB" in sides.inner_text() and "20 TiB" in sides.inner_text()
    page.locator(".tiles a", has_text="Capacity").click()
    assert page.locator("#capacity h2").is_visible()


def test_on_paper(reader: Reader) -> None:
    page = reader.open(fleets.report(fleets.wrong()), "desktop", "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".tools").is_visible() and page.evaluate(TOO_FAINT) == []
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts_everything_is_there(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(fleets.render("report.html.j2", fleets.report(fleets.many())), encoding="utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    assert page.locator("#appliances tbody tr:visible").count() == 40
    assert page.inner_text("#generated") == "2026-01-31 12:00:00 UTC"
    assert not page.locator(".tools").is_visible()
