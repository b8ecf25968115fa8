"""`lamplight publish`: what was to be published later and is due."""

from app.ops.migrating import opened
from app.settings import Settings
from app.upkeep import appearing


def publish() -> None:
    """Publish the posts whose time has come; a running site does so by itself, too."""
    settings = Settings()
    with opened(settings) as database:
        appeared = appearing.appear(database, settings.now())
    print(f"posts published: {appeared}")
