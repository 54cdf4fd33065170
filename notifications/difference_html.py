"""A comparison as HTML: a fragment for a mail (one column, only <del> and <ins>), and a page with both versions side by side.

The page is one file that fetches nothing and runs nothing: no scripts, no pictures, styles inside, and a policy that forbids the
rest. Paragraphs that did not change are folded, so that the page holds both versions whole.
"""

from __future__ import annotations

from notifications.difference_outline import DifferenceOutline, condensed
from notifications.templating import template


def render_difference_fragment(outline: DifferenceOutline) -> str:
    """The comparison as a piece of a mail; readable without any styles."""
    return template("difference_fragment.html").render(outline=outline, condensed=condensed)


def render_difference_page(outline: DifferenceOutline) -> str:
    """The comparison as one self-contained page; every change has an anchor (`w1`, `w2`, ...) and a link to the next."""
    return template("difference_page.html").render(outline=outline)
