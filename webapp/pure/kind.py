"""The ways in which a revision can come about."""

from enum import StrEnum


class Kind(StrEnum):
    """Why a revision exists; all but `WRITTEN` and `IMPORTED` name a source revision."""

    WRITTEN = "written"
    RESTORED = "restored"
    HUNKS = "hunks"
    MERGED = "merged"
    UNDONE = "undone"
    IMPORTED = "imported"
