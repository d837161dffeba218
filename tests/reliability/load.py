"""More than the memory given to a database can hold: S1 lets it spill by sorting, half a save and temporary tables."""

from pathlib import Path

from sqlcipher3 import dbapi2

from tests.reliability import vaults

WORD = "heavywordlark"
ROWS_A_ROUND = 400


def main(how: str, folder: str, calls: str) -> None:
    """Spill until there were about so many calls: as the program is set, with temporary files, or without a key."""
    place = Path(folder)
    if how == "no key":
        connection = dbapi2.connect(str(place / "plain.db"), isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
    else:
        connection = vaults.make(place).open()._database._connection
    if how == "temp_store":
        connection.execute("PRAGMA temp_store=1").fetchall()
    connection.execute("PRAGMA cache_size=10").fetchall()
    connection.execute("CREATE TABLE heavy (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
    for begin in range(0, max(ROWS_A_ROUND, int(calls) // 4), ROWS_A_ROUND):
        _spill(connection, begin)
    connection.close()


def _spill(connection: dbapi2.Connection, begin: int) -> None:
    connection.execute("BEGIN")
    for id in range(begin, begin + ROWS_A_ROUND):
        connection.execute("INSERT INTO heavy VALUES (?, ?)", (id, f"{id * 7919 % 10007} {WORD * 300}"))
    connection.execute("COMMIT")
    connection.execute("CREATE TEMP TABLE beside AS SELECT * FROM heavy")
    connection.execute("SELECT word FROM heavy ORDER BY substr(word, 2, 300), id DESC").fetchall()
    connection.execute("BEGIN")
    # One row that is there already undoes the statement after it wrote a good part.
    with_a_clash = f"SELECT id + 1000000, word || 'x' FROM heavy UNION ALL SELECT {begin}, 'clash'"
    try:
        connection.execute(f"INSERT INTO heavy {with_a_clash}")
    except dbapi2.IntegrityError:
        connection.execute("ROLLBACK")
    connection.execute("CREATE INDEX heavy_by_word ON heavy (word)")
    connection.execute("DROP INDEX heavy_by_word")
    connection.execute("DROP TABLE beside")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
