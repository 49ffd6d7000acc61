"""Gets a browser for the tests of pages, where this machine has none and lets us; never fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from browser_support import HOW, find_browser

TIMEOUT_SECONDS = 600


def commands() -> list[list[str]]:
    """Ways to get one, the best first."""
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() != 0:
        return [own]
    packaged = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    with_libraries = [*own[:-1], "--with-deps", "chromium"]
    return [with_libraries, packaged] if shutil.which("apt-get") else [with_libraries]


def main() -> None:
    """Find a browser, or get one, or say how to."""
    for command in commands():
        if find_browser() is not None:
            return
        print(f"No browser yet: trying `{' '.join(command)}`", flush=True)
        try:
            subprocess.run(command, check=False, timeout=TIMEOUT_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(error)
    if find_browser() is None:
        print(HOW)


if __name__ == "__main__":
    main()
