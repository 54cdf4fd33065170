"""metadata.xml of a publication, and the same names as meta elements for its HTML page."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from demo.paper import Official


def metadata_xml(official: Official) -> str:
    """The file `/<id>/metadata.xml`: root element `metadata_gegevens`, a line each."""
    rows = [
        f"<metadata name={quoteattr(m.name)} scheme={quoteattr(m.scheme)} content={quoteattr(m.content)}/>" for m in official.meta
    ]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<metadata_gegevens>", *rows, "</metadata_gegevens>", ""])


def metadata_head(official: Official) -> str:
    """The meta elements of the zoek page, which names the scheme in `data-scheme`."""
    return "\n".join(
        f"<meta name={quoteattr(m.name)} data-scheme={quoteattr(m.scheme)} content={quoteattr(m.content)} />"
        for m in official.meta
    )
