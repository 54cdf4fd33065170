"""Bytes to text where the declared encoding may be wrong, and the checks every reader makes first.

Whatever leaves here as text can be written as UTF-8 and holds no control characters (`domain.text.sound`).
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

from domain.errors import ReadingError
from domain.listings import Answer
from domain.text import sound

Element = Any  # lxml ships no types

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DECLARED_SINGLE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*.(?:windows-125\d|iso-8859-\d+|latin-?1|us-ascii)\b[^>]*\?>", re.IGNORECASE
)
_HTML_START = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


# Python knows many more, among them some that are no encodings of characters ("unicode_escape", "idna").
_DECLARABLE = frozenset({"iso-8859-1", "iso-8859-15", "latin1", "cp1252", "utf-16", "utf-16le", "utf-16be"})


def looks_like_html(body: bytes) -> bool:
    """True when the bytes begin as an HTML page (an error page, a login wall) whatever the header says."""
    return _HTML_START.match(body[:4000]) is not None


def decode(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML page, and remarks. UTF-8 wins where it fits, then a known encoding that is declared; windows-1252 is
    the last resort."""
    body = answer.body.removeprefix(b"\xef\xbb\xbf")
    declared = _CHARSET.search(answer.header("content-type")) or _CHARSET.search(body[:2000].decode("ascii", "replace"))
    name = declared[1].lower() if declared else "utf-8"
    for encoding in ("utf-8", *({name} & _DECLARABLE), "windows-1252"):
        try:
            text = sound(body.decode(encoding))
        except UnicodeDecodeError:
            continue
        wrong = not body.isascii() and encoding.replace("-", "") != name.replace("-", "")
        return text, (f"declared {name}, read as {encoding}",) if wrong else ()
    raise ReadingError(answer.url, f"neither UTF-8 nor {name}")


def parse_json(url: str, body: bytes) -> Any:
    """The value of a JSON body, its texts made sound: an escape can say half a character. Raises ReadingError for no JSON."""
    if not body.strip():
        raise ReadingError(url, "empty answer")
    if looks_like_html(body):
        raise ReadingError(url, "an HTML page instead of JSON")
    try:
        return _sound(json.loads(body))
    except UnicodeDecodeError as error:
        raise ReadingError(url, "JSON that is not in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(url, "not JSON") from error


def _sound(value: object) -> object:
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, list):
        return [_sound(one) for one in value]
    if isinstance(value, dict):
        return {sound(name): _sound(one) for name, one in value.items()}
    return value


def parse_xml(url: str, body: bytes) -> tuple[Element, tuple[str, ...]]:
    """The root element of an XML body, and remarks.

    Entities, DTDs and the network are off and depth is bounded, so a hostile file is refused (dependencies, section 5). A file
    that is not in the encoding it declares is read as windows-1252. Raises ReadingError for anything that is not XML.
    """
    if not body.strip():
        raise ReadingError(url, "empty answer")
    if looks_like_html(body):
        raise ReadingError(url, "an HTML page instead of XML")
    remarks: tuple[str, ...] = ()
    if (whole := really_utf8(body)) is not None:
        body, remarks = whole, ("not in the encoding it declares; read as utf-8",)
    try:
        return _without_entities(url, etree.fromstring(body, _parser())), remarks
    except etree.XMLSyntaxError as error:
        rescued = _misdeclared(body)
        if rescued is None:
            raise ReadingError(url, f"not well-formed XML: {sound(' '.join(str(error).split()))[:200]}") from error
    try:
        return _without_entities(url, etree.fromstring(rescued, _parser())), (
            "not in the encoding it declares; read as windows-1252",
        )
    except etree.XMLSyntaxError as error:
        raise ReadingError(url, f"not well-formed XML: {sound(' '.join(str(error).split()))[:200]}") from error


def _without_entities(url: str, root: Element) -> Element:
    """The root, when the file defines no entities: they are never resolved, so their text would be lost in silence."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise ReadingError(url, "the file defines entities of its own")
    return root


def _parser() -> Element:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def really_utf8(body: bytes) -> bytes | None:
    """The body without its declaration when that names an encoding of single bytes and the bytes are UTF-8, else None.

    Such bytes would be read without complaint, every letter with an accent as two others.
    """
    declared = _DECLARED_SINGLE.match(body)
    if declared is None or body.isascii():
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return body[declared.end() :]


def _misdeclared(body: bytes) -> bytes | None:
    """The body as UTF-8 when it is windows-1252 in disguise, else None."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return _DECLARATION.sub("", body.decode("windows-1252")).encode()
        except UnicodeDecodeError:
            return None
    return None


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment or a processing instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """The namespace of an element, "" when it has none."""
    return etree.QName(element).namespace or ""


def text_of(element: Element) -> str:
    """The text of an element that holds no other; a comment or a processing instruction inside a word leaves no gap."""
    return "".join([element.text or "", *(child.tail or "" for child in element if not local_name(child))])
