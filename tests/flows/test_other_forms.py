"""Papers in another form than the usual one: a brochure under a scheme, a paper whose XML hides behind a page with status 200."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from demo import story
from demo.making.offices import EZK
from demo.making.parliament import letter
from demo.making.web import rvo_page
from demo.paper import Paper, RvoFile, RvoPage, Version
from demo.papers.dossiers import BEDRIJFSLEVEN
from domain.calendar import AMSTERDAM
from domain.events import Release
from services import watch

BROCHURE = "/sites/default/files/2021-12/WBSO-brochure.pdf"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def _scheme(*more: str) -> RvoPage:
    text = "Met de WBSO betaalt u minder loonheffing over uw eigen speur- en ontwikkelingswerk."
    return RvoPage("WBSO", "Fiscale regeling.", (text, *more), date(2020, 1, 1), status="Open voor aanvragen")


def test_a_brochure_that_a_scheme_page_begins_to_name_is_read_and_told(make_world) -> None:  # type: ignore[no-untyped-def]
    """It is a paper of its own at its own address; no list of the site has it."""
    added = story.START + timedelta(hours=2)
    named = _scheme(f"Lees ook de [[https://www.rvo.nl{BROCHURE}|brochure over procesinnovatie met de WBSO]].")
    file = RvoFile("Procesinnovatie met de WBSO", ("Een plaatwerker vernieuwde zijn productieproces en kreeg daarvoor WBSO.",))
    papers = (
        rvo_page("/subsidies-financiering/wbso", "2021-01-04 09:00", _scheme(), (_local(added), named)),
        Paper(BROCHURE, (Version(added, file),)),
    )
    world = make_world("home", papers)
    radar = world.radar()
    watch.visit(radar, "rvo")
    world.sites.turn(added + timedelta(minutes=5))
    visits = [watch.visit(radar, "rvo"), watch.visit(radar, "rvo")]
    with radar.store.read() as unit:
        resource = unit.resources.by_url(f"https://www.rvo.nl{BROCHURE}")
        assert resource is not None
        latest = unit.snapshots.latest_version(resource.id)
        assert latest is not None
        assert latest.document.title == "Procesinnovatie met de WBSO"
        found = [event for visit in visits for event in unit.events.of_visit(visit.id)]
        events = [event for event in found if event.new_version_id == latest.id]
        assert [event.release for event in events] == [Release.OPEN]


def test_a_page_for_missing_things_instead_of_xml_leads_to_the_pdf(make_world) -> None:  # type: ignore[no-untyped-def]
    """For what was never read in XML; what was read before is never taken for gone, nor its PDF for a new wording."""
    text = ("De regering werkt aan procesinnovatie in de maakindustrie en meldt dat in deze brief.",)
    seen = story.START + timedelta(hours=1)
    papers = [
        letter("kst-32637-901", _local(story.START - timedelta(days=2)), [BEDRIJFSLEVEN], "Eerste brief", EZK, text),
        letter("kst-32637-902", _local(seen), [BEDRIJFSLEVEN], "Tweede brief", EZK, text),
    ]
    world = make_world("home", papers)
    radar = world.radar()
    watch.visit(radar, "officielebekendmakingen")
    world.sites.fault("zoek.officielebekendmakingen.nl", path="/kst-32637-902.xml", soft404=True)
    world.sites.turn(seen + timedelta(hours=1))
    visit = watch.visit(radar, "officielebekendmakingen")
    with radar.store.read() as unit:
        second = unit.resources.by_url("https://zoek.officielebekendmakingen.nl/kst-32637-902.html")
        assert second is not None
        latest = unit.snapshots.latest_version(second.id)
        assert latest is not None
        assert "pdf" in {part.role for part in unit.snapshots.parts(latest.id)}
        assert {event.resource_id for event in unit.events.of_visit(visit.id)} == {second.id}

    world.sites.fault("zoek.officielebekendmakingen.nl", path="/kst-32637-901.xml", soft404=True)
    world.sites.turn(seen + timedelta(days=2))  # late enough for both to be looked at again
    later = watch.visit(radar, "officielebekendmakingen")
    with radar.store.read() as unit:
        assert unit.events.of_visit(later.id) == ()
        first = unit.resources.by_url("https://zoek.officielebekendmakingen.nl/kst-32637-901.html")
        assert first is not None
        kept = unit.snapshots.latest_version(first.id)
        assert kept is not None
        assert (kept.seq, kept.document.title) == (1, "Eerste brief")
