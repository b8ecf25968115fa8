"""Every table is flattened each night, but for those that hold public things alone."""

import subprocess
import sys

import pytest

import app.main  # noqa: F401 (imports every room's tables)
from app.db import Base
from app.issuing.models import IssuerBase
from app.upkeep import maintain

# A new line here needs a reason of this kind: nobody's act can be read from the rows' order.
PUBLIC = {
    "employer": "the directory, as everybody reads it",
    "employer_alias": "names of employers",
    "employer_city": "cities of employers",
    "employer_domain": "mail domains of employers",
    "sourced_claim": "rows of published lists",
    "release": "public numbers and days",
    "cohort": "written by a release, all at once",
    "cohort_counts": "written by a release, noisy",
    "held_cohort": "written by a release, noisy",
    "cohort_note": "what the desk decided of a cohort, as its employer's page says it",
    "snapshot": "made of cohorts",
    "ranking": "made of cohorts",
    "policy_event": "what was announced in public, as the desk enters it",
    "published_directory": "one row, which everybody downloads",
    "topic": "what threads can be about, as the desk names it",
    "audit_entry": "the public log of the desk; its order is what it is for",
    "audit_head": "one row, the end of the log",
    "edition": "how often public things changed",
}
ISSUER_PUBLIC = {
    "known_employer": "a copy of the directory",
    "known_domain": "a copy of the directory",
    "chain_entry": "the public chain; its order is what it is for",
}
PERSONAL = {
    *("account", "hour_report", "spent_credential", "issued", "signing_key"),
    *("thread", "post", "delayed_post", "vote", "poll", "poll_choice", "poll_answer"),
    *("flag", "statement", "appeal", "kept_text", "audit_opening", "staff", "staff_session"),
    *("notice", "legal_case", "representative", "reply"),
    *("evidence_image", "search_entry", "scoped_edition"),
}


def test_only_public_tables_keep_their_order() -> None:
    assert maintain.public(Base.metadata) == set(PUBLIC)
    assert maintain.public(IssuerBase.metadata) == set(ISSUER_PUBLIC)


def test_upkeep_knows_every_table_by_itself() -> None:
    asked = "from app.upkeep import tables; print(*sorted(tables.SITE.tables))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == sorted(Base.metadata.tables)


def test_no_table_of_persons_is_among_them() -> None:
    assert {*Base.metadata.tables, *IssuerBase.metadata.tables} >= PERSONAL
    assert not PERSONAL & {*PUBLIC, *ISSUER_PUBLIC}


@pytest.mark.parametrize("metadata", [Base.metadata, IssuerBase.metadata], ids=["site", "issuer"])
def test_no_public_table_refers_to_one_that_is_flattened(metadata: object) -> None:
    public = maintain.public(metadata)
    for name in public:
        for key in metadata.tables[name].foreign_keys:
            assert key.column.table.name in public, f"{name} would keep it from being emptied"
