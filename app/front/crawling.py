"""What machines ask for at the root: robots.txt, the sitemap, the web manifest."""

from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.db import Reading
from app.employers.models import Employer
from app.threads.models import Thread
from app.web.templates import static

router = APIRouter()

PUBLIC = {"Cache-Control": "public, no-cache", "Vary": "Accept-Language"}
PRIVATE = (
    "/me",
    "/threads/new",
    "/join",
    "/sign-in",
    "/sign-out",
    "/credential",
    "/reply",
    "/desk",
    "/notice",
)
MOST = 49_900  # pages in one sitemap besides our own; sitemaps.org allows 50,000 addresses


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Keep crawlers from pages of persons, and from a whole demonstration."""
    base = request.app.state.settings.base_url
    closed = ("/",) if request.app.state.site()["demo"] else PRIVATE
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {base}/sitemap.xml", ""]), 200, PUBLIC)


@router.get("/sitemap.xml")
def sitemap(request: Request, db: Reading) -> Response:
    """List the pages for readers, every confirmed employer's, and the newest threads."""
    base = request.app.state.settings.base_url
    asked = select(Employer.slug).where(Employer.status == "confirmed")
    asked = asked.where(Employer.merged_into_id.is_(None)).order_by(Employer.slug).limit(MOST)
    own = ["/", "/employers", "/topics", "/methodology", "/privacy", "/guidelines", "/transparency"]
    paths = [*own, *(f"/employers/{slug}" for slug in db.scalars(asked))]
    listed = select(Thread.id).where(Thread.listed).order_by(Thread.day.desc(), Thread.id)
    threads = db.scalars(listed.limit(MOST + len(own) - len(paths)))
    paths += [f"/threads/{thread.hex()}" for thread in threads]
    places = "".join(f"<url><loc>{escape(base + path)}</loc></url>" for path in paths)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{namespace}">{places}</urlset>'
    return Response(body, 200, PUBLIC, media_type="application/xml")


@router.get("/manifest.webmanifest")
def manifest() -> Response:
    """Name the site for a phone's home screen; it stays a page of the browser."""
    body = {
        "name": "Lamplight",
        "start_url": "/",
        "display": "browser",
        "background_color": "#faf9f6",
        "theme_color": "#151b26",
        "icons": [{"src": static("favicon.svg"), "type": "image/svg+xml", "sizes": "any"}],
    }
    return JSONResponse(body, 200, PUBLIC, media_type="application/manifest+json")
