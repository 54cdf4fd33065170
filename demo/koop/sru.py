"""SRU 2.0 answers in the gzd schema: pages of records, and diagnostics that come with HTTP 200."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from demo.koop.record import FIELDS, SUBJECT_SCHEMES, TYPE_SCHEMES, Indexed, content_area
from demo.moments import offset_time
from demo.paper import Meta, Scan

_NAMESPACES = (
    'xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:cd="http://standaarden.overheid.nl/cup/data" xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" '
    'xmlns:gzd="http://standaarden.overheid.nl/sru" xmlns:diag="http://docs.oasis-open.org/ns/search-ws/diagnostic" '
    'xmlns:facet="http://docs.oasis-open.org/ns/search-ws/facetedResults" xmlns:c="http://standaarden.overheid.nl/collectie/"'
)
_SCHEMA = "http://standaarden.overheid.nl/sru/"
_TREE = "https://repository.overheid.nl/frbr"


def diagnostic_xml(code: int, message: str) -> str:
    """The answer to a query that cannot be run; the SRU namespace is the default one here, as on the real host."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><searchRetrieveResponse '
        'xmlns="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:ns3="http://docs.oasis-open.org/ns/search-ws/diagnostic">'
        f"<version>2.0</version><diagnostics><ns3:diagnostic><ns3:uri>info:srw/diagnostic/1/{code}</ns3:uri>"
        f"<ns3:message>{escape(message)}</ns3:message></ns3:diagnostic></diagnostics></searchRetrieveResponse>"
    )


def response_xml(found: Sequence[Indexed], query: str, start: int, maximum: int) -> str:
    """One page: records `start` (1-based) up to `maximum` of them; `nextRecordPosition` is absent on the last page."""
    part = found[start - 1 : start - 1 + maximum]
    records = "\n".join(_record(one, start + n) for n, one in enumerate(part))
    following = start + len(part)
    next_page = f"<sru:nextRecordPosition>{following}</sru:nextRecordPosition>\n" if part and following <= len(found) else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sru:searchRetrieveResponse {_NAMESPACES}>
<sru:version>2.0</sru:version>
<sru:numberOfRecords>{len(found)}</sru:numberOfRecords>
<sru:records>
{records}
</sru:records>
{next_page}<sru:echoedSearchRetrieveRequest>
<sru:query>{escape(query)}</sru:query>
<sru:startRecord>{start}</sru:startRecord>
<sru:maximumRecords>{maximum}</sru:maximumRecords>
<sru:recordXMLEscaping>xml</sru:recordXMLEscaping>
<sru:recordSchema>{_SCHEMA}</sru:recordSchema>
</sru:echoedSearchRetrieveRequest>
<sru:resultCountPrecision>info:srw/vocabulary/resultCountPrecision/1/estimate</sru:resultCountPrecision>
</sru:searchRetrieveResponse>
"""


def manifestations(one: Indexed) -> dict[str, str]:
    """The address of each file of a publication in the file tree, by manifestation."""
    identifier = one.shown.id
    base = f"{_TREE}/{content_area(identifier, one.shown.content)}/{identifier}/1"
    files = {"metadata": "metadata.xml", "pdf": f"{identifier}.pdf"}
    if not isinstance(one.shown.content.body, Scan):
        files |= {"html": f"{identifier}.html", "xml": f"{identifier}.xml"}
    return {name: f"{base}/{name}/{file}" for name, file in sorted(files.items())}


def _element(name: str, meta: Meta) -> str:
    scheme = f" scheme={quoteattr(meta.scheme)}" if meta.scheme else ""
    return f"<{name}{scheme}>{escape(meta.content)}</{name}>"


def _elements(one: Indexed, name: str, source: str, schemes: tuple[str, ...] = ()) -> str:
    found = [m for m in one.shown.content.meta if m.name == source and (not schemes or m.scheme in schemes)]
    return "".join(_element(name, m if m.scheme.startswith("OVERHEID") else m._replace(scheme="")) for m in found)


def _record(one: Indexed, position: int) -> str:
    identifier = one.shown.id
    page = f"https://zoek.officielebekendmakingen.nl/{identifier}.html"
    changed = offset_time(one.shown.changed)
    fields = "".join(_elements(one, f"overheidwetgeving:{field}", name) for field, name in FIELDS)
    files = manifestations(one)
    items = "".join(f'<gzd:itemUrl manifestation="{name}">{url}</gzd:itemUrl>' for name, url in files.items())
    return f"""<sru:record><sru:recordSchema>{_SCHEMA}</sru:recordSchema><sru:recordPacking>xml</sru:recordPacking>
<sru:recordData><gzd:gzd><gzd:originalData><overheidwetgeving:meta>
<overheidwetgeving:owmskern><dcterms:identifier>{identifier}</dcterms:identifier>\
{_elements(one, "dcterms:title", "DC.title")}<dcterms:language>nl</dcterms:language>\
{_elements(one, "dcterms:type", "DC.type", TYPE_SCHEMES)}{_elements(one, "dcterms:creator", "DC.creator")}\
<dcterms:modified>{one.first("dt.modified")}</dcterms:modified></overheidwetgeving:owmskern>
<overheidwetgeving:owmsmantel>{_elements(one, "dcterms:available", "DCTERMS.available")}\
{_elements(one, "dcterms:date", "DCTERMS.issued")}<dcterms:hasVersion resourceIdentifier="{page}">1</dcterms:hasVersion>\
{_elements(one, "dcterms:issued", "DCTERMS.issued")}{_elements(one, "dcterms:subject", "OVERHEID.category")}\
{_elements(one, "dcterms:alternative", "DCTERMS.alternative")}</overheidwetgeving:owmsmantel>
<overheidwetgeving:tpmeta><c:product-area>officielepublicaties</c:product-area>\
<c:content-area>{one.first("c.content-area")}</c:content-area>{fields}\
{_elements(one, "overheidwetgeving:subrubriek", "DC.type", SUBJECT_SCHEMES)}\
<cd:datumTijdstipWijzigingWork>{changed}</cd:datumTijdstipWijzigingWork>\
<cd:datumTijdstipWijzigingExpression>{changed}</cd:datumTijdstipWijzigingExpression></overheidwetgeving:tpmeta>
</overheidwetgeving:meta></gzd:originalData><gzd:enrichedData><gzd:url>{files.get("xml", files["pdf"])}</gzd:url>\
<gzd:preferredUrl>{page}</gzd:preferredUrl>{items}<gzd:timestamp>{changed}</gzd:timestamp></gzd:enrichedData></gzd:gzd>
</sru:recordData><sru:recordPosition>{position}</sru:recordPosition></sru:record>"""
