"""One pass over the words of an item that takes the amounts out of it."""

from __future__ import annotations

from goldthread.core.checks.wording.amounts import Bound, Duration, Group
from goldthread.core.checks.wording.endings import Endings
from goldthread.core.checks.wording.tokens import (
    ADVERBS,
    LONG,
    MINUTES,
    NUMBERS,
    PARTS,
    PUPILS,
    TURNS,
    UNITS,
    WEEKDAYS,
    WEEKLY_DAYS,
    number_at,
    unit_at,
    word_set,
)

_NOT_A_UNIT = word_set("for in after within about is as like than to on")
_HALVES = frozenset(("half", "quarter"))
_STARTS = word_set(
    "alternate a an once twice every each all per individually individual pair pairs group groups "
    "class"
) | {*NUMBERS, *PARTS, *_HALVES, *ADVERBS, *WEEKLY_DAYS, *WEEKDAYS}
_AFTER_ARTICLE = frozenset((*MINUTES, *UNITS, "pair", "half", "school", "working", "academic"))
_GROUP_FILL = word_set(
    "size sizes of no more than up to a an at most maximum max not with fewer less or the"
)
_TIMES_OF_DAY = word_set("mornings afternoons evenings lunchtimes morning afternoon evening")
_A_WEEK = 7  # more “weekly sessions” than that are all there are, not so many each week


class Scan(Endings):
    """One pass from left to right; each rule takes what it can and says where to go on."""

    def run(self) -> None:
        toks, i, size = self.toks, 0, len(self.at)
        while i < size:
            word = toks[i]
            if word in ("a", "an") and toks[i + 1] not in _AFTER_ARTICLE:
                i += 1
            elif word in _STARTS or word[0].isdecimal():
                i = max(i + 1, self.start(i, word))
            else:
                i += 1

    def start(self, i: int, word: str) -> int:
        if word in ("every", "each", "all"):
            return self.every(i, word)
        if word in ADVERBS or word in WEEKLY_DAYS:
            return self.adverb(i, word)
        if word in WEEKDAYS or word == "alternate":
            return self.weekday(i)
        if word in ("once", "twice"):
            return self.times(i, i + 1, 1.0 if word == "once" else 2.0)
        if word in ("a", "an", "per", "half", "quarter"):
            return self.article(i, word)
        if word in ("group", "groups", "class", "pair", "pairs", "individual", "individually"):
            return self.group(i, word)
        return self.number(i)

    # --- Words that start an amount --------------------------------------------------------

    def every(self, i: int, word: str) -> int:
        """“every two weeks”, “each nursery session”, “all lessons”, “every other day”."""
        toks, j = self.toks, i + 1
        if toks[j] in ("of", "other") and toks[j + 1] in ("the", "his", "her", "their"):
            return j
        other = toks[j] == "other"
        number = number_at(toks, j + other)
        at = number[1] if number else j + other
        if word == "all":
            return self.all_of(i, j)
        for k in range(at, at + (1 if number else 5)):
            unit = unit_at(toks, k)
            if unit:
                every = number[0] if number else 2.0 if other else 1.0
                year = unit[1] / every if unit[1] and every else unit[1]
                if i and toks[i - 1] in TURNS:  # “two 20-minute sessions every week”
                    self.per(i, (unit[0], year, unit[2]))
                else:
                    self.add_frequency(i, unit[2], unit[0], year)
                return unit[2]
            if toks[k] in ("of", ".", "·", ";", ""):
                break
        return j

    def all_of(self, i: int, j: int) -> int:
        for k in range(j, j + 4):
            if number_at(self.toks, k):
                break
            unit = unit_at(self.toks, k)
            if unit and unit[0] == "moment" and self.toks[k].endswith("s"):
                self.add_frequency(i, unit[2], "moment", None)
                return unit[2]
        return j

    def weekday(self, i: int) -> int:
        """“Monday to Friday”, “Tuesday afternoons”, “alternate weeks”."""
        toks = self.toks
        unit = unit_at(toks, i + 1)
        if toks[i] == "alternate":
            if unit and unit[1]:
                self.add_frequency(i, unit[2], unit[0], unit[1] / 2)
        elif toks[i + 1] == "to" and toks[i + 2] in WEEKDAYS:
            self.add_frequency(i, i + 3, "day", 190)
        elif toks[i + 1] in _TIMES_OF_DAY:
            self.add_frequency(i, i + 2, "week", 38)
        return i + 1

    def adverb(self, i: int, word: str) -> int:
        """“weekly”, “half-termly”, “six-weekly”, “Mondays”; “a weekly 40 minutes”."""
        unit, year = ADVERBS.get(word, ("week", 38.0))
        if word == "termly" and self.toks[i - 1] == "half" and i:
            unit, year = "half term", 6
        self.add_frequency(i, i + 1, unit, year)
        return i + 1

    def article(self, i: int, word: str) -> int:
        """“half an hour”, “an hour and a half”, “a week” after an amount, “per term”."""
        toks = self.toks
        nxt = toks[i + 1]
        if word in _HALVES:
            return self.half(i, word)
        if word != "per" and nxt in MINUTES and toks[i - 1] not in ("per", "miles"):
            return self.timed(i, i + 1, 1.0, self.bound(i))
        if word != "per" and nxt in ("pair",):
            self.groups.append(Group(self.at[i].start(), self.at[i + 1].end(), 2))
            return i + 2
        unit = unit_at(toks, i + 1)
        if unit and self.late_period(i, word, unit):
            return unit[2]
        return i + 1

    def half(self, i: int, word: str) -> int:
        toks = self.toks
        j = i + 1
        while toks[j] in ("of", "a", "an", "the"):
            j += 1
        if toks[j] in MINUTES:
            minutes = MINUTES[toks[j]] * (0.5 if word == "half" else 0.25)
            return self.duration(i, j + 1, minutes, self.bound(i))
        if toks[j] in LONG and word == "half":
            return self.duration(i, j + 1, None, self.bound(i))
        return i + 1

    def late_period(self, i: int, word: str, unit: tuple[str, float | None, int]) -> bool:
        """A period that stands apart from its number: “10 hours of teaching a week”."""
        if word == "per" and unit[0] != "moment":
            self.per(i, unit)
            return True
        if unit[0] == "moment" or self.toks[i - 1] in _NOT_A_UNIT:
            return False
        last = max(
            [d.end for d in self.durations[-1:]] + [f.end for f in self.frequencies[-1:]],
            default=-999,
        )
        if self.at[i].start() - last > 90 or "." in self.low[last : self.at[i].start()]:
            return False
        self.per(i, unit)
        return True

    def per(self, i: int, unit: tuple[str, float | None, int]) -> None:
        last = self.frequencies[-1] if self.frequencies else None
        if last and last.unit == "course" and last.per_year and unit[1]:
            self.frequencies[-1] = last._replace(
                unit=unit[0], per_year=last.per_year * unit[1], end=self.at[unit[2] - 1].end()
            )
            return
        if self.durations and self.durations[-1].per_year is None and not last:
            self.durations[-1] = self.durations[-1]._replace(per_year=unit[1])
        self.add_frequency(i, unit[2], unit[0], unit[1])

    def group(self, i: int, word: str) -> int:
        """“in a group of no more than three”, “class size of eight”, “in pairs”."""
        toks, j = self.toks, i + 1
        if word in ("pair", "pairs"):
            self.groups.append(Group(self.at[i].start(), self.at[i].end(), 2))
            return j
        if word in ("individual", "individually"):
            self.groups.append(Group(self.at[i].start(), self.at[i].end(), 1, "1:1"))
            return j
        for k in range(j, j + 7):
            number = number_at(toks, k)
            if number:
                if toks[number[1]] in MINUTES:
                    return j
                self.groups.append(
                    Group(self.at[i].start(), self.at[number[1] - 1].end(), number[0])
                )
                return number[1]
            if toks[k] not in _GROUP_FILL:
                break
        return j

    # --- Numbers ---------------------------------------------------------------------------

    def number(self, i: int) -> int:
        toks = self.toks
        value, j = number_at(toks, i) or (0.0, i + 1)
        bound = self.bound(i)
        ratio = self.ratio(i, j, value)
        if ratio:
            return ratio
        value, j, bound = self.range_of(i, value, j, bound)
        word = toks[j]
        if word in ("x", "×"):
            return self.multiplied(i, j, value, bound)
        if word in MINUTES:
            return self.timed(i, j, value, bound)
        if word in _HALVES and toks[j + 1] in ("day", "days"):
            return self.duration(i, j + 2, None, bound)
        if word in ADVERBS and self.low[self.at[j].start() - 1] == "-":  # “six-weekly”
            self.add_frequency(i, j + 1, ADVERBS[word][0], (ADVERBS[word][1] or 0) / (value or 1))
            return j + 1
        return self.counted(i, j, value, bound)

    def ratio(self, i: int, j: int, value: float) -> int:
        """“1:4”, “one-to-one”; not “12:30”."""
        toks = self.toks
        if toks[j] not in (":", "to"):
            return 0 if not self.dashed_one(i, j) else self.add_ratio(i, j + 1, 1.0, 1.0)
        second = number_at(toks, j + 1)
        if not second or (toks[j] == "to" and not (second[0] == 1.0 and value <= 4)):
            return 0
        if toks[j] == ":" and (value > 4 or second[0] > 30 or toks[j + 1][0] == "0"):
            return 0  # a time of day
        if toks[second[1]] in MINUTES or toks[second[1]] in ("pm", "am"):
            return 0
        return self.add_ratio(i, second[1], value, second[0])

    def dashed_one(self, i: int, j: int) -> bool:
        """“1-1”."""
        if not self.toks[i] == self.toks[j] == "1":
            return False
        return self.low[self.at[i].end() : self.at[j].start()] == "-"

    def add_ratio(self, i: int, j: int, adults: float, pupils: float) -> int:
        said = f"{adults:g}:{pupils:g}"
        self.groups.append(Group(self.at[i].start(), self.at[j - 1].end(), pupils, said))
        return j

    def range_of(self, i: int, value: float, j: int, bound: Bound) -> tuple[float, int, Bound]:
        """“5 to 15 hours”: the lower end counts; wide (twice or more) it is no amount."""
        toks = self.toks
        dash = j < len(self.at) and "-" in self.low[self.at[j - 1].end() : self.at[j].start()]
        between = toks[j] == "and" and i and toks[i - 1] == "between"
        k = j if dash else j + 1 if toks[j] in ("to", "or") or between else -1
        second = number_at(toks, k) if k >= 0 else None
        if not second or second[0] <= value:
            return value, j, bound
        wide: Bound = "range" if second[0] >= 2 * value else bound
        return value, second[1], wide

    def multiplied(self, i: int, j: int, value: float, bound: Bound) -> int:
        """“3 × 45 minutes”, “4 x per week”, “4x weekly”."""
        toks = self.toks
        second = number_at(toks, j + 1)
        if second and toks[second[1]] in MINUTES:
            self.add_frequency(i, j + 1, "course", value, bound)
            return self.timed(j + 1, second[1], second[0], "")
        return self.times(i, j + 1, value, bound)

    def timed(self, i: int, j: int, value: float, bound: Bound) -> int:
        """A number and minutes or hours."""
        toks = self.toks
        before = toks[i - 1] if i else ""
        if before in ("within", "every", "after", "under") or toks[j + 1] in ("early", "late"):
            return j + 1
        minutes = value * MINUTES[toks[j]]
        if toks[j + 1] == "and" and toks[j + 2] == "a" and toks[j + 3] == "half":
            return self.duration(i, j + 4, minutes + 30, bound)
        k = j + 1 + (toks[j + 1] == "and")
        more = number_at(toks, k)
        if more and MINUTES[toks[j]] == 60 and toks[more[1]].startswith("min"):
            return self.duration(i, more[1] + 1, minutes + more[0], bound)
        return self.duration(i, j + 1, minutes, bound)

    def counted(self, i: int, j: int, value: float, bound: Bound) -> int:
        """A number of sessions, days, pupils or the like, or a number a period."""
        toks = self.toks
        word = toks[j]
        inner = number_at(toks, j)
        if inner and toks[inner[1]] in MINUTES:  # “four 45-minute sessions”
            self.add_frequency(i, j, "course", value, bound)
            return j
        if word in TURNS:
            return self.times(i, j + 1, value, bound)
        if word in ADVERBS and value > _A_WEEK:  # “36 weekly sessions”
            self.add_frequency(i, j + 1, ADVERBS[word][0], value, bound)
            return j + 1
        if i and toks[i - 1] in ("x", "×"):  # “45 minutes × 36”
            return self.times(i, j, value, bound)
        if word in LONG:
            return self.days(i, j, value, bound)
        if word in PUPILS or (word == "other" and toks[j + 1] in PUPILS):
            self.groups.append(Group(self.at[i].start(), self.at[j].end(), value))
            return j + 1
        if self.period(j):
            return self.times(i, j, value, bound)
        for k in (j + 1, j + 2):  # “two direct sessions”, “six weekly one-hour sessions”
            if toks[k] in TURNS and toks[k].endswith("s") and word not in "()%:":
                return self.times(i, k + 1, value, bound)
        return j

    def days(self, i: int, j: int, value: float, bound: Bound) -> int:
        """“four days a week” is how often; also how long when no minutes are said, as is “for two
        nights once a month”."""
        period = self.period(j + 1)
        if period:
            self.add_frequency(i, period[2], period[0], period[1] and period[1] * value, bound)
            self.durations.append(Duration(self.at[i].start(), self.at[j].end(), None, bound))
            return period[2]
        if i and self.toks[i - 1] == "for":
            self.durations.append(Duration(self.at[i].start(), self.at[j].end(), None, bound))
        return j + 1
