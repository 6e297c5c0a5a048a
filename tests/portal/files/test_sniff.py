"""What a file is, by its first bytes."""

import pytest

from portal.files.sniff import detect


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", ""),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp5", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x08wide", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypmif1", "image/heic"),
        (b"\x00\x00\x00\x18ftypXXXX", ""),
        (b"\x1aE\xdf\xa3\x01\x00B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x01\x00B\x82\x88matroska", "video/x-matroska"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "application/x-ooxml"),
        (b"PK\x03\x04" + b"\0" * 26 + b"trace.log", "application/zip"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"\xef\xbb\xbf  <HTML>", "text/html"),
        (b"<?xml version='1.0'?><svg>", "text/html"),
        ("行驶日志 ".encode() * 900 + b"\xe8", "text/plain"),
        ("行驶日志".encode("gb18030"), "text/plain"),
        (b"\x1b[31mred\x1b[0m", "text/plain"),
        (b"\xff\xff\xff", ""),
        (b"", ""),
    ],
)
def test_detect(head, kind):
    assert detect(head) == kind
