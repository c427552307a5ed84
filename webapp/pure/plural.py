"""Says how many there are of something."""


def of(amount: int, unit: str) -> str:
    """Return "1 word" or "1,204 words", for units that take an s."""
    return f"{amount:,} {unit}" if amount == 1 else f"{amount:,} {unit}s"
