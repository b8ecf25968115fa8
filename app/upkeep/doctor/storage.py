"""Where pictures are kept: who may read the folder, or what the bucket keeps of what is gone."""

from collections.abc import Iterator

from app.evidence import store
from app.settings import Settings
from app.upkeep.doctor.finding import Finding, judge


def look(settings: Settings) -> Iterator[Finding]:
    """Look at the evidence storage."""
    kept = store.of(settings)
    if kept.folder is None:
        yield _bucket(kept)
        return
    if kept.empty:
        return
    open_ = [path for path in (kept.folder, *kept.folder.iterdir()) if path.stat().st_mode & 0o077]
    yield judge(
        not open_,
        f"{kept.folder}: pictures are readable by their owner alone",
        f"chmod -R go= {kept.folder}",
    )


def _bucket(kept: store.Store) -> Finding:
    what = "the evidence bucket keeps nothing of what is deleted"
    try:
        return judge(not kept.versioned(), what, "switch versioning off and delete old versions")
    except store.Unreachable as error:
        return Finding("the evidence bucket answers", str(error))
