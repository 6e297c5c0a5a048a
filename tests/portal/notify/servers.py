"""Servers on 127.0.0.1 that misbehave on purpose: for mail and for HTTP, each a thread of the test's process."""

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Post:
    """What a mail server was given; `mode` is how it behaves to the next who comes."""

    mode: str = "ok"
    delay_s: float = 0.0
    taken: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    visits: int = 0
    port: int = 0

    def ids(self) -> Counter[str]:
        return Counter(message["Message-ID"] for message in self.taken)


class _Smtp(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        post.visits += 1
        if post.mode == "hang":
            self.server.stop.wait(30)  # type: ignore[attr-defined]
            return
        if post.mode == "busy":
            return self.say("421 4.3.2 Service not available, try later")
        if post.mode == "gone":
            return self.say("554 5.3.2 No service here")
        self.say("220 test")
        try:
            self.talk(post)
        except (ConnectionError, ValueError):
            return None

    def talk(self, post: Post) -> None:
        while line := self.rfile.readline():
            verb = line.decode(errors="replace").strip()
            command = verb.upper()[:4]
            if command == "RCPT" and post.mode == "no_such_person":
                self.say("550 5.1.1 No such person")
            elif command == "RCPT":
                post.recipients.append(verb)
                self.say("250 ok")
            elif command == "DATA":
                if not self.data(post):
                    return
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def data(self, post: Post) -> bool:
        if post.mode == "greylist":
            self.say("451 4.7.1 Come back later")
            return True
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # the sender is gone before the end: nothing was taken
            lines.append(line[1:] if line.startswith(b"..") else line)
        if post.delay_s:
            time.sleep(post.delay_s)
        post.taken.append(message_from_bytes(b"".join(lines)))
        if post.mode == "cut":
            return False
        self.say("250 taken")
        return True


@contextmanager
def mail_server(mode: str = "ok", delay_s: float = 0.0) -> Iterator[Post]:
    """A mail server on a free port of 127.0.0.1."""
    post = Post(mode, delay_s)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp, bind_and_activate=True) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.post, server.stop, post.port = post, threading.Event(), server.server_address[1]  # type: ignore[attr-defined]
        with _served(server):
            yield post
        server.stop.set()  # type: ignore[attr-defined]


@dataclass
class Web:
    """What an HTTP server was asked; `answer(number)` gives status, headers and body, or None to say nothing."""

    answer: Callable[[int], tuple[int, dict[str, str], str] | None] = lambda n: (200, {}, '{"errcode":0}')
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    port: int = 0

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers, _body in self.asked]


class _Http(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        web: Web = self.server.web  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        web.asked.append((self.path, dict(self.headers), body))
        answer = web.answer(len(web.asked))
        if answer is None:
            self.close_connection = True
            self.connection.close()
            return
        status, headers, text = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(text.encode())), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            return

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return

    def log_message(self, format: str, *arguments: Any) -> None:
        return


@contextmanager
def web_server(answer: Any = None) -> Iterator[Web]:
    """An HTTP server on a free port of 127.0.0.1."""
    web = Web(answer) if answer else Web()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Http) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.web, web.port = web, server.server_address[1]  # type: ignore[attr-defined]
        with _served(server):
            yield web


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def always(status: int, body: str = "", **headers: str) -> Callable[[int], tuple[int, dict[str, str], str]]:
    """The same answer each time; header names with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda n: (status, named, body)
