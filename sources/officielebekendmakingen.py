"""officielebekendmakingen.nl: parliamentary papers, questions and answers, Staatscourant and Staatsblad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.documents import Document, Kind, Passage
from domain.errors import ReadingError
from domain.listings import Answer, Part, Scope
from domain.text import paragraphs
from sources import koop_search
from sources.adapter import Rate, Reading, Route
from sources.koop_ids import address_of, family, id_of
from sources.koop_metadata import read_metadata
from sources.koop_rss import RssRoute
from sources.koop_sru import SruRoute
from sources.koop_xml import SITE, described, read_publication
from sources.passages import Collector, with_lead
from sources.pdf import NoTextLayerError, read_pdf


class OfficieleBekendmakingen:
    """The adapter. Bodies always come from the zoek host, in XML with the metadata beside it; attachments exist as PDF only."""

    name = "officielebekendmakingen"
    title = "officielebekendmakingen.nl"
    parser = 1
    rates: Sequence[Rate] = (
        Rate("zoek.officielebekendmakingen.nl", 3.0),  # stated: 10 requests per 30 s
        Rate("repository.overheid.nl", 2.0),
    )

    def routes(self, scope: Scope) -> Sequence[Route]:
        """The feed; with `use_sru` the SRU as well. Raises ConfigurationError for a kind that does not exist."""
        koop_search.checked(scope.kinds)
        return (RssRoute(scope), SruRoute(scope)) if scope.use_sru else (RssRoute(scope),)

    def resource_url(self, url: str) -> str | None:
        """See `Adapter.resource_url`."""
        identifier = id_of(url) if "://" in url else None
        return None if identifier is None else address_of(identifier)

    def url_for(self, identifier: str) -> str | None:
        """See `Adapter.url_for`."""
        found = id_of(identifier) if "://" not in identifier else None
        return None if found is None else address_of(found)

    def parts(self, url: str) -> Sequence[Part]:
        """XML and metadata; for an attachment (`blg-*`) metadata and PDF."""
        identifier = _identifier(url)
        about = Part("metadata", f"{SITE}/{identifier}/metadata.xml")
        if family(identifier) == "blg":
            return (about, Part("pdf", f"{SITE}/{identifier}.pdf"))
        return (Part("xml", f"{SITE}/{identifier}.xml"), about)

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        """See `Adapter.read`."""
        identifier = _identifier(url)
        for answer in answers.values():
            if "fout404" in answer.final_url:
                raise ReadingError(answer.url, "the site's page for what does not exist")
        if family(identifier) == "blg":
            return _attachment(identifier, url, answers["metadata"], answers["pdf"])
        return read_publication(identifier, url, answers["xml"], answers["metadata"])

    def always_recheck(self, url: str, scope: Scope) -> bool:
        """Never: publications are corrected by new ones, and the feed names what was modified."""
        return False


def _identifier(url: str) -> str:
    identifier = id_of(url)
    if identifier is None:
        raise ReadingError(url, "not an address of officielebekendmakingen.nl")
    return identifier


def _attachment(identifier: str, url: str, about: Answer, pdf: Answer) -> Reading:
    """A paper under another paper, from its PDF. A scan is still known by its title."""
    metadata, surprises = read_metadata(about.url, about.body)
    document: Document = described(identifier, url, metadata)
    passages: tuple[Passage, ...] = ()
    try:
        into = Collector()
        for paragraph in paragraphs(read_pdf(pdf.body, pdf.url)):
            into.add(paragraph)
        passages = with_lead(into.all())
    except NoTextLayerError as error:
        surprises = (*surprises, error.reason)
    return Reading(replace(document, kind=Kind.ATTACHMENT, passages=passages), surprises)
