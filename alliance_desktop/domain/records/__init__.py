"""A request for records: what is asked for, what must be decided, what is blacked out, and by when."""
