"""Records of checks for tests, made by checking invented plans."""

from __future__ import annotations

import datetime as dt

from goldthread.checking.job import Answered, File, Files, Job
from goldthread.checking.pipeline import check
from goldthread.core.report.check_record import CheckRecord

TODAY = dt.date(2026, 11, 24)
PLAN = """Northmere Council (invented)
Education, Health and Care Plan
Name: Amara Okafor
Date of birth: 4 May 2018
Sex: Female
School: Northmere Primary School
Year group: Year 4
Status: Final
Date of final plan: 1 May 2026
Section A: Views, interests and aspirations
Amara says: “I want to read stories to my sister and to have a friend at lunchtime.”
Section B: Special educational needs
- Amara has developmental language disorder: she uses single phrases, so she cannot follow lessons.
- Amara has autism.
Section C: Health needs
None.
Section D: Social care needs
Amara is not known to social care.
Section E: Outcomes
- By July 2028 Amara will join two ideas in 4 of 5 observed talks; now she uses single phrases.
- To improve social skills.
Section F: Special educational provision
- A speech and language therapist will see Amara one-to-one for 45 minutes once a week.
- Tomasz should have access to a key adult as and when required.
Section G: Health provision
None.
Section H1: Social care provision
None.
Section H2: Other social care provision
Please see the local offer.
Section I: Placement
Northmere Primary School, a mainstream maintained school.
Section J: Personal budget
No personal budget was asked for.
Section K: Advice
- Educational psychologist, Ms R. Adeyemi, 2 March 2026, appended
"""


def checked_text_plan(text: str = PLAN, name: str = "plan.txt") -> CheckRecord:
    """The record of a plan with faults, with its paragraphs."""
    job = Job(today=TODAY, paragraphs=True)
    outcome = check(Files(File(name, text.encode())), job)
    assert isinstance(outcome, Answered)
    return outcome.record
