"""The bodies of forms that write, as their pages take them."""

from typing import Annotated

from fastapi import Depends, Request

from app.evidence.uploads import Upload, uploading
from app.members.current import current
from app.members.member import Member
from app.threads import composing, tickets
from app.web.forms import Form, taking
from app.web.refusals import Refusal


def attaching(request: Request) -> Member:
    """Return the signed-in account; a stranger's picture is not even read.

    Nothing is lost: the form is still in the browser, one step back.
    """
    member = current(request)
    if member is None:
        raise Refusal(403, tickets.SIGNED_OUT)
    return member


Sheet = Annotated[Form, Depends(taking(**composing.LONGEST))]
WithImage = Annotated[Upload, Depends(uploading(**composing.LONGEST))]
Attaching = Annotated[Member, Depends(attaching)]
