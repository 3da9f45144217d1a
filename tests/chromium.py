"""Find a headless Chromium, or install one.

Out: its path on standard output, exit 0; or what to do, on standard error, exit 2. Looks for one
that is installed (`CHROMIUM=` first, then those that `kb build` prints with), then takes Debian's package
when run as root, then Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kb.works.browser import MAC, NAMES

WINDOWED = NAMES[1:]
# What a Chromium does for the window around a page that nobody sees: its address field is a page itself,
# which took three times as long to be made as ours, for each window. The last list counts, so that
# Playwright's is in this one.
NEEDLESS = ("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup",
            "SpareRendererForSitePerProcess", "AvoidUnnecessaryBeforeUnloadCheckSync",
            "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
            "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
            "OptimizationHints", "AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying",
            "AimEnabled", "PreconnectToSearch", "Translate")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", f"--disable-features={','.join(NEEDLESS)}")


def installed(names: tuple[str, ...] = NAMES) -> str | None:
    """The path of a Chromium on this machine, if there is one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if shutil.which(named) else None
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found or Path(MAC).exists():
        return found or MAC
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
        return own if Path(own).exists() else None
    except Exception:
        return None


def install() -> str | None:
    """Install one and return its path; None when neither way works."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("installing Debian's chromium …", file=sys.stderr)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
        for name in NAMES[:2]:  # older releases have no shell
            if not installed():
                subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", name,
                                "fonts-noto-cjk"], env=environment, stdout=subprocess.DEVNULL)
    if not (found := installed()):
        print("installing Playwright's chromium …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])
        found = installed()
    return found


if __name__ == "__main__":
    path = installed() or install()
    if not path:
        print("no Chromium: install one (Debian: apt-get install chromium; macOS: Google Chrome),\n"
              "or say where it is: CHROMIUM=/path/to/chromium make test", file=sys.stderr)
        sys.exit(2)
    print(path)
