"""Requests that a library makes for us are held to our own limits, and their answers are kept (H03, K11).

The library behind the robots and gateways says only yes or no, takes 'too often' with status 200 for a yes, and
follows redirects. So the one function through which all its requests go is wrapped: inside `watched()` no redirect is
followed, connecting, each reading and the whole have a time limit, and what was answered is kept. Elsewhere nothing
changes.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import requests

from portal.notify.outcome import Answer

CONNECT_S = 5.0
READ_S = 10.0
WHOLE_S = 20.0
MOST_BYTES = 64 * 1024


@dataclass
class Watch:
    """What was answered to each request inside the block; `headers` go out with each."""

    headers: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    error: Exception | None = None


_watch: ContextVar[Watch | None] = ContextVar("portal_notify_watch", default=None)


@contextmanager
def watched(headers: dict[str, str]) -> Iterator[Watch]:
    """Hold every request of the block to our limits."""
    watch = Watch(headers)
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def _wrapped(original: Any) -> Any:
    @wraps(original)
    def request(self: requests.Session, method: str, url: str, **options: Any) -> requests.Response:
        watch = _watch.get()
        if watch is None:
            return original(self, method, url, **options)
        self.trust_env = False  # neither a proxy nor a .netrc of the machine
        options |= {"allow_redirects": False, "timeout": (CONNECT_S, READ_S), "stream": True}
        options["headers"] = {**(options.get("headers") or {}), **watch.headers}
        try:
            response = original(self, method, url, **options)
            response._content = _read(response)
        except Exception as error:
            watch.error = error
            raise
        watch.answers.append(
            Answer(
                response.status_code,
                response.headers.get("Retry-After", ""),
                response._content.decode("utf-8", "replace"),
            )
        )
        return response

    request.watches = True  # type: ignore[attr-defined]
    return request


def _read(response: requests.Response) -> bytes:
    """The body, as far as size and time allow."""
    end, read = time.monotonic() + WHOLE_S, b""
    with response:
        for piece in response.iter_content(4096):
            read += piece
            if len(read) > MOST_BYTES:
                break
            if time.monotonic() > end:
                raise requests.exceptions.ReadTimeout("the answer takes too long")
    return read


if not getattr(requests.Session.request, "watches", False):
    requests.Session.request = _wrapped(requests.Session.request)  # type: ignore[method-assign]
