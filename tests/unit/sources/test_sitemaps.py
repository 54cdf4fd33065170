"""What the sitemaps say: everything that exists, when it was touched, and which of it is recent. Also when there is very much."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.documents import Kind
from domain.errors import ReadingError
from domain.listings import Answer, Entry, Listing, Scope, Window
from sources import ADAPTERS
from sources.sitemap import last_touch

ROOT = Path(__file__).resolve().parents[3]
WEEK = Window(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
OLD_PAGE = "https://www.rijksoverheid.nl/documenten/kamerstukken/2019/03/04/brief-over-gieterijen"


def _sitemap(*pages: tuple[str, str]) -> bytes:
    rows = "".join(f"<url><loc>{url}</loc>{f'<lastmod>{mark}</lastmod>' if mark else ''}</url>" for url, mark in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


def _read(source: str, *pages: tuple[str, str], name: str = "sitemap") -> Listing:
    route = next(route for route in ADAPTERS[source].routes(Scope(source)) if route.name == name)
    ask = route.asks(WEEK)[0]
    return route.read(ask, Answer(ask.url, ask.url, 200, (), _sitemap(*pages)))


def _by_url(listing: Listing) -> dict[str, Entry]:
    return {entry.url: entry for entry in listing.entries}


def test_an_old_page_is_listed_before_and_after_it_is_saved_again() -> None:
    """It was known at the baseline, so that what is new about it later is its mark and not the page."""
    before = _by_url(_read("rijksoverheid", (OLD_PAGE, "2019-03-04T10:00:00.000Z")))[OLD_PAGE]
    after = _by_url(_read("rijksoverheid", (OLD_PAGE, "2026-11-19T10:00:00.000Z")))[OLD_PAGE]
    assert (before.recent, before.modified) == (False, datetime(2019, 3, 4, 10, tzinfo=UTC))
    assert (after.recent, after.modified) == (True, datetime(2026, 11, 19, 10, tzinfo=UTC))
    assert before.mark != after.mark


@pytest.mark.parametrize(
    ("lastmod", "moment", "recent"),
    [
        ("2026-11-16T00:00:00Z", datetime(2026, 11, 16, tzinfo=UTC), True),
        ("2026-11-16T00:59:59+01:00", datetime(2026, 11, 15, 23, 59, 59, tzinfo=UTC), False),
        ("2027-01-01T00:00:00Z", datetime(2027, 1, 1, tzinfo=UTC), True),  # a clock that is ahead hides nothing
        ("2026-11-16", None, True),
        ("2026-11-15", None, False),
        ("gisteren", None, True),
        ("", None, True),
    ],
)
def test_what_counts_as_touched(lastmod: str, moment: datetime | None, recent: bool) -> None:
    """What cannot be read may have been touched at any time."""
    assert last_touch(lastmod, WEEK) == (moment, recent)
    assert last_touch(lastmod, None) == (moment, True)


def test_schemes_are_always_recent_and_news_is_not() -> None:
    """The state of every scheme is part of the baseline, however long its page stood still."""
    scheme, news = "https://www.rvo.nl/subsidies-financiering/mit", "https://www.rvo.nl/nieuws/lang-geleden"
    found = _by_url(_read("rvo", (scheme, "2020-01-01T10:00+01:00"), (news, "2020-01-01T10:00+01:00")))
    assert (found[scheme].kind, found[scheme].recent) == (Kind.SCHEME, True)
    assert (found[news].kind, found[news].recent) == (Kind.NEWS, False)
    assert found[scheme].modified == found[news].modified == datetime(2020, 1, 1, 9, tzinfo=UTC)


def test_the_news_sitemap_says_when_it_was_modified() -> None:
    page = "https://www.rijksoverheid.nl/actueel/nieuws/2026/11/19/x"
    (entry,) = _read("rijksoverheid", (page, "2026-11-19T13:30:13.751Z"), name="news-sitemap").entries
    assert entry.modified == datetime(2026, 11, 19, 13, 30, 13, 751000, tzinfo=UTC)
    assert entry.recent


def test_two_days_without_news_are_no_failure_and_a_site_without_pages_is() -> None:
    empty = _read("rijksoverheid", name="news-sitemap")
    assert (empty.entries, empty.surprises) == ((), ())
    with pytest.raises(ReadingError, match="without addresses"):
        _read("rijksoverheid")


_MEASURE = """
import json, resource, sys, time
from datetime import UTC, datetime
from domain.listings import Answer, Scope, Window
from sources import ADAPTERS

stem = "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/09/brief-over-het-verloop-van-de-regeling-nummer-"
days = [f"2021-12-{day:02d}T09:00:00.000Z" for day in range(1, 29)]
rows = "".join(f"<url><loc>{stem}{n}</loc><lastmod>{days[n % 28]}</lastmod></url>" for n in range(100_000))
body = ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + rows + "</urlset>").encode()
del rows
route = next(route for route in ADAPTERS["rijksoverheid"].routes(Scope("rijksoverheid")) if route.name == "sitemap")
ask = route.asks(Window(datetime(2021, 12, 20, tzinfo=UTC), datetime(2022, 3, 20, tzinfo=UTC)))[0]
before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
listing = route.read(ask, Answer(ask.url, ask.url, 200, (), body))
spent, after = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
said = {"entries": len(listing.entries), "recent": sum(entry.recent for entry in listing.entries)}
print(json.dumps({**said, "seconds": spent, "megabytes": (after - before) / unit}))
"""


def test_a_hundred_thousand_pages_are_read_in_seconds() -> None:
    """In a process of its own, because memory once taken is not given back."""
    done = subprocess.run([sys.executable, "-c", _MEASURE], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(done.stdout)
    assert found["entries"] == 100_000
    assert 0 < found["recent"] < 50_000
    assert found["seconds"] < 15
    assert found["megabytes"] < 150
