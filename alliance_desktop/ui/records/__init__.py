"""A request for records in the window: what must be decided, piece by piece, and the rule for its due date."""
