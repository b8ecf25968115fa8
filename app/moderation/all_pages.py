"""Every page of the desk, on the one router that checks who comes."""

from app.moderation import (
    acting,
    cohort_pages,
    directory_event_pages,
    directory_pages,
    directory_topic_pages,
    lists,
    pages,
    sampling_pages,
    staffing,
)
from app.moderation.door import router

__all__ = [
    "acting",
    "cohort_pages",
    "directory_event_pages",
    "directory_pages",
    "directory_topic_pages",
    "lists",
    "pages",
    "router",
    "sampling_pages",
    "staffing",
]
