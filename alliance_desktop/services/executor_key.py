"""What an executor's key opens, in a type of its own: nothing takes it that opens a vault to work in."""

from alliance_desktop.keys.keyfile import Secrets


class ExecutorKey:
    """The secrets behind an executor's key; only `services/executor.py` looks at them."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets

    def forget(self) -> None:
        """Overwrite the key in memory."""
        self.secrets.forget()
