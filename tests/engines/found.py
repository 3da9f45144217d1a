"""Which engines this machine has, and how to come by the others.

In: nothing. Out: by name, what starts each engine that is here; run as a program, it first installs what is
missing where it may (as root from Debian or Ubuntu, else Playwright's own builds) and says what it could not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
import chromium  # noqa: E402
from drivers import Driver, Firefox, Playwright, WebKit  # noqa: E402

# What each needs from Debian or Ubuntu, and how to come by it elsewhere.
PACKAGES = {
    "firefox": ("firefox-esr", "FIREFOX=/path names one; from mozilla.org"),
    "webkit": ("webkit2gtk-driver xvfb", "python -m playwright install webkit"),
    "pdftotext": ("poppler-utils", "poppler, of any system"),
}
_BROWSERS = ("/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser",
             "/usr/lib/webkit2gtk-4.*/MiniBrowser")


def firefox() -> str | None:
    named = os.environ.get("FIREFOX")
    return shutil.which(named) if named else shutil.which("firefox-esr") or shutil.which("firefox")


def webkit() -> tuple[str, str] | None:
    """WebKitGTK's driver and browser."""
    driver = shutil.which("WebKitWebDriver")
    browser = next((str(path) for pattern in _BROWSERS for path in Path("/").glob(pattern[1:])), None)
    return (driver, browser) if driver and browser and shutil.which("Xvfb") else None


def _playwrights(name: str) -> bool:
    """Whether Playwright's own build of an engine is installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        return Path(getattr(running, name).executable_path).exists()


def engines() -> dict[str, Callable[[], Driver]]:
    found: dict[str, Callable[[], Driver]] = {}
    if path := firefox():
        found["firefox"] = lambda: Firefox(path)
    if both := webkit():
        found["webkit"] = lambda: WebKit(*both)
    elif _playwrights("webkit"):
        found["webkit"] = lambda: Playwright("webkit", None)
    if own := chromium.installed():
        found["chromium"] = lambda: Playwright("chromium", own)
    return found


def _install(packages: str) -> None:
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not root or shutil.which("sudo")):
        print(f"installing {packages} …", file=sys.stderr)
        settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages.split()]):
            subprocess.run([*root, *settings, "apt-get", *command], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)


def main() -> int:
    tests = {"firefox": firefox, "webkit": webkit, "pdftotext": lambda: shutil.which("pdftotext")}
    for name, here in tests.items():
        if not here():
            _install(PACKAGES[name][0])
        if not here() and name == "webkit":
            subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "webkit"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    there = {*engines(), *(["pdftotext"] if shutil.which("pdftotext") else [])}
    for name in [name for name in (*tests, "chromium") if name not in there]:
        packages, otherwise = PACKAGES.get(name, ("chromium", "CHROMIUM=/path names one"))
        print(f"{name} could not be installed and is left out: apt-get install {packages}; or {otherwise}")
    return 0 if there else 2


if __name__ == "__main__":
    sys.exit(main())
