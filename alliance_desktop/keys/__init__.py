"""From a passphrase or a recovery key to the key of the notes: bytes in, bytes out, without SQL, files or Qt."""
