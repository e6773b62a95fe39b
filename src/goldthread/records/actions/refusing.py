"""A refusal that knows which field of a form it is about."""

from goldthread.records.scope import Refused


class WrongField(Refused):
    """`field`: the form's name for what must be changed; the page leads there."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
