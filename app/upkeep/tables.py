"""Every table of the site and of the issuer, imported: upkeep forgets none, whoever calls it."""

from typing import Final

from app.credentials import models as credentials
from app.db import Base
from app.employers import models as employers
from app.evidence import models as evidence
from app.figures import models as figures
from app.hours import models as hours
from app.issuing.models import IssuerBase
from app.members import models as members
from app.moderation import models as moderation
from app.moderation import notice_models as notices
from app.replies import models as replies
from app.search import models as search
from app.staff import models as staff
from app.threads import models as threads
from app.web import editions, shelf

ROOMS: Final = (
    *(credentials, employers, evidence, figures, hours, members, moderation, search, staff),
    *(notices, replies, threads),
    *(editions, shelf),
)
SITE: Final = Base.metadata
ISSUER: Final = IssuerBase.metadata
