"""The brief in a real browser, opened from disk where no network answers: it shows, and asks for nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest
from brief_cases import story

from seamwatch.brief import languages, render_html, summarise

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--proxy-server=127.0.0.1:9"),
    *("--enable-logging=stderr", "--virtual-time-budget=2000", "--window-size=400,900", "--dump-dom"),
)
TOLD = ("Refused to", "ERR_", "Content Security Policy")


def browse(page: Path, profile: Path) -> subprocess.CompletedProcess[str]:
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (Debian's package)")
@pytest.mark.parametrize("lang", languages())
def test_it_opens_without_a_network_and_asks_for_nothing(lang: str, tmp_path: Path) -> None:
    page = tmp_path / "موجز brief.html"
    page.write_text(render_html(summarise(story()), lang), "utf-8")
    shown = browse(page, tmp_path / "profile")
    assert shown.returncode == 0 and "<h1" in shown.stdout and "<svg" in shown.stdout
    assert f'<html lang="{lang}" dir="{"ltr" if lang == "en" else "rtl"}">' in shown.stdout
    assert [line for line in shown.stderr.splitlines() if any(word in line for word in TOLD)] == []


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (Debian's package)")
def test_the_check_above_would_see_a_page_that_asks(tmp_path: Path) -> None:
    page = tmp_path / "asks.html"
    text = render_html(summarise(story()), "en").replace("</body>", '<img src="http://192.0.2.1/x.png"></body>')
    page.write_text(text, "utf-8")
    shown = browse(page, tmp_path / "profile")
    assert any(word in shown.stderr for word in TOLD)
