"""What a measure may not say."""

import pytest
from pydantic import ValidationError

from tests.builders import measure


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "value", "interval": "none"}, "say why in interval_note"),
        ({"denominator": None}, "a proportion needs a denominator"),
        ({"interval": "none", "interval_note": "None."}, "has counts, so it has an interval"),
        ({"kind": "change"}, "a change can bear no interval"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
        ({"id": "Not A Slug"}, "String should match pattern"),
    ],
)
def test_a_measure_that_contradicts_itself_is_refused(changes, said):
    with pytest.raises(ValidationError, match=said):
        measure(**changes)


def test_a_measure_is_counted_when_it_bears_an_interval():
    assert measure().counted
    assert not measure(kind="value", interval="none", interval_note="Printed so.").counted
