"""A full digest to render, like a real Friday morning, with wording of our own; and ways to make large and hostile ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.assessments import Level
from domain.changes import Change, ChangeSort
from domain.digests import (
    Ahead,
    ChainLink,
    ComingDate,
    Correction,
    CorrectionSort,
    Digest,
    DigestForm,
    Ground,
    HeldGroup,
    Item,
    Link,
    Mention,
    OpenQuestion,
    SchemeState,
    Told,
    Why,
)
from domain.documents import Kind
from domain.events import EventKind
from domain.schemes import SchemeFact, SchemeField, SchemeStatus, Unit
from domain.source_coverage import Failing, Note, Remark, SourceCoverage, Stale

MADE = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)  # vrijdag 07.30 uur
SEEN = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)

LETTER = Item(
    id="R-2021-0412",
    level=Level.MUST_READ,
    kind=Kind.LETTER,
    states=(EventKind.PUBLISHED,),
    heading="Antwoord op de brief van een brancheorganisatie over procesinnovatie",
    url="https://zoek.officielebekendmakingen.nl/kst-32637-480.html",
    who="De Minister van Economische Zaken en Klimaat",
    reference="Kamerstukken II 2021/22, 32 637, nr. 480",
    dossier="Bedrijfslevenbeleid",
    line="Een eigen instrument voor procesinnovatie voeg ik daarom nu niet aan het bestaande aanbod toe.",
    action="Ik zal de Kamer voor de zomer informeren over wat die voorbeelden leren.",
    mention=Mention("De Metaalunie vraagt om voorbeelden uit de werkplaats en zal die ook zelf aanleveren.", "de minister", 11),
    chain=(
        ChainLink("part_of", Link("nr. 473 (verkenning)", "https://zoek.officielebekendmakingen.nl/kst-32637-473.html")),
        ChainLink(
            "cites",
            Link("Aanh. II 2021/22, 622", "https://zoek.officielebekendmakingen.nl/ah-tk-20212022-622.html"),
            followed=True,
        ),
        ChainLink("cites", Link("brochure over procesinnovatie (RVO, 2021)")),
    ),
    why=(
        Why(Ground.TERM, "procesinnovatie", 12),
        Why(Ground.TERM, "productie-innovatie", 1),
        Why(Ground.TERM, "WBSO", 2),
        Why(Ground.FOLLOWED, "Kamerstuk 32 637, nr. 473"),
    ),
    why_quote="Procesinnovatie loopt bij kleine bedrijven vaak vast op tijd en geld.",
    dated=date(2021, 12, 9),
    published=date(2021, 12, 9),
    seen=SEEN,
    told_before=(Told("slack", datetime(2021, 12, 9, 15, 55, tzinfo=UTC)),),
    also=(Link("rijksoverheid.nl", "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/09/procesinnovatie"),),
    snapshot="3f7a" * 16,
    event_keys=("a" * 32,),
)
SEEN_IN_FULL = replace(
    LETTER,
    id="R-2021-0411",
    kind=Kind.ANSWER,
    states=(EventKind.ANSWERED,),
    heading="Antwoorden op vragen over fieldlabs in de maakindustrie",
    url="https://zoek.officielebekendmakingen.nl/ah-tk-20212022-901.html",
    told_before=(Told("slack", datetime(2021, 12, 9, 10, 20, tzinfo=UTC)),),
    seen_in_full=True,
)
SCHEME = Item(
    id="R-2021-0413",
    level=Level.MUST_READ,
    kind=Kind.SCHEME,
    states=(EventKind.SCHEME_CHANGED,),
    heading="WBSO 2022",
    url="https://www.rvo.nl/subsidies-financiering/wbso",
    who="RVO",
    changes=(
        Change(ChangeSort.FACT, "tarief eerste schijf", "40%", "32%", "-8 procentpunt", "Het tarief is 32%."),
        Change(ChangeSort.FACT, "tarief eerste schijf, starters", "50%", "40%", "-10 procentpunt", "Voor starters 40%."),
        Change(
            ChangeSort.TEXT,
            "Wie kan aanvragen",
            "Ondernemers met personeel kunnen de WBSO per kalendermaand aanvragen via het loket van RVO.",
            "Ondernemers met personeel kunnen de WBSO per kwartaal aanvragen via het loket van RVO.",
        ),
    ),
    text_changes=6,
    why=(Why(Ground.SCHEME_CHANGED),),
    seen=SEEN,
    due=date(2021, 12, 20),
    provisional=True,
)
QUESTION = Item(
    id="R-2021-0414",
    level=Level.RELEVANT,
    kind=Kind.QUESTION,
    states=(EventKind.PUBLISHED, EventKind.EXTENDED),
    heading="Vragen over de positie van het mkb bij vernieuwing van productieprocessen",
    url="https://zoek.officielebekendmakingen.nl/kv-tk-2021Z22222.html",
    who="Een lid van de Tweede Kamer",
    to="de Minister van Economische Zaken en Klimaat",
    reference="2021Z22222",
    line="Hoeveel kleine bedrijven bereikt u met de huidige regelingen?",
    why=(Why(Ground.TERM, "productieproces", 3),),
    dated=date(2021, 12, 8),
    seen=SEEN,
    due=date(2021, 12, 29),
)
REPORT = replace(
    QUESTION,
    id="R-2021-0415",
    kind=Kind.REPORT,
    states=(EventKind.CORRECTED,),
    heading="Tussenrapport fieldlabs 2021",
    url="https://www.rijksoverheid.nl/documenten/rapporten/2021/12/08/fieldlabs?a=1&b=2",
    who="Ministerie van Economische Zaken en Klimaat",
    to="",
    reference="",
    line="Van de 49 fieldlabs werken er 31 aan procesinnovatie.",
    dated=date(2019, 7, 15),
    late=True,
    due=None,
)
MENTION = Item(
    id="R-2021-0416",
    level=Level.MENTION,
    kind=Kind.DEBATE,
    states=(EventKind.PUBLISHED,),
    heading="Verslag van een commissiedebat over verduurzaming van de industrie",
    url="https://zoek.officielebekendmakingen.nl/kst-29826-150.html",
    why=(Why(Ground.TERM, "WBSO", 1), Why(Ground.DOSSIER)),
    seen=SEEN,
)


@pytest.fixture
def digest() -> Digest:
    """A regular digest in which every section has something."""
    return Digest(
        name="ochtend",
        form=DigestForm.REGULAR,
        title="Procesinnovatie",
        number=12,
        made=MADE,
        since=datetime(2021, 12, 9, 6, 30, tzinfo=UTC),
        language="nl",
        subject="Kamerbrief procesinnovatie (32 637, nr. 480) · WBSO 2022: 40% -> 32%",
        first=(
            "De minister antwoordt op de brief van de branche; de Metaalunie wordt 11x genoemd",
            "WBSO met start op 1 januari: aanvragen uiterlijk ma 20 december (nog 10 dagen)",
        ),
        items=(LETTER, SEEN_IN_FULL, SCHEME, QUESTION, REPORT, MENTION),
        schemes=(
            SchemeState(
                "MIT",
                "https://www.rvo.nl/subsidies-financiering/mit",
                datetime(2021, 12, 10, 6, 22, tzinfo=UTC),
                (SchemeFact(SchemeField.STATUS, SchemeStatus.CLOSED.value, Unit.LABEL, "Gesloten voor aanvragen"),),
            ),
        ),
        held=(HeldGroup(Why(Ground.OTHER_SUBJECT, "zorg"), 2), HeldGroup(Why(Ground.TOO_FEW), 1)),
        coming=(
            ComingDate(
                date(2022, 1, 1),
                Ahead.SCHEME,
                "WBSO",
                "https://www.rvo.nl/subsidies-financiering/wbso",
                fact=SchemeFact(SchemeField.CLOSES, "2022-01-01", Unit.MOMENT, "Tot 1 januari.", "zelfstandigen"),
            ),
            ComingDate(
                datetime(2021, 12, 20, 16, 0, tzinfo=UTC),
                Ahead.SCHEME,
                "WBSO",
                "https://www.rvo.nl/wbso",
                urgent=True,
                fact=SchemeFact(
                    SchemeField.DEADLINE, "2021-12-20T17:00", Unit.MOMENT, "Uiterlijk 20 december.", "start 1 januari"
                ),
            ),
            ComingDate(
                date(2021, 12, 17),
                Ahead.ANSWER,
                "Vragen over fieldlabs in de regio",
                "https://zoek.officielebekendmakingen.nl/kv-tk-2021Z21000.html",
            ),
        ),
        coverage=(
            SourceCoverage(
                "ob",
                "officielebekendmakingen.nl",
                datetime(2021, 12, 10, 6, 24, tzinfo=UTC),
                datetime(2021, 12, 10, 6, 24, tzinfo=UTC),
                notes=(Note(Remark.BESIDE_LISTS, 1),),
            ),
            SourceCoverage("ro", "rijksoverheid.nl", datetime(2021, 12, 10, 6, 26, tzinfo=UTC), None, unread=12),
            SourceCoverage(
                "rvo",
                "rvo.nl",
                datetime(2021, 12, 9, 15, 40, tzinfo=UTC),
                None,
                stale=Stale(datetime(2021, 12, 9, 16, 10, tzinfo=UTC), "sitemap", Failing.SITE_FAULT),
            ),
        ),
        corrections=(
            Correction(
                CorrectionSort.RETRACTED,
                11,
                datetime(2021, 12, 9, 6, 30, tzinfo=UTC),
                "Verslag van een overleg",
                "https://zoek.officielebekendmakingen.nl/kst-32637-478.html",
                "nr. 478 is een verslag en geen kamerbrief",
            ),
        ),
        open_questions=(
            OpenQuestion(
                "Vragen over innovatiekrediet voor de maakindustrie",
                "https://zoek.officielebekendmakingen.nl/kv-tk-2021Z20001.html",
                date(2021, 12, 6),
            ),
        ),
        not_watched=("provinciale MIT-openstellingen", "Eerste Kamer"),
        owner="radar-beheer@example.nl",
        site_url="https://intranet.example.nl/radar",
    )


@pytest.fixture
def empty_digest(digest: Digest) -> Digest:
    """A digest without items, from sources that were all checked."""
    whole = tuple(replace(c, stale=None, unread=0, notes=(), complete_until=MADE) for c in digest.coverage)
    return replace(
        digest,
        number=13,
        subject="Niets nieuws",
        items=(),
        first=(),
        schemes=(),
        coming=(),
        coverage=whole,
        corrections=(),
        open_questions=(),
    )


@pytest.fixture
def many(digest: Digest) -> Callable[..., Digest]:
    """Makes a digest of many items: `many(must_read=2, relevant=150, mention=48)`, each with its own address."""

    def make(must_read: int = 0, relevant: int = 0, mention: int = 0) -> Digest:
        kinds = (Kind.LETTER, Kind.QUESTION, Kind.ANSWER, Kind.REPORT)
        items = []
        for level, count in ((Level.MUST_READ, must_read), (Level.RELEVANT, relevant), (Level.MENTION, mention)):
            for n in range(count):
                items.append(
                    replace(
                        LETTER,
                        id=f"R-{level.value}-{n}",
                        level=level,
                        kind=kinds[n * len(kinds) // count],
                        heading=f"Stuk {n} over de vernieuwing van productieprocessen in kleine en middelgrote bedrijven",
                        url=f"https://zoek.officielebekendmakingen.nl/kst-{level.value}-{n}.html",
                    )
                )
        return replace(digest, items=tuple(items))

    return make


@pytest.fixture
def hostile(digest: Digest) -> Digest:
    """A digest whose scraped texts try to run, ping, format, break out, turn around and overflow."""
    nasty = (
        "<script>alert(1)</script> <!channel> <@U123> *vet* _schuin_ ~door~ `code` [klik](http://evil.example) a|b\r\n"
        "X-Kop: 1\u202egnp"
    )
    item = replace(
        LETTER,
        heading=nasty,
        line=nasty,
        who=nasty,
        reference="é" * 400,
        why=(Why(Ground.TERM, nasty, 2),),
        mention=Mention(nasty, nasty),
        url="https://example.nl/a?b=<c>|d\"e'&f=1",
        also=(Link(nasty, "javascript:alert(1)"),),
        changes=(Change(ChangeSort.TITLE, nasty, nasty, "é" * 400),),
    )
    fact = replace(SCHEME, heading=nasty, changes=(Change(ChangeSort.FACT, nasty, nasty, "x | y", nasty),))
    return replace(
        digest,
        subject=nasty,
        title=nasty,
        first=(nasty,),
        items=(item, fact),
        corrections=(Correction(CorrectionSort.RETRACTED, 1, MADE, nasty, "", nasty),),
        owner="team <b>Beleid</b>",
    )
