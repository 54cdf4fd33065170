"""PDF text comes from a child process; whatever a file does, the worst that happens is a ReadingError."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from domain.errors import ReadingError
from domain.text import paragraphs
from sources.pdf import NoTextLayerError, read_pdf

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "rijksoverheid"
LETTER = (EXAMPLES / "open_overheid_record" / "response.file.pdf").read_bytes()
SCAN = (EXAMPLES / "open_overheid_record_scan" / "response.file.pdf").read_bytes()


def _document(stream: bytes, filters: str = "", resources: bytes = b"<< >>") -> bytes:
    head = f"<< /Length {len(stream)} {filters}>>\nstream\n".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + resources + b" >>",
        head + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"


def test_a_letter_becomes_paragraphs() -> None:
    """A word broken at a line end is whole again."""
    read = paragraphs(read_pdf(LETTER))
    assert any("maakindustrie" in paragraph for paragraph in read)
    assert len(read) == 2


def test_the_raised_number_of_a_footnote_is_no_part_of_the_word() -> None:
    """A number on the line stays, and so do the squares of a unit."""
    shown = b"BT /F1 11 Tf 57 785 Td (de brochure Procesinnovatie) Tj "
    shown += b"/F1 7 Tf 4 Ts (3) Tj /F1 11 Tf 0 Ts ( die 12,5 hectare en kst480 noemt, over 30 m) Tj "
    shown += b"/F1 7 Tf 4 Ts (2) Tj /F1 11 Tf 0 Ts ( vloer.) Tj /F1 7 Tf 4 Ts (14) Tj ET"
    text = read_pdf(_document(shown, resources=b"<< /Font << /F1 5 0 R >> >>"))
    assert text.startswith("de brochure Procesinnovatie die 12,5 hectare")  # no line ends at a raised number
    assert " ".join(text.split()) == "de brochure Procesinnovatie die 12,5 hectare en kst480 noemt, over 30 m2 vloer."


def test_a_scan_is_told_apart() -> None:
    with pytest.raises(NoTextLayerError):
        read_pdf(SCAN)


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"%PDF-1.4\n", LETTER[:200]])
def test_what_is_no_pdf_is_refused(body: bytes) -> None:
    with pytest.raises(ReadingError):
        read_pdf(body)


def test_a_small_file_that_asks_for_gigabytes_is_stopped() -> None:
    """Zeros, compressed twice: a few kilobytes that unpack to 1.5 GB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(b"\0" * 50_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = ((30 * 50_000_000 % 65_521) << 16 | 1).to_bytes(4, "big")
    once = b"\x78\xda" + block * 30 + b"\x03\x00" + checksum
    assert len(zlib.decompressobj().decompress(once, 1000)) == 1000
    bomb = _document(zlib.compress(once, 9), "/Filter [/FlateDecode /FlateDecode] ")
    assert len(bomb) < 20_000
    with pytest.raises(ReadingError):
        read_pdf(bomb)
