"""officielebekendmakingen.nl: parliamentary papers, questions and answers, Staatscourant and Staatsblad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.errors import ReadingError
from domain.identifier_shapes import IdShape
from domain.listings import Answer, Part, Scope
from sources import koop_search
from sources.adapter import Rate, Reading, Route
from sources.koop_ids import address_of, family, id_of
from sources.koop_pdf import read_attachment, read_printed
from sources.koop_rss import RssRoute
from sources.koop_sru import SruRoute
from sources.koop_xml import SITE, read_publication

_NOT_FOUND = "fout404"  # the site's page for what does not exist comes after a redirect, with status 200


class OfficieleBekendmakingen:
    """The adapter. Bodies always come from the zoek host, in XML with the metadata beside it, or as PDF where there is no XML."""

    name = "officielebekendmakingen"
    title = "officielebekendmakingen.nl"
    parser = 4
    kinds: Sequence[str] = tuple(koop_search.KINDS)
    takes_paths = False
    id_shapes: Sequence[IdShape] = ()
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
        """XML and metadata, with the PDF where there is no XML; for an attachment (`blg-*`) metadata and PDF."""
        identifier = _identifier(url)
        about = Part("metadata", f"{SITE}/{identifier}/metadata.xml")
        pdf = f"{SITE}/{identifier}.pdf"
        if family(identifier) == "blg":
            return (about, Part("pdf", pdf))
        xml = Part("xml", f"{SITE}/{identifier}.xml", required=False, absent_at=_NOT_FOUND)
        return (xml, about, Part("pdf", pdf, required=False, instead_of="xml", absent_at=_NOT_FOUND))

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        """See `Adapter.read`."""
        identifier = _identifier(url)
        for answer in answers.values():
            if _NOT_FOUND in answer.final_url:
                raise ReadingError(answer.url, "the site's page for what does not exist")
        if family(identifier) == "blg":
            return read_attachment(identifier, url, answers["metadata"], answers["pdf"])
        if "xml" in answers:
            return read_publication(identifier, url, answers["xml"], answers["metadata"])
        if "pdf" in answers:
            return read_printed(identifier, url, answers["metadata"], answers["pdf"])
        raise ReadingError(url, "a publication with neither XML nor PDF")

    def always_recheck(self, url: str, scope: Scope) -> bool:
        """Never: publications are corrected by new ones, and the feed names what was modified."""
        return False


def _identifier(url: str) -> str:
    identifier = id_of(url)
    if identifier is None:
        raise ReadingError(url, "not an address of officielebekendmakingen.nl")
    return identifier
