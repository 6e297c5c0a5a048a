"""The child process that renders: `python -m portal.pdf.worker <static> <fonts> <megabytes>`.

It reads frames (4 bytes of length, then UTF-8 HTML) from its input and answers each with a frame: one byte of status,
4 bytes of length of a JSON note, the note, then the PDF. It ends when its input ends, so it never outlives its parent.
"""

import gc
import json
import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from portal.pdf.layout import Press

LENGTH = struct.Struct(">I")
#: Libraries, fonts and stacks take address space that never becomes memory.
ADDRESS_SPACE_SPARE_MB = 768


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame's content; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


def write_frame(stream: BinaryIO, content: bytes) -> None:
    stream.write(LENGTH.pack(len(content)) + content)
    stream.flush()


def answer(press: Press, html: str) -> bytes:
    """The PDF with the addresses that were refused, or what went wrong."""
    try:
        pdf, refused = press.pdf(html)
    except (Exception, RecursionError, MemoryError) as error:
        return pack(False, {"error": f"{type(error).__name__}: {error}"[:500]}, b"")
    return pack(True, {"refused": refused}, pdf)


def pack(good: bool, note: dict[str, object], pdf: bytes) -> bytes:
    words = json.dumps(note).encode()
    return bytes([good]) + LENGTH.pack(len(words)) + words + pdf


def unpack(frame: bytes) -> tuple[bool, dict[str, object], bytes]:
    size = LENGTH.unpack(frame[1:5])[0]
    return bool(frame[0]), json.loads(frame[5 : 5 + size]), frame[5 + size :]


def main(static: str, font_folder: str, megabytes: str) -> None:
    limit = (int(megabytes) + ADDRESS_SPACE_SPARE_MB) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not break the frames
    press = Press(Path(static), Path(font_folder))
    press.pdf("<p>warm</p>")
    # Rubbish is collected between documents, while nobody waits.
    gc.disable()
    gc.freeze()
    write_frame(target, b"ready")
    while (html := read_frame(source)) is not None:
        write_frame(target, answer(press, html.decode("utf-8")))
        gc.collect()


if __name__ == "__main__":
    main(*sys.argv[1:4])
