"""Alliance Desktop: an offline, encrypted notebook for a counsellor's working relationships."""

__version__ = "0.1.0"
