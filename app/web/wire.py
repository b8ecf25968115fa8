"""The wire: HTTP/1.1 by httptools, with the bound on a request's head that uvicorn leaves out."""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES: Final = 32_768


class Wire(HttpToolsProtocol):
    """uvicorn's protocol that closes on a head, trailer or chunk extension without end.

    httptools gathers those by itself and says nothing until they are complete, so what counts
    is how much came in since a head was complete or a part of a body was read.
    """

    silent = 0

    def data_received(self, data: bytes) -> None:
        """Read what came in; answer 400 and close where too much of it has led to nothing."""
        self.silent += len(data)
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # cheaper than to override what every request calls
            self.silent = 0
        elif self.silent > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("Too long a head.")

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self.silent = 0
        super().on_body(body)
