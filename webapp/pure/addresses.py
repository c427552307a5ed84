"""Whether an address that came from outside leads back to this site."""


def is_ours(address: str) -> bool:
    """Return whether a browser that is sent to `address` stays on this site.

    Only plain absolute paths pass. What some browser reads differently from some parser is refused wholesale:
    backslashes, two slashes in a row, control characters, spaces, all that is not ASCII (ASVS 5.0, 3.7.2).
    """
    return (
        address.startswith("/")
        and "//" not in address
        and "\\" not in address
        and address.isascii()
        and address.isprintable()
        and " " not in address
    )
