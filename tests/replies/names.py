"""A real name server for the tests: answers TXT questions over UDP from a table."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class Names:
    """What one name server knows: TXT records by domain; silent, it answers nobody."""

    def __init__(self) -> None:
        """Know nothing."""
        self.texts: dict[str, list[str]] = {}
        self.silent = False
        self.address = ""

    def answer(self, wire: bytes) -> bytes:
        """Answer one question with authority."""
        asked = dns.message.from_wire(wire)
        name = asked.question[0].name
        told = dns.message.make_response(asked)
        told.flags |= dns.flags.AA
        texts = self.texts.get(name.to_text(omit_final_dot=True))
        if texts is None:
            told.set_rcode(dns.rcode.NXDOMAIN)
        elif texts:
            quoted = [f'"{text}"' for text in texts]
            told.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
        return told.to_wire()


@contextmanager
def name_server() -> Iterator[Names]:
    """Start a name server on a free port of this machine."""
    names = Names()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.bind(("127.0.0.1", 0))
        host, port = own.getsockname()
        names.address = f"{host}:{port}"

        def serve() -> None:
            while True:
                wire, asker = own.recvfrom(4096)
                if not wire:
                    return
                if not names.silent:
                    own.sendto(names.answer(wire), asker)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield names
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", (host, port))
            thread.join(5)
