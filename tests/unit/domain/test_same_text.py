"""One text on several sites is one paper; papers that only share their form are two."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Document, Field, Kind, Passage
from domain.same_text import DAYS_APART, FEWEST, SHARED, SHINGLE, days, same_text

DAY = date(2026, 11, 19)
LETTER = (
    "Met deze brief informeer ik uw Kamer over de uitkomsten van het onderzoek naar procesinnovatie in de maakindustrie.",
    "De onderzoekers spraken met tweehonderd bedrijven, van plaatwerkers in de Achterhoek tot machinebouwers rond Eindhoven.",
    "Zij zien dat veel ondernemers hun werkwijze vernieuwen, maar dat zij daarvoor zelden een regeling weten te vinden.",
    "Vooral kleine bedrijven lopen vast op de eis dat een product nieuw moet zijn voor de hele markt.",
    "Ik ben daarom voornemens om in 2027 een proef te starten met een budget van € 2,5 miljoen.",
    "In de proef telt een werkwijze mee die nieuw is voor het bedrijf zelf, mits er technische onzekerheid bestaat.",
    "Na twee jaar wordt de proef geëvalueerd; ik zal de Kamer voor de zomer van 2029 over de uitkomst berichten.",
)
HEAD = (
    "Directoraat-generaal Bedrijfsleven en Innovatie",
    "Bezoekadres Bezuidenhoutseweg 73 2594 AC Den Haag",
    "Ons kenmerk DGBI-TOP / 26123456",
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
    "Datum 19 november 2026 Betreft Onderzoek procesinnovatie",
)
BOILERPLATE = (
    "Hoogachtend, de Minister van Economische Zaken en Klimaat, mede namens de Staatssecretaris van Financiën.",
    "Een afschrift van deze brief zend ik aan de voorzitter van de Eerste Kamer der Staten-Generaal.",
    "De bijlagen bij deze brief zijn te vinden op de website van de rijksoverheid.",
)


def paper(
    *texts: str, kind: Kind = Kind.LETTER, site: str = "zoek.officielebekendmakingen.nl", day: date | None = DAY
) -> Document:
    passages = tuple(Passage(Field.LEAD, text) for text in texts)
    return Document(f"url:{site}", f"https://{site}/x", kind, "Onderzoek naar procesinnovatie", passages, dated=day)


def same(one: Document, other: Document) -> bool:
    """The verdict, which must not depend on the order."""
    verdict = same_text(one, other)
    assert same_text(other, one) is verdict
    return verdict


PRINTED = paper(*LETTER, *BOILERPLATE)
ON_THE_SITE = paper(
    *HEAD, *(text.replace("procesinnovatie", "proces-\ninnovatie") for text in LETTER), "Pagina 1 van 2", site="open.overheid.nl"
)
SUMMED_UP = paper("De minister schrijft de Kamer over procesinnovatie.", *LETTER[:6], site="www.rijksoverheid.nl")


def test_one_letter_on_three_sites() -> None:
    """Printed without letterhead, as a file with one and with words broken at line ends, and as a page without its last lines."""
    assert same(PRINTED, ON_THE_SITE)
    assert same(ON_THE_SITE, SUMMED_UP)
    assert same(PRINTED, SUMMED_UP)


def test_a_copy_may_be_dated_by_the_day_it_went_online() -> None:
    late = replace(ON_THE_SITE, dated=None, published=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert days(late) == (date(2026, 11, 22),)  # the Dutch day
    assert same(PRINTED, late)
    assert not same(PRINTED, replace(late, published=datetime(2026, 11, 22, 23, 30, tzinfo=UTC)))
    assert not same(PRINTED, replace(late, published=None))


def test_a_letter_and_its_news_item_stay_apart() -> None:
    """Also when the news repeats the letter."""
    assert not same(PRINTED, replace(ON_THE_SITE, kind=Kind.NEWS))
    assert not same(PRINTED, paper("Er komt een proef met procesinnovatie.", LETTER[4], site="www.rijksoverheid.nl"))


def test_a_question_and_its_answer_stay_apart() -> None:
    question = paper(*LETTER, kind=Kind.QUESTION)
    assert not same(question, paper(*LETTER, "Ja.", site="www.rijksoverheid.nl", kind=Kind.ANSWER))


def _agenda(month: str, year: int, first: str, second: str) -> Document:
    lines = (
        f"Geannoteerde agenda van de Raad voor Concurrentievermogen van {month} {year}",
        "Hierbij zend ik u, mede namens de Staatssecretaris van Onderwijs, Cultuur en Wetenschap, de geannoteerde agenda van de "
        "Raad voor Concurrentievermogen. De Raad vindt plaats in Brussel. De Minister van Economische Zaken neemt deel.",
        f"Het voorzitterschap wil spreken over {first}.",
        "De Commissie geeft een toelichting, waarna de lidstaten van gedachten wisselen. Nederland steunt de inzet van de "
        "Commissie en vraagt aandacht voor de positie van het midden- en kleinbedrijf en voor de regeldruk.",
        f"Onder het agendapunt diversen staat {second}.",
        "Over de uitkomsten ontvangt de Kamer binnen twee weken een verslag, zoals gebruikelijk.",
    )
    return replace(paper(*lines), title=lines[0])


def test_two_monthly_agendas_stay_apart() -> None:
    """Whether a month or a day lies between them, because the one is written over the other."""
    november = _agenda("23 november", 2026, "de strategie voor de interne markt", "een voorstel over octrooien")
    december = replace(
        _agenda("7 december", 2026, "het kaderprogramma voor onderzoek", "een stand van zaken over ruimtevaart"),
        url="https://www.rijksoverheid.nl/x",
    )
    assert not same(november, december)
    assert not same(november, replace(december, dated=date(2026, 12, 1)))
    assert same(november, replace(november, url="https://www.rijksoverheid.nl/x"))


def _delay(subject: str, number: str, member: str) -> Document:
    text = (
        f"Hierbij deel ik u mede dat de vragen van {member} over {subject} (ingezonden 29 oktober 2026, kenmerk {number}) niet "
        "binnen de gebruikelijke termijn van drie weken kunnen worden beantwoord. De reden van het uitstel is dat voor een "
        "zorgvuldige beantwoording nadere afstemming nodig is met andere departementen. Ik streef ernaar de vragen zo spoedig "
        "mogelijk te beantwoorden. Ik vertrouw erop u hiermee voldoende te hebben geïnformeerd."
    )
    return paper(text, kind=Kind.EXTENSION)


def test_two_notices_of_delay_of_one_day_stay_apart() -> None:
    """Nearly every word of such a notice is form."""
    metal = _delay("procesinnovatie bij metaalbedrijven", "2026Z14001", "het lid A")
    wind = replace(_delay("windmolens op zee", "2026Z14388", "het lid B"), url="https://www.rijksoverheid.nl/x")
    assert not same(metal, wind)
    assert same(metal, replace(metal, url="https://www.rijksoverheid.nl/x"))


def test_two_letters_with_one_letterhead_and_close_stay_apart() -> None:
    other = paper(
        *HEAD,
        "Tijdens het commissiedebat van vorige week heb ik toegezegd de Kamer te informeren over de stand van de warmtenetten.",
        "Tot nu toe zijn veertien gemeenten begonnen met de aanleg, en in acht gemeenten is een besluit in voorbereiding.",
        "De kosten vallen hoger uit dan geraamd, vooral door de prijs van leidingen en door een tekort aan installateurs.",
        *BOILERPLATE,
        site="www.rijksoverheid.nl",
    )
    assert not same(paper(*HEAD, *LETTER[:3], *BOILERPLATE), other)


def test_texts_that_are_too_short_prove_nothing() -> None:
    short = paper(LETTER[0])
    assert not same(short, replace(short, url="https://www.rijksoverheid.nl/x"))
    assert not same(paper(), paper(site="www.rijksoverheid.nl"))


def test_the_share_that_is_needed() -> None:
    """Seven of every ten runs of the shorter text, no fewer."""
    words = [f"woord{letter}{other}" for letter in "abcdefghij" for other in "abcdefghij"]
    whole = paper(" ".join(words))
    runs = len(words) - SHINGLE + 1
    needed = -(-runs * 7 // 10)
    assert SHARED == 0.7
    for kept, verdict in ((needed, True), (needed - 1, False)):
        said = words[: kept + SHINGLE - 1] + [f"anders{word}" for word in words[kept + SHINGLE - 1 :]]
        assert same(whole, paper(" ".join(said), site="www.rijksoverheid.nl")) is verdict
    just = words[: FEWEST + SHINGLE - 1]
    assert same(paper(" ".join(just)), whole)
    assert not same(paper(" ".join(just[:-1])), whole)


@given(
    st.lists(st.sampled_from([*LETTER, *HEAD, *BOILERPLATE]), max_size=12),
    st.lists(st.sampled_from([*LETTER, *HEAD, *BOILERPLATE]), max_size=12),
    st.integers(0, 2 * DAYS_APART),
)
def test_the_order_of_the_two_does_not_matter(ones: list[str], others: list[str], apart: int) -> None:
    here = paper(*ones)
    there = paper(*others, site="www.rijksoverheid.nl", day=date.fromordinal(DAY.toordinal() + apart))
    assert same_text(here, there) is same_text(there, here)


SHAPES = {
    "prose": lambda n: "".join(f"woord{number} van de proces- en productinnovatie. " for number in range(n // 46)),
    "line ends": lambda n: "regel-\n" * (n // 7),
    "suspended": lambda n: "proces-, " * (n // 9),
    "one word": lambda n: "a" * n,
    "one compound": lambda n: "a-" * (n // 2),
    "long half": lambda n: "proces- en " + "b" * n,
    "addresses": lambda n: "https://x-\n" * (n // 11),
}


def seconds(text: str) -> float:
    """What comparing a paper with its copy takes."""
    long = paper(text)
    begun = time.process_time()
    same_text(long, replace(long, url="https://www.rijksoverheid.nl/x"))
    return time.process_time() - begun


@pytest.mark.parametrize("shape", SHAPES)
def test_a_fifth_of_a_megabyte_takes_little(shape: str) -> None:
    """Whatever it holds; the bound is a multiple of what it takes, far below what anything quadratic would."""
    assert seconds(SHAPES[shape](200_000)) < 3


@pytest.mark.torture
@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_takes_seconds(shape: str) -> None:
    assert seconds(SHAPES[shape](1_000_000)) < 12
