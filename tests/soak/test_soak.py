"""The short form of `make soak`: a few crashes, a small crowd, two backups."""

from tests.soak import backups, crashes, crowd


def test_no_acknowledged_save_is_lost_or_doubled_when_everything_is_killed(backend: str) -> None:
    crashed = crashes.run(backend, cycles=2, writers=4)

    assert crashed.faults == ()
    assert crashed.cycles == 2
    assert crashed.saves > 0
    assert crashed.recovery_seconds <= crashes.RECOVERY_SECONDS


def test_each_of_many_saves_of_one_post_is_saved_or_told_of_a_conflict(backend: str) -> None:
    crowded = crowd.run(backend, writers=8, saves=4)

    assert crowded.faults == ()
    assert crowded.acknowledged + crowded.conflicts == crowded.attempts


def test_a_backup_under_load_has_every_save_acknowledged_before(backend: str) -> None:
    assert backups.run(backend, backups=2, writers=4).faults == ()
