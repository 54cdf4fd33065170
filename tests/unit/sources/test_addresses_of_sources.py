"""Which addresses the adapters follow, in which one shape, and which address an id has."""

from __future__ import annotations

import pytest

from domain.citations import extract_ids
from domain.errors import ConfigurationError
from domain.identifiers import from_url, link_key
from domain.listings import Scope
from sources import ADAPTERS
from sources.rvo_routes import in_scope

KST = "https://zoek.officielebekendmakingen.nl/kst-32637-480.html"
RECORD = "0a1b2c3d-1111-4222-8333-944455556666"


@pytest.mark.parametrize(
    ("source", "url", "followed"),
    [
        ("officielebekendmakingen", KST, KST),
        ("officielebekendmakingen", "http://www.officielebekendmakingen.nl/dossier/kst-32637-480.html?grootte=2", KST),
        ("officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/behandelddossier/32637/kst-32637-480", KST),
        ("officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/kst-1.html/kst-32637-480.html", KST),
        ("officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/kst-32637-480/metadata.xml", KST),
        (
            "officielebekendmakingen",
            "https://repository.overheid.nl/frbr/officielepublicaties/kst/32637/kst-32637-480/1/xml/kst-32637-480.xml",
            KST,
        ),
        (
            "officielebekendmakingen",
            "https://zoek.officielebekendmakingen.nl/stcrt-2008-1-p10-SC10000.html",
            "https://zoek.officielebekendmakingen.nl/stcrt-2008-1-p10-SC10000.html",
        ),
        ("officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/gmb-2024-216934.html", None),
        ("officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/uitgebreidzoeken", None),
        ("officielebekendmakingen", "https://example.org/kst-32637-480.html", None),
        (
            "rijksoverheid",
            "http://rijksoverheid.nl/documenten/kamerstukken/2026/11/19/brief/?utm=x#top",
            "https://www.rijksoverheid.nl/documenten/kamerstukken/2026/11/19/brief",
        ),
        ("rijksoverheid", "https://www.rijksoverheid.nl/onderwerpen/economie", None),
        ("rijksoverheid", f"https://open.overheid.nl/documenten/{RECORD}/file", f"https://open.overheid.nl/details/{RECORD}"),
        ("rijksoverheid", f"https://open.overheid.nl/details/{RECORD}_2", f"https://open.overheid.nl/details/{RECORD}"),
        ("rijksoverheid", "https://open.overheid.nl/zoekresultaten", None),
        ("rvo", "https://rvo.nl/subsidies-financiering/wbso/?a=1", "https://www.rvo.nl/subsidies-financiering/wbso"),
        ("rvo", "https://www.rvo.nl/onderwerpen/wbso", None),
        (
            "rvo",
            "http://rvo.nl/sites/default/files/2026-11/Brochure-WBSO.pdf?v=2",
            "https://www.rvo.nl/sites/default/files/2026-11/Brochure-WBSO.pdf",
        ),
        ("rvo", "https://www.rvo.nl/sites/default/files/2026-11/logo.png", None),
    ],
)
def test_one_shape_per_address(source: str, url: str, followed: str | None) -> None:
    """Old and stacked shapes lead to one address; a followed address is its own shape."""
    adapter = ADAPTERS[source]
    assert adapter.resource_url(url) == followed
    if followed is not None:
        assert adapter.resource_url(followed) == followed


@pytest.mark.parametrize(
    ("source", "identifier", "url"),
    [
        ("officielebekendmakingen", "kst-32637-480", KST),
        ("officielebekendmakingen", "dossier:32637", None),
        ("officielebekendmakingen", "ro:documenten/x", None),
        (
            "rijksoverheid",
            "ro:documenten/rapporten/2021/10/15/x",
            "https://www.rijksoverheid.nl/documenten/rapporten/2021/10/15/x",
        ),
        ("rijksoverheid", f"oo:{RECORD}", f"https://open.overheid.nl/details/{RECORD}"),
        ("rijksoverheid", "kst-32637-480", None),
        ("rvo", "rvo:wbso", "https://www.rvo.nl/subsidies-financiering/wbso"),
        ("rvo", "rvo:nieuws/x", "https://www.rvo.nl/nieuws/x"),
        ("rvo", "rvo:", None),
        (
            "rvo",
            "url:https://www.rvo.nl/sites/default/files/2026-11/x.pdf",
            "https://www.rvo.nl/sites/default/files/2026-11/x.pdf",
        ),
        ("rvo", "url:https://www.rvo.nl/onderwerpen/wbso", None),
    ],
)
def test_the_address_of_an_id(source: str, identifier: str, url: str | None) -> None:
    """An id of another source has no address here."""
    assert ADAPTERS[source].url_for(identifier) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/09/brief",
        "http://rijksoverheid.nl/ministeries/ministerie-van-economische-zaken/documenten/kamerstukken/2021/12/09/brief",
        "https://www.rijksoverheid.nl/onderwerpen/ondernemen/documenten/kamerstukken/2021/12/09/brief/",
        "https://www.rijksoverheid.nl/binaries/rijksoverheid/documenten/kamerstukken/2021/12/09/brief/brief.pdf",
        "https://opendata.rijksoverheid.nl/binaries/rijksoverheid/documenten/kamerstukken/2021/12/09/brief/brief+2.pdf",
    ],
)
def test_old_addresses_of_one_letter_are_one_id(url: str) -> None:
    """Until June 2026 a letter stood at several addresses; papers of before cite them all."""
    assert extract_ids(f"Zie {url} voor de brief.") in (("ro:documenten/kamerstukken/2021/12/09/brief",), (f"url:{url}",))
    assert link_key(f"url:{url}") == "ro:documenten/kamerstukken/2021/12/09/brief"


@pytest.mark.parametrize(
    "url",
    [
        "https://feeds.rijksoverheid.nl/kamerstukken.rss",
        "https://opendata.rijksoverheid.nl/v1/sources/rijksoverheid/documents/0acb97b8-b3cf-4654-92c2-0fa4199c100c",
    ],
)
def test_what_is_gone_with_the_old_platform_is_still_an_address(url: str) -> None:
    """Nobody answers there any more: an id that can be shown, and nothing that is ever asked."""
    assert from_url(url) == f"url:{url}"
    assert all(adapter.resource_url(url) is None for adapter in ADAPTERS.values())


def test_every_address_lies_on_a_host_with_a_rate() -> None:
    """What an adapter wants asked can be asked."""
    for identifier in ("kst-32637-480", "blg-1007826", f"oo:{RECORD}", "ro:documenten/x", "rvo:wbso"):
        for adapter in ADAPTERS.values():
            url = adapter.url_for(identifier)
            if url is not None:
                hosts = {rate.host for rate in adapter.rates}
                assert {part.url.split("/")[2] for part in adapter.parts(url)} <= hosts


def test_decisions_of_the_tvl_are_dropped_unless_they_are_configured() -> None:
    """Thousands of decisions of a scheme of 2020-2022 stand under the schemes."""
    path = "/subsidies-financiering/tvl/besluit-1"
    assert not in_scope(path, Scope("rvo"))
    assert not in_scope(path, Scope("rvo", paths=("/subsidies-financiering",)))
    assert in_scope(path, Scope("rvo", paths=("/subsidies-financiering", "/subsidies-financiering/tvl")))


def test_scheme_pages_under_configured_paths_are_always_rechecked() -> None:
    """Not news, and not schemes that nobody configured."""
    rvo = ADAPTERS["rvo"]
    scope = Scope("rvo", paths=("/subsidies-financiering/wbso", "/nieuws"))
    assert rvo.always_recheck("https://www.rvo.nl/subsidies-financiering/wbso/kalender", scope)
    assert not rvo.always_recheck("https://www.rvo.nl/subsidies-financiering/mit", scope)
    assert not rvo.always_recheck("https://www.rvo.nl/nieuws/x", scope)


def test_an_unknown_kind_is_a_fault_of_the_configuration() -> None:
    """A kind that nobody lists would silently watch nothing."""
    with pytest.raises(ConfigurationError, match="unknown kind handelingen"):
        ADAPTERS["officielebekendmakingen"].routes(Scope("officielebekendmakingen", kinds=("handelingen",)))


def test_the_sru_is_a_route_only_where_the_owner_switched_it_on() -> None:
    """Its host forbids robots (design decision 9)."""
    adapter = ADAPTERS["officielebekendmakingen"]
    assert [route.name for route in adapter.routes(Scope("x"))] == ["rss"]
    assert [route.name for route in adapter.routes(Scope("x", use_sru=True))] == ["rss", "sru"]


def test_the_pdf_of_a_paper_is_asked_only_where_there_is_no_xml() -> None:
    """Metadata is needed for every paper; of an attachment the PDF is all there is."""
    adapter = ADAPTERS["officielebekendmakingen"]
    parts = {part.role: part for part in adapter.parts(KST)}
    assert [(role, part.required, part.instead_of) for role, part in parts.items()] == [
        ("xml", False, ""),
        ("metadata", True, ""),
        ("pdf", False, "xml"),
    ]
    attachment = adapter.parts(KST.replace("kst-32637-480", "blg-1007826"))
    assert [(part.role, part.required) for part in attachment] == [("metadata", True), ("pdf", True)]
