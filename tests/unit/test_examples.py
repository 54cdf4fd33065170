"""Golden cases: what a publisher answers and what we make of it, one folder per case under tests/examples.

`request.json` says what is read; `response.*` are the answers, written by us in the publisher's shape; `expected.json` is what
must come out. A missing `expected.json` fails the run; WRITE_EXPECTED=1 writes it and fails once more, so that somebody looks.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.errors import ReadingError
from domain.listings import Answer, Ask, Listing, Scope, Window
from sources import ADAPTERS
from sources.adapter import Reading

# What every route and every kind of page has to be shown with (`cases` in request.json; `form` names the route or page).
NAMES = (
    "normal", "empty", "last_page", "error_200", "changed_markup", "truncated", "wrong_charset", "bom", "crlf",
    "instructions_in_words",
)  # fmt: skip
_JSON = {"instructions_in_words": "JSON knows no processing instructions"}
_PDF = {
    "wrong_charset": "a PDF declares no encoding of characters",
    "bom": "a PDF is no text file",
    "crlf": "line ends inside a PDF are its own",
    "instructions_in_words": "a PDF knows no processing instructions",
}
_ONE_PAGE = {"last_page": "one answer is the whole"}
_NO_WORDS = {"instructions_in_words": "it holds addresses and dates, no words"}
_WITH_METADATA = {"instructions_in_words": "metadata.xml says everything in attributes, and a PDF knows no such thing"}
FORMS: dict[str, dict[str, dict[str, str]]] = {
    "officielebekendmakingen": {
        "rss": {"last_page": "the feed has no second page: a window is split instead"},
        "sru": {},
        "paper": _ONE_PAGE,
        "printed": _ONE_PAGE | _WITH_METADATA,
        "attachment": _ONE_PAGE | _WITH_METADATA,
    },
    "rijksoverheid": {
        "rss": {"last_page": "the feed has no second page: a window is split instead"},
        "news-sitemap": _ONE_PAGE,
        "sitemap": {"last_page": "the index names all its parts at once", **_NO_WORDS},
        "open-overheid": _JSON,
        "page": _ONE_PAGE,
        "record": _ONE_PAGE | _JSON,
    },
    "rvo": {
        "sitemap": {"last_page": "the index names all its parts at once", **_NO_WORDS},
        "opendata": _JSON,
        "page": _ONE_PAGE,
        "brochure": _ONE_PAGE | _PDF,
    },
}

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CASES = sorted(path.parent for path in EXAMPLES.glob("*/*/request.json"))


def _request(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "request.json").read_text(encoding="utf-8"))
    return found


def _scope(source: str, request: dict[str, Any]) -> Scope:
    said = request.get("scope", {})
    return Scope(source, tuple(said.get("kinds", ())), tuple(said.get("paths", ())), (), said.get("use_sru", False))


def _answer(case: Path, url: str, said: dict[str, Any]) -> Answer:
    headers = tuple(said.get("headers", {}).items())
    return Answer(url, said.get("final_url", url), said.get("status", 200), headers, (case / said["file"]).read_bytes())


def _read(case: Path) -> dict[str, Any]:
    source = case.parent.name
    request = _request(case)
    adapter, scope = ADAPTERS[source], _scope(source, request)
    try:
        if "route" in request:
            return _listing(case, request, scope)
        url = request["url"]
        followed = adapter.resource_url(url)
        assert followed is not None
        urls = {part.role: part.url for part in adapter.parts(followed)}
        answers = {role: _answer(case, urls[role], said) for role, said in request["answers"].items()}
        return {"followed": followed, "parts": urls, **_reading(adapter.read(followed, answers, scope))}
    except ReadingError as error:
        return {"error": str(error)}


def _reading(reading: Reading) -> dict[str, Any]:
    return {"document": reading.document.to_json(), "surprises": list(reading.surprises)}


def _listing(case: Path, request: dict[str, Any], scope: Scope) -> dict[str, Any]:
    routes = {route.name: route for route in ADAPTERS[case.parent.name].routes(scope)}
    route = routes[request["route"]]
    window = Window(*(datetime.fromisoformat(text) for text in request["window"]))
    asks = route.asks(window)
    ask = Ask(request["ask"], window) if isinstance(request.get("ask"), str) else asks[request.get("ask", 0)]
    listing = route.read(ask, _answer(case, ask.url, request["answers"]["listing"]))
    return {"asks": [asked.url for asked in asks], **_as_json(listing)}


def _as_json(listing: Listing) -> dict[str, Any]:
    said = asdict(listing)
    said["further"] = [ask.url for ask in listing.further]
    said["entries"] = [
        {name: value for name, value in entry.items() if value not in ("", None, (), []) and (name, value) != ("recent", True)}
        for entry in said["entries"]
    ]
    plain: dict[str, Any] = json.loads(json.dumps(said, default=lambda value: value.isoformat()))
    return plain


@pytest.mark.parametrize("case", CASES, ids=[f"{case.parent.name}/{case.name}" for case in CASES])
def test_case(case: Path) -> None:
    """What is read from the answers is what somebody looked at and approved."""
    found = _read(case)
    file = case / "expected.json"
    if not file.exists():
        if os.environ.get("WRITE_EXPECTED") == "1":
            file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            pytest.fail(f"wrote {file}: read it, then run again")
        pytest.fail(f"{file} is missing: run with WRITE_EXPECTED=1 and read what is written")
    assert found == json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", sorted(ADAPTERS))
def test_every_route_and_page_has_every_case(source: str) -> None:
    """An adapter without cases fails here: each route and kind of page has each name, or the reason why it cannot have it."""
    requests = [_request(case) for case in CASES if case.parent.name == source]
    routes = {route.name for route in ADAPTERS[source].routes(Scope(source, use_sru=True))}
    assert routes <= set(FORMS[source])
    assert {request["route"] for request in requests if "route" in request} == routes
    shown = {(request["form"], name) for request in requests for name in request.get("cases", ())}
    wanted = {(form, name) for form, without in FORMS[source].items() for name in NAMES if name not in without}
    assert sorted(wanted - shown) == []
    assert sorted(shown - wanted) == []


def test_a_case_belongs_to_the_form_it_names() -> None:
    """A listing's form is its route; `cases` are names of the list; every approved answer is there."""
    for case in CASES:
        request = _request(case)
        assert request.get("form", request.get("route", "")) == request.get("route", request.get("form", "")), case
        assert set(request.get("cases", ())) <= set(NAMES), case
        assert (case / "expected.json").exists(), case


def test_every_folder_is_a_case_of_a_known_source() -> None:
    """A folder without request.json would be passed over in silence."""
    assert set(FORMS) == set(ADAPTERS)
    assert {path for source in ADAPTERS for path in (EXAMPLES / source).iterdir() if path.is_dir()} == set(CASES)


def test_the_two_forms_of_metadata_say_the_same() -> None:
    """`metadata.xml` and `metadata_owms.xml` of one letter."""
    folder = EXAMPLES / "officielebekendmakingen"
    both = [json.loads((folder / name / "expected.json").read_text(encoding="utf-8")) for name in ("letter", "letter_owms")]
    assert both[0] == both[1]
