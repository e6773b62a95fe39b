"""Taking words that people wrote out of records that stay."""

from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet

from goldthread.records.models import Answer

QUOTED = Func(
    F("evidence"),
    template="""jsonb_path_exists(%(expressions)s, '$[*] ? (@."quote" != "")')""",
    output_field=BooleanField(),
)


def with_words(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Those of the answers that hold a comment or a quote."""
    return answers.annotate(quoted=QUOTED).filter(~Q(comment="") | Q(quoted=True))


def without_quotes(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places without their words. The signed audit keeps a keyed digest of each quote."""
    return [{**place, "quote": ""} for place in evidence]


def take_words(answers: QuerySet[Answer]) -> int:
    """Empties comments and quotes; answers and places stay. Returns how many held words."""
    found = list(with_words(answers).select_for_update(of=("self",)))
    for row in found:
        row.comment, row.evidence = "", without_quotes(row.evidence)
    Answer.objects.bulk_update(found, ["comment", "evidence"], batch_size=500)
    return len(found)
