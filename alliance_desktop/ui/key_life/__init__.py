"""The page of the keys: what opens the vault, and the acts that change it, each with what it does not do."""
