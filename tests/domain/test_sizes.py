"""Sizes are told with few digits, and with more where two of them would read alike."""

import pytest

from alliance_desktop.domain.backup_errors import BackupNoRoomError, said_apart, said_size


@pytest.mark.parametrize(
    ("needed", "free", "told"),
    [
        (12_000_000, 3_000, ("12.0 MB", "3 KB")),
        (1_234_567, 1_180_000, ("1.23 MB", "1.18 MB")),
        (1_200_004, 1_200_001, ("1.200004 MB", "1.200001 MB")),
        (150_400, 150_300, ("150.4 KB", "150.3 KB")),
        (2_000_000_001, 2_000_000_000, ("2.000000001 GB", "2.000000000 GB")),
        (12, 11, ("12 bytes", "11 bytes")),
        (5, 5, ("5 bytes", "5 bytes")),
    ],
)
def test_two_sizes_that_differ_read_apart(needed: int, free: int, told: tuple[str, str]) -> None:
    assert said_apart(needed, free) == told
    assert f"{told[0]} needed, {told[1]} free" in str(BackupNoRoomError(needed, free))
    assert said_size(1_234_567) == "1.2 MB", "one alone stays short"
