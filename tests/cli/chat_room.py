"""A service to notify, on this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import NamedTuple

SECRET = "a-token-nobody-sees"


class ChatRoom(NamedTuple):
    """The room's address, and the messages it was sent."""

    address: str
    messages: list[dict[str, str]]


@contextmanager
def chat_room(status: int = 200) -> Iterator[ChatRoom]:
    """A room that answers every message with that status."""
    messages: list[dict[str, str]] = []

    class Room(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Room) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield ChatRoom(f"json://127.0.0.1:{server.server_port}/{SECRET}", messages)
        server.shutdown()
