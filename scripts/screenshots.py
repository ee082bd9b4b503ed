"""Draw the pictures of the README again: make screenshots. Needs Chromium and the packages of the tests.

Serves a demo district in a temporary folder, or in WUZIJUE_DATA where one is there already, signs in as the people
who use the pages, and takes each page as they see it.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
HEAD = "chengliyan"


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    """Build, serve, look, clean up."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No Chromium found: install it, or name it in CHROMIUM.")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wuzijue-pictures-") as folder:
        environment = {"WUZIJUE_DATA": folder} | os.environ
        command = [sys.executable, "manage.py", "demo"]
        told = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        password = told.partition("密码均为 ")[2].partition("）")[0]
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)], cwd=ROOT, env=environment
        )
        try:
            wait_until_served(f"http://127.0.0.1:{port}/healthz")
            take_pictures(f"http://127.0.0.1:{port}", chromium, password)
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_until_served(address: str) -> None:
    """Wait for the server's first answer."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not start.")


def take_pictures(address: str, chromium: str, password: str) -> None:
    """The desk of the office head, and a report with the evidence of one sentence."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
        sign_in(page, HEAD, password)
        page.goto("/")
        page.screenshot(path=TARGET / "desk.png")
        page.goto("/zhun/")
        page.locator("main a[href^='/zhun/']").first.click()
        # A problem, with what it rests on beside it.
        page.locator(".statement-link:has(b:not(:empty))").first.click()
        page.wait_for_load_state("networkidle")
        page.mouse.move(0, 0)
        page.screenshot(path=TARGET / "report.png")
        browser.close()


def sign_in(page: Page, username: str, password: str) -> None:
    """Type name and password as a person does."""
    page.goto("/cun/denglu/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
