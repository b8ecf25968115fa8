"""The header set of every answer, errors and static files included."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # same-origin, not no-referrer: with the latter browsers post forms with Origin: null.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
    ),
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=63072000; includeSubDomains"


def fixed(hsts: bool) -> list[tuple[bytes, bytes]]:
    """Return the fixed headers as ASGI writes them; hsts is off for an onion service."""
    named = FIXED | ({"Strict-Transport-Security": HSTS} if hsts else {})
    return [(name.lower().encode(), value.encode()) for name, value in named.items()]


class Headers:
    """Pure ASGI: adds the fixed headers to whatever the application answers."""

    def __init__(self, app: ASGIApp, added: list[tuple[bytes, bytes]]) -> None:
        """Wrap an application; added: what `fixed` returns."""
        self.app = app
        self.added = added

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request through and add to the start of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                extra = [pair for pair in self.added if pair[0] not in present]
                cache = [] if b"cache-control" in present else [(b"cache-control", b"no-store")]
                message = {**message, "headers": [*message["headers"], *extra, *cache]}
            await send(message)

        await self.app(scope, receive, sending)
