"""What the buttons send that act on the latest revision: "Restore this revision", "Undo this edit", "Undo merge"."""

from webapp.forms.form import Form, number, token
from webapp.history.preview import Numbered


class SeenForm(Form):
    """The revision that was the latest when the button was drawn, and a name for the save."""

    seen = number("Latest revision seen")
    save_id = token("Save")

    def seen_of(self, post: Numbered) -> int:
        """Return the revision that was seen; where none is named, it is the latest."""
        return post.revision if self.seen.data is None else self.seen.data
