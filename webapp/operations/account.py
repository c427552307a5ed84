"""What people change about their own account."""

from webapp.database import transaction
from webapp.errors import Invalid
from webapp.models import Event, User
from webapp.operations import passwords as hashing
from webapp.operations import sign_in, throttle
from webapp.pure import passwords


def change_password(user: User, *, current: str, password: str, token: str, address: str) -> None:
    """Give `user` a new password and end their sessions, but for the one of `token`.

    Raises Invalid with the fields `current` or `password`, or Throttled after too many guesses at the current
    one from the network address `address`.
    """
    email = user.email or ""
    passwords.check(password, name=user.name, email=email)
    throttle.count(email, address=address)
    kept = user.password_hash
    wrong = Invalid({"current": "This is not your current password."})
    if not hashing.matches(kept, current):
        raise wrong
    new = hashing.hash_of(password)
    with transaction(by_id=user.id):
        if user.password_hash != kept or not user.active:
            raise wrong  # it was changed meanwhile
        user.password_hash = new
        throttle.forgive(email, address=address)
        sign_in.end_all(user, except_token=token)
        Event.log("change password", by=user)
