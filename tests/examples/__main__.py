# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Play the examples of some pages, and show what ansible-playbook prints.

Usage: python -m tests.examples PAGE ...; a page is the name of a module, or the path of a text without its ending,
such as docs/powerstore, README or roles/powerstore_users.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.run.collection import make_importable

make_importable()

from tests.examples.needs import mistakes  # noqa: E402
from tests.examples.pages import all_pages  # noqa: E402
from tests.examples.play import problems, run  # noqa: E402


def main() -> None:
    pages = {page.name: page for page in all_pages()}
    parser = argparse.ArgumentParser(description="Play the examples of pages against the emulators.")
    parser.add_argument("page", nargs="+", choices=sorted(pages), metavar="PAGE")
    parser.add_argument("-v", action="store_true", help="show the results of tasks")
    options = parser.parse_args()
    chosen = [pages[name] for name in options.page]
    found = list(mistakes(list(pages.values())))
    for platform in sorted({example.platform for page in chosen for example in page.examples}):
        with tempfile.TemporaryDirectory() as folder:
            rows, output = run(platform, chosen, Path(folder), *(["-vvv"] if options.v else ["--diff"]))
        print(output)
        for page in chosen:
            found += problems(page.on(platform), rows)
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
