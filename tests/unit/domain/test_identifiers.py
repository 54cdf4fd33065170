"""Ids: grammar, written form, addresses in every shape, citations; the real list of ids where it is at hand."""

from datetime import date
from pathlib import Path

import pytest

from domain.citations import extract_ids
from domain.identifiers import cite, from_url, identity, ids_of_url, is_known, kst, link_key, normalise, url_of
from domain.parliamentary_years import eight_digits, slashed, year_of

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
# The publisher's own slips of the pen: our written form has the case that the paper itself has.
MISSPELT = ["kst-29800-VIIi-151-b1", "kst-31200-VIi-43-b1", "kst-31200-XIv-157-b1", "kst-31700-iv-c", "kv-tk-2018z12433"]
# Real ids whose Dutch citation does not name them: a year that is none, a Senate number of 2008 that looks like one of the House,
# and eleven in which a number stands between dossier and paper that no citation would hold.
NOT_READ_BACK = [
    "ah-ek-19951995-1",
    "kst-20082009-31544-6-h1",
    "kst-19291-23-110",
    "kst-23908-27-8a",
    "kst-24493-7-72",
    "kst-25742-1-111",
    "kst-25755-1-129",
    "kst-25756-1-130",
    "kst-25916-1-288",
    "kst-26289-1-78",
    "kst-26293-1-82",
    "kst-26475-2-230a",
    "kst-29200-1-2",
]
ZOEK = "https://zoek.officielebekendmakingen.nl"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("KST-32637-480", "kst-32637-480"),
        ("kst-36349-e", "kst-36349-E"),
        ("kst-35925-xiii-f", "kst-35925-XIII-F"),
        ("kst-24646-41f", "kst-24646-41f"),
        ("kst-26122-18D", "kst-26122-18D"),
        ("kst-32637-480-N1", "kst-32637-480-n1"),
        ("AH-TK-20212022-622", "ah-tk-20212022-622"),
        ("kv-tk-2021z14507", "kv-tk-2021Z14507"),
        ("nds-tk-2020d12345", "nds-tk-2020D12345"),
        ("tkdoc:2021d42701", "tkdoc:2021D42701"),
        ("TKZAAK:2021Z14507", "tkzaak:2021Z14507"),
        ("dossier:36600-vii", "dossier:36600-VII"),
        (" rvo:wbso ", "rvo:wbso"),
        ("stcrt-1995-1-p0-SC1699", "stcrt-1995-1-p0-SC1699"),
    ],
)
def test_one_written_form(written, normal):
    assert normalise(written) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(
    "text", ["", "480", "32 637, nr. 480", "tkdoc:2021Z14507", "dossier:abc", "url:www.rvo.nl", "http://rvo.nl/x", "ro:"]
)
def test_what_is_no_id_is_refused(text):
    with pytest.raises(ValueError, match="not an identifier"):
        normalise(text)


def test_opaque_ids_are_kept_but_not_known():
    assert not is_known("stcrt-1995-1-p0-SC1699")
    assert is_known("kst-24400-III-A")
    with pytest.raises(ValueError, match="parliamentary paper"):
        kst("32637", "480-bis")


@pytest.mark.parametrize(
    "url",
    [
        f"{ZOEK}/kst-31444-XVI-6.html",
        f"{ZOEK}/dossier/kst-31444-XVI-6.html",
        f"{ZOEK}/behandelddossier/kst-31444-XVI-6.html",
        f"{ZOEK}/kst-31444-XVI-6.html?grootte=2",
        f"{ZOEK}/kst-31444-XVI-6?zoekcriteria=%3fzkt%3dUitgebreid&resultIndex=0",
        f"{ZOEK}/stb-2022-270.html/kst-31444-XVI-6.html",
        f"{ZOEK}/kst-31444-xvi-6.html#deel",
        f"{ZOEK}/kst-31444-XVI-6.pdf",
        f"{ZOEK}/kst-31444-XVI-6/metadata.xml",
        "http://www.officielebekendmakingen.nl/kst-31444-XVI-6",
        "https://repository.overheid.nl/frbr/officielepublicaties/kst/31444-XVI/kst-31444-XVI-6/1/xml/kst-31444-XVI-6.xml",
        "https://www.openkamer.org/kamerstuk/31444-XVI/6/",
    ],
)
def test_every_shape_of_one_paper(url):
    assert from_url(url) == "kst-31444-XVI-6"


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        (f"{ZOEK}/kst-36349-e.html", ("kst-36349-E",)),
        (f"{ZOEK}/kst-20092010-31994-C.html", ("kst-31994-C",)),
        (f"{ZOEK}/kst-19951996-22358-46.html", ("kst-19951996-22358-46",)),
        (f"{ZOEK}/dossier/36600-VII", ("dossier:36600-VII",)),
        (f"{ZOEK}/kv-tk-2018Z07804.html", ("kv-tk-2018Z07804",)),
        (
            "https://www.tweedekamer.nl/kamerstukken/kamervragen/detail?id=2021Z14507&did=2021D42701",
            ("tkdoc:2021D42701", "tkzaak:2021Z14507"),
        ),
        ("https://tweedekamer.nl/kamerstukken/brieven_regering/detail?id=2024D18397&did=2024D18397", ("tkdoc:2024D18397",)),
        ("https://berthub.eu/tkconv/get/2019D15405", ("tkdoc:2019D15405",)),
        ("https://berthub.eu/tkconv/document.html?nummer=2020D35360", ("tkdoc:2020D35360",)),
        ("https://www.tweedemonitor.nl/kamervraag/2018Z07804", ("tkzaak:2018Z07804",)),
        (
            "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/09/brief/",
            ("ro:documenten/kamerstukken/2021/12/09/brief",),
        ),
        ("https://www.rvo.nl/subsidies-financiering/wbso", ("rvo:wbso",)),
        ("https://www.rvo.nl/subsidies-financiering/mit/rd?x=1", ("rvo:mit/rd",)),
        ("https://www.rvo.nl/nieuws/wbso-2025", ("rvo:nieuws/wbso-2025",)),
        ("https://www.rvo.nl/onderwerpen/innovatie", ("url:https://www.rvo.nl/onderwerpen/innovatie",)),
        ("https://open.overheid.nl/documenten/ronl-0a1b-2c/pdf", ("oo:ronl-0a1b-2c",)),
        (
            "https://open.overheid.nl/details/2b1e3f00-1111-4222-8333-444455556666_2",
            ("oo:2b1e3f00-1111-4222-8333-444455556666",),
        ),
        ("https://example.org/a/b?c=d#e", ("url:https://example.org/a/b?c=d",)),
        ("https://www.tweedekamer.nl", ()),
        ("https://www.rijksoverheid.nl/", ()),
        ("mailto:x@example.org", ()),
        ("geen adres", ()),
        ("http://[kapot", ()),
    ],
)
def test_addresses(url, ids):
    assert ids_of_url(url) == ids
    assert from_url(url) == (ids[0] if ids else None)


@pytest.mark.parametrize(
    "identifier",
    [
        "kst-32637-480",
        "ah-tk-20212022-622",
        "stcrt-2025-11338",
        "blg-1007826",
        "tkdoc:2021D42701",
        "tkzaak:2021Z14507",
        "dossier:36600-XIII",
        "ro:documenten/rapporten/2021/10/15/x",
        "rvo:wbso",
        "rvo:nieuws/wbso-2025",
        "oo:ronl-0a1b-2c",
        "url:https://example.org/a?b=c",
    ],
)
def test_the_address_of_an_id_names_it(identifier):
    url = url_of(identifier)
    assert url is not None
    assert from_url(url) == identifier


def test_an_attachment_that_is_only_named_has_no_address():
    assert url_of("exb-2021-12345") is None


def test_identity_drops_the_year_of_lettered_senate_papers_only():
    assert identity("kst-20092010-31994-C") == "kst-31994-C"
    assert identity("kst-19951996-22358-46") == "kst-19951996-22358-46"


def test_a_cited_page_and_the_page_itself_share_a_key():
    assert link_key("url:https://www.rvo.nl/subsidies-financiering/wbso") == link_key("rvo:wbso")
    assert link_key("kst-32637-480") == "kst-32637-480"


@pytest.mark.parametrize(
    ("identifier", "year", "citation"),
    [
        ("kst-32637-480", "2021-2022", "Kamerstukken II 2021/22, 32 637, nr. 480"),
        ("kst-32637-480", "", "Kamerstuk 32 637, nr. 480"),
        ("kst-36200-XIII-127", "20222023", "Kamerstukken II 2022/23, 36 200 XIII, nr. 127"),
        ("kst-21501-30-476", "2019/20", "Kamerstukken II 2019/20, 21 501-30, nr. 476"),
        ("kst-35925-XIII-F", "2021/22", "Kamerstukken I 2021/22, 35 925 XIII, F"),
        ("ah-tk-20212022-622", "", "Aanhangsel Handelingen II 2021/22, nr. 622"),
        ("h-tk-20182019-34-22", "", "Handelingen II 2018/19, nr. 34, item 22"),
        ("h-tk-20052006-991-996", "", "Handelingen II 2005/06, p. 991-996"),
        ("stcrt-2025-42014", "", "Staatscourant 2025, 42014"),
        ("stb-2011-15", "", "Staatsblad 2011, 15"),
    ],
)
def test_citations_are_read_back_to_the_same_id(identifier, year, citation):
    assert cite(identifier, year) == citation
    assert extract_ids(citation) == (identifier,)


def test_ids_without_a_dutch_form_are_cited_as_they_are():
    assert cite("blg-1007826") == "blg-1007826"
    assert cite("tkzaak:2021Z14507") == "zaak 2021Z14507"
    assert cite("dossier:36200-XIII") == "dossier 36 200 XIII"
    assert cite("url:https://example.org/a") == "https://example.org/a"


def test_parliamentary_years():
    assert [eight_digits(text) for text in ("2021/22", "2021-2022", "2021–2022", "20212022", "1999/00")] == [
        "20212022",
        "20212022",
        "20212022",
        "20212022",
        "19992000",
    ]
    assert eight_digits("2021/23") == eight_digits("2021") == ""
    assert slashed("1999-2000") == "1999/00"


@pytest.mark.parametrize(("day", "year"), [("2021-09-20", "20202021"), ("2021-09-21", "20212022"), ("2022-01-01", "20212022")])
def test_the_year_begins_on_the_third_tuesday_of_september(day, year):
    assert year_of(date.fromisoformat(day)) == year


@pytest.mark.shared
def test_real_ids():
    listed = SHARED / "real" / "officielebekendmakingen" / "wetsuite" / "op_keylist_sample.txt"
    if not listed.is_file():
        pytest.skip("the real list of ids is not beside the checkout")
    ids = listed.read_text().split()
    assert len(ids) > 3000
    assert sorted(one for one in ids if normalise(one) != one) == sorted(MISSPELT)
    assert [one for one in MISSPELT if normalise(one).lower() != one.lower()] == []
    known = [one for one in ids if is_known(one)]
    assert [one for one in known if from_url(url_of(one) or "") != identity(one)] == []
    cited = [one for one in known if one.startswith(("kst-", "ah-", "h-", "stcrt-", "stb-", "trb-"))]
    assert len(cited) > 2300
    assert sorted(one for one in cited if extract_ids(cite(one)) != (identity(one),)) == sorted(NOT_READ_BACK)
