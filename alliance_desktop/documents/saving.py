"""What a PDF is called where the counsellor gave it no name."""

import datetime


def neutral_name(on: datetime.date, stem: str = "plan") -> str:
    """Return a file name that says nothing about anyone: plan-2026-03-10.pdf."""
    return f"{stem}-{on.isoformat()}.pdf"
