"""Finds the browser for the tests: the one named, Chromium, Chrome, Edge, or Playwright's own."""

import os
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
LINUX = ("~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome",)
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
WINDOWS = (
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LOCALAPPDATA%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%LOCALAPPDATA%\ms-playwright\chromium-*\chrome-win*\chrome.exe",
)

# No network of its own, no updates, no sandbox that a container's root could not have.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

MISSING = (
    "The browser tests need Chromium, Chrome or Edge and none was found: install one (for example "
    "'apt-get install chromium' as root), or set GOLDTHREAD_BROWSER to its program."
)


def find_browser() -> str | None:
    """The path of a browser's program, or None."""
    if named := os.environ.get("GOLDTHREAD_BROWSER"):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    places = {"win32": WINDOWS, "darwin": MAC}.get(sys.platform, LINUX)
    for place in places:
        if matches := sorted(glob(os.path.expandvars(str(Path(place).expanduser())))):  # noqa: PTH207
            return matches[-1]
    return None


def install_browser() -> str | None:
    """By Debian's package manager, when we may; returns the browser found afterwards."""
    install("chromium", "Chromium for the browser tests")
    return find_browser()


def install_tesseract() -> None:
    """What recognises the text of scans; without it their tests are skipped."""
    if not shutil.which("tesseract"):
        install("tesseract-ocr", "tesseract for the tests of scans")


def install(package: str, what: str) -> None:
    """A package of Debian's, when we are root there; else nothing is done."""
    if sys.platform == "win32" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {what} …", file=sys.stderr, flush=True)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    for step in (["apt-get", "update", "-qq"], command):
        subprocess.run(
            step,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            check=False,
        )
