"""Whatever bytes come, a reader gives values or a ReadingError: never another exception, never an answer to nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import ReadingError
from domain.listings import Answer, Scope, Window
from sources import ADAPTERS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASES = sorted(path.parent for path in EXAMPLES.glob("*/*/request.json"))
# The fixture is the list of cases only: nothing in it changes between examples.
_LENIENT = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _damaged(body: bytes, data: st.DataObject) -> bytes:
    """The body with a stretch of it cut out, doubled or overwritten."""
    begin = data.draw(st.integers(0, max(0, len(body) - 1)))
    end = min(len(body), begin + data.draw(st.integers(1, 400)))
    piece = data.draw(
        st.sampled_from([b"", body[begin:end] * 2, b"\xff\xfe\x00", b"<a>", b"]]>", b"&x;", b'{"a":[', b"\xe2\x82"])
    )
    return body[:begin] + piece + body[end:]


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
            route.read(route.asks(window)[0], answers["listing"])
        else:
            url = adapter.resource_url(request["url"])
            assert url is not None
            document = adapter.read(url, answers, scope).document
            assert document.title
            assert document.passages or document.kind == "attachment"
    except ReadingError:
        return


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
