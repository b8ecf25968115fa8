"""Every page of the desk, on the one router that checks who comes."""

from app.moderation import acting, lists, pages, staffing
from app.moderation.door import router

__all__ = ["acting", "lists", "pages", "router", "staffing"]
