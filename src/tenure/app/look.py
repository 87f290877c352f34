"""One look for mails and public pages: the brand of messages, as the pages of consent take it."""

from tenure.directory.customers.consent.look import Look
from tenure.kit.db import Session
from tenure.outreach.content.kept import brand


def public_look(session: Session) -> Look:
    """Return the company's look."""
    told = brand(session)
    return Look(told.name, told.colour, told.text_colour, told.logo_url, told.site_url, told.postal_address)
