"""Whatever bytes come, a reader gives values or a ReadingError: never another exception, never an answer to nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import ReadingError
from domain.listings import Answer, Listing, Scope, Window
from sources import ADAPTERS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# Only answers that are read: what is refused whole stays refused, and the same page in another dress breaks the same way.
_DRESSES = ("_bom", "_crlf", "_wrong_charset", "_instructions", "_declared_windows_1252")
CASES = sorted(
    path.parent
    for path in EXAMPLES.glob("*/*/request.json")
    if not path.parent.name.endswith(_DRESSES)
    and '"error"' not in (path.parent / "expected.json").read_text(encoding="utf-8")[:12]
)
# The fixture is the list of cases only: nothing in it changes between examples.
_LENIENT = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _damaged(body: bytes, data: st.DataObject) -> bytes:
    """The body with a stretch of it cut out, doubled or overwritten."""
    begin = data.draw(st.integers(0, max(0, len(body) - 1)))
    end = min(len(body), begin + data.draw(st.integers(1, 400)))
    piece = data.draw(
        st.sampled_from([b"", body[begin:end] * 2, b"\xff\xfe\x00", b"<a>", b"]]>", b"&x;", b'{"a":[', b"\xe2\x82", *UNSOUND])
    )
    return body[:begin] + piece + body[end:]


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, the names in it included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from (*_texts(name), *_texts(inner))
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _texts(inner)


def _check_sound(*said: object) -> None:
    """Every text can be stored and sent: UTF-8 takes it, and it holds no control characters but line ends and tabs."""
    for text in _texts(said):
        text.encode("utf-8")
        assert not [character for character in text if unicodedata.category(character) == "Cc" and character not in "\n\t"]


# Half a character, as JSON, as a reference and as bytes; and control characters in every dress.
UNSOUND = [b"\\ud800", b"\\udc00x", b"&#xD800;", b"&#55296;", b"\xed\xa0\x80", b"\\u0000", b"&#0;", b"\x00", b"\x1b[31m"]
UNSOUND += [b"\xc2\x9b", b"&#155;", b"&#x9b;", b"\x0b\x0c", b"\x7f", b"&#8;"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.parent.name}/{case.name}" for case in CASES])
@_LENIENT
@given(data=st.data())
def test_damage_is_read_or_refused(case: Path, data: st.DataObject) -> None:
    """One part of a known answer is damaged at a time; PDFs have their own tests."""
    request: Mapping[str, Any] = json.loads((case / "request.json").read_text(encoding="utf-8"))
    adapter = ADAPTERS[case.parent.name]
    said = request.get("scope", {})
    scope = Scope(case.parent.name, tuple(said.get("kinds", ())), tuple(said.get("paths", ())), (), said.get("use_sru", False))
    bodies = {role: (case / answer["file"]).read_bytes() for role, answer in request["answers"].items()}
    role = data.draw(st.sampled_from(sorted(bodies)))
    if not bodies[role].startswith(b"%PDF"):
        bodies[role] = _damaged(bodies[role], data)
    if any(body.startswith(b"%PDF") for body in bodies.values()):
        bodies.pop("file", None)
    answers = {role: Answer(request.get("url", "x"), request.get("url", "x"), 200, (), body) for role, body in bodies.items()}
    try:
        if "route" in request:
            route = next(route for route in adapter.routes(scope) if route.name == request["route"])
            window = Window(*(datetime.fromisoformat(text) for text in request["window"]))
            listing = route.read(route.asks(window)[0], answers["listing"])
            _check_sound(asdict(listing))
        else:
            url = adapter.resource_url(request["url"])
            assert url is not None
            reading = adapter.read(url, answers, scope)
            document = reading.document
            assert document.title
            assert document.passages or document.kind == "attachment" or reading.surprises
            _check_sound(document.to_json(), reading.surprises)
    except ReadingError as error:
        _check_sound(str(error))


def test_a_page_nested_without_end_is_refused_or_read() -> None:
    """Depth is bounded by the parser or by us, never by a crash."""
    url = "https://www.rvo.nl/subsidies-financiering/wbso"
    deep = b"<div>" * 20_000 + b"een regel tekst die lang genoeg is om te tellen" + b"</div>" * 20_000
    body = b"<!DOCTYPE html><html><head><title>WBSO</title></head><body><main><h1>WBSO</h1>" + deep + b"</main></body></html>"
    with pytest.raises(ReadingError):
        ADAPTERS["rvo"].read(url, {"page": Answer(url, url, 200, (), body)}, Scope("rvo"))


def test_json_nested_without_end_is_refused() -> None:
    """Python's own reader gives up with an error of another kind."""
    body = b"[" * 200_000
    for source in ("rvo", "rijksoverheid"):
        for route in ADAPTERS[source].routes(Scope(source)):
            ask = route.asks(Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)))[0]
            with pytest.raises(ReadingError):
                route.read(ask, Answer(ask.url, ask.url, 200, (), body))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case.parent.name}/{case.name}" for case in CASES])
def test_unsound_text_in_any_value_is_mended_or_refused(number: int) -> None:
    """Each case with four pieces in turn, so that each piece meets a quarter of the cases; `torture` has all with all."""
    for piece in UNSOUND[number % 4 :: 4]:
        _check_mended_or_refused(CASES[number], piece)


@pytest.mark.torture
@pytest.mark.parametrize("case", CASES, ids=[f"{case.parent.name}/{case.name}" for case in CASES])
def test_every_unsound_text_in_any_value_is_mended_or_refused(case: Path) -> None:
    for piece in UNSOUND:
        _check_mended_or_refused(case, piece)


def _check_mended_or_refused(case: Path, piece: bytes) -> None:
    """The piece stands in every text of the answer at once: after each of a few words that all of them hold somewhere."""
    request: Mapping[str, Any] = json.loads((case / "request.json").read_text(encoding="utf-8"))
    adapter = ADAPTERS[case.parent.name]
    said = request.get("scope", {})
    scope = Scope(case.parent.name, tuple(said.get("kinds", ())), tuple(said.get("paths", ())), (), said.get("use_sru", False))
    url = request.get("url", "https://www.example.nl/x")
    answers = {}
    for role, answer in request["answers"].items():
        body = (case / answer["file"]).read_bytes()
        if not body.startswith(b"%PDF"):
            for word in (b"procesinnovatie", b"Kamer", b"over", b"wbso", b"WBSO", b"nieuws/", b"documenten/", b"Brief", b"-11-"):
                body = body.replace(word, word + piece)
        answers[role] = Answer(url, url, 200, (), body)
    try:
        if "route" in request:
            route = next(route for route in adapter.routes(scope) if route.name == request["route"])
            window = Window(*(datetime.fromisoformat(text) for text in request["window"]))
            _check_sound(asdict(route.read(route.asks(window)[0], answers["listing"])))
        else:
            followed = adapter.resource_url(url)
            assert followed is not None
            reading = adapter.read(followed, answers, scope)
            _check_sound(reading.document.to_json(), reading.surprises)
    except ReadingError as error:
        _check_sound(str(error))


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "idna", "punycode", "zlib", "undefined", "nonsense"])
def test_a_declared_encoding_that_is_none_is_passed_over(charset: str) -> None:
    """Python knows "encodings" that give half characters or fail in ways of their own."""
    url = "https://www.rvo.nl/nieuws/x"
    said = "Een bericht over caf\xe9s en \\ud800 procesinnovatie, lang genoeg om gelezen te worden."
    body = f"<!DOCTYPE html><html><body><main><h1>Titel</h1><p>{said}</p></main></body></html>".encode("cp1252")
    answer = Answer(url, url, 200, (("content-type", f"text/html; charset={charset}"),), body)
    reading = ADAPTERS["rvo"].read(url, {"page": answer}, Scope("rvo"))
    assert said in reading.document.text()
    _check_sound(reading.document.to_json(), reading.surprises)


def test_half_a_character_in_json_becomes_a_mark() -> None:
    """The rest of the title stays; a pair of halves is the character that they make."""
    route = next(route for route in ADAPTERS["rvo"].routes(Scope("rvo")) if route.name == "opendata")
    ask = route.asks(Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)))[0]
    said = r'[{"id":"\ud800","title":"Meer \ud800budget \ud83d\ude00\u0000","changed":"2026-01-01","url":"/nieuws/a\udfffb"}]'
    (entry,) = route.read(ask, Answer(ask.url, ask.url, 200, (), said.encode())).entries
    assert entry.title == "Meer \ufffdbudget \U0001f600"
    assert entry.url == "https://www.rvo.nl/nieuws/a%EF%BF%BDb"
    _check_sound(asdict(entry))


@pytest.mark.parametrize(
    "item",
    [
        "<item><link/></item>",
        "<item/>",
        '<item><link>https://www.rijksoverheid.nl/documenten/a<a>ion><guid isPerma<script>Link="false">x</guid></item>',
    ],
)
def test_an_item_without_address_is_counted(item: str) -> None:
    """Of what is not there or not closed feedparser gives "" or None."""
    listing = _read_feed(f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode())
    assert listing.entries == ()
    assert listing.ignored == (("not a document or news page", 1),)


@pytest.mark.parametrize("encoding", [b"utf-8\x00", b"undefined", b"idna"])
def test_a_feed_in_no_encoding_is_read_or_refused(encoding: bytes) -> None:
    """feedparser hands what is declared to Python as it stands."""
    body = b'<?xml version="1.0" encoding="' + encoding + b'"?><rss version="2.0"><channel><title>x</title></channel></rss>'
    try:
        assert _read_feed(body).entries == ()
    except ReadingError as error:
        _check_sound(str(error))


def _read_feed(body: bytes) -> Listing:
    route = next(route for route in ADAPTERS["rijksoverheid"].routes(Scope("rijksoverheid")) if route.name == "rss")
    ask = route.asks(Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)))[0]
    return route.read(ask, Answer(ask.url, ask.url, 200, (), body))
