"""What a file is, told by its first bytes; neither its name nor what the browser says counts (E01)."""

import codecs

#: How much of the beginning `detect` wants to see, in bytes.
HEAD = 4096

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"M4V ", b"avc1", b"dash", b"mmp4", b"MSNV"}
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<iframe", b"<?php", b"<?xml", b"<%")


def detect(head: bytes) -> str:
    """Content type by magic bytes; "" when it is nothing that the portal knows."""
    for start, found in _STARTS:
        if head.startswith(start):
            return _office(head) if found == "application/zip" else found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"webm" in head[:128] else "video/x-matroska"
    return _boxed(head) or _text(head)


def _boxed(head: bytes) -> str:
    """The ISO family: pictures of iPhones, mp4, QuickTime."""
    box, brand = head[4:8], head[8:12]
    if box == b"ftyp":
        if brand in _HEIF:
            return "image/heic"
        if brand == b"qt  ":
            return "video/quicktime"
        return "video/mp4" if brand in _MP4 or brand.startswith(b"3gp") else ""
    return "video/quicktime" if box in (b"moov", b"mdat", b"wide") else ""


def _office(head: bytes) -> str:
    """A zip whose first entry is an office document's table of contents."""
    return (
        "application/x-ooxml" if b"[Content_Types].xml" in head[:256] or b"_rels/.rels" in head else "application/zip"
    )


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text/plain"
    if not head or any(byte < 9 or 13 < byte < 27 for byte in head):
        return ""
    if head.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_MARKUP):
        return "text/html"
    return "text/plain" if _decodes(head, "utf-8") or _decodes(head, "gb18030") else ""


def _decodes(head: bytes, encoding: str) -> bool:
    """True if the bytes are text in the encoding; a character cut off at the end does not matter."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True
