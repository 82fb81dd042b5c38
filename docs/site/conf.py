# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sphinx settings for `make docs`, which builds the guides and a page for each module and role."""

from __future__ import annotations

project = title = html_short_title = "jobwise.appliance"
copyright = "The jobwise.appliance contributors"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
source_suffix = {".rst": "restructuredtext", ".md": "markdown"}
default_role = "any"
highlight_language = "YAML+Jinja"
pygments_style = "ansible"
myst_heading_anchors = 3
# Guides link to files of the checkout that are not pages.
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]

html_theme = "sphinx_ansible_theme"
html_theme_options = {"topbar_links": {"Sources": "https://github.com/jobwise/appliance"}}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_use_modindex = False
