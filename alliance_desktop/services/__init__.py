"""What a counsellor does: decide, stamp time and id, write in one transaction, say what changed."""
