"""What may ever be printed where: one allow-list a document, fixed in code.

A printout names the fields that it may show; whatever is not named stays off it, also a question that a later form
adds.
"""

from alliance_desktop.domain.audience.documents import BUNDLES, PARTS, Document, Part
from alliance_desktop.domain.audience.lists import ALLOWED, EXECUTOR, SUMMARY_PARTS, TIMELINE_PARTS
from alliance_desktop.domain.audience.rules import allowed, bundle_of, executor_keys
from alliance_desktop.domain.audience.wording import (
    fitting,
    latest_fitting,
    seen_keys,
    with_seen_wording,
    without,
    wording_changed,
    wording_ready,
)

__all__ = [
    "ALLOWED",
    "BUNDLES",
    "EXECUTOR",
    "PARTS",
    "SUMMARY_PARTS",
    "TIMELINE_PARTS",
    "Document",
    "Part",
    "allowed",
    "bundle_of",
    "executor_keys",
    "fitting",
    "latest_fitting",
    "seen_keys",
    "with_seen_wording",
    "without",
    "wording_changed",
    "wording_ready",
]
