"""What it takes to say how alike auditors are and how strict each is, beside R in the same run.

    python3 run.py dev bench agreement

10,000 double marks over 65 criteria with 1,000 resamples each; the severity fit of 60 auditors on
2,000, 8,000 and 32,000 marks; R's `ordinal::clmm` on 2,000 marks and `lme4::lmer` on their mean
scores, where R and these packages are installed (Debian: r-cran-ordinal, r-cran-lme4). clmm gets
eight criteria instead of 65: it differentiates by trial, and would take very much longer.
"""

import csv
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from goldthread.core.stats import (
    SeverityFit,
    fit_severity,
    linking,
    pair_agreement,
    ratings_of,
    severity_reml,
)
from goldthread.simulation.audits import (
    Settings,
    SimulatedCriterion,
    SimulatedPlan,
    simulated_marks,
)

Row = tuple[str, str, str, int]
AUDITORS, CRITERIA, ASKED = 60, 65, 8
CLMM = """
suppressMessages(library(ordinal))
d <- read.csv("marks.csv", stringsAsFactors = TRUE)
d$value <- ordered(d$value)
took <- system.time(m <- clmm(value ~ criterion + (1 | plan) + (1 | judge), d))
cat(took[["user.self"]] + took[["sys.self"]], as.numeric(logLik(m)), "\n")
e <- ranef(m)$judge
write.csv(data.frame(judge = rownames(e), effect = -e[[1]]), "effects.csv", row.names = FALSE)
"""
LMER = """
suppressMessages(library(lme4))
d <- read.csv("scores.csv", stringsAsFactors = TRUE)
took <- system.time(m <- lmer(score ~ 1 + (1 | plan) + (1 | judge), d))
cat(took[["user.self"]] + took[["sys.self"]], as.numeric(logLik(m)), "\n")
e <- ranef(m)$judge
write.csv(data.frame(judge = rownames(e), effect = e[[1]]), "effects.csv", row.names = FALSE)
"""


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Processor seconds of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def marks(number: int, size: int = CRITERIA, seed: int = 3) -> list[Row]:
    """About so many marks of 60 auditors who differ by half a logit; two mark each plan.

    Each plan is asked 8 of `size` criteria, so that 2,000 marks link all auditors.
    """
    criteria = [SimulatedCriterion(f"C{k:02}") for k in range(size)]
    plans = []
    for plan in range(number // (2 * ASKED)):
        first = plan % AUDITORS
        second = (first + 1 + plan // AUDITORS) % AUDITORS
        plans.append(SimulatedPlan(f"p{plan}", 0, (f"a{first}", f"a{second}")))
    made = simulated_marks(plans, criteria, Settings(not_applicable=0, cannot_decide=0), seed)
    rng = np.random.default_rng(seed)
    asked = {plan.id: set(rng.choice(size, ASKED, replace=False).tolist()) for plan in plans}
    return [
        (str(m.plan), m.criterion, str(m.judge), m.value)
        for m in made.marks
        if isinstance(m.value, int) and int(m.criterion[1:]) in asked[m.plan]
    ]


def double_marks() -> None:
    """Agreement of 10,000 pairs: criterion by criterion, and all together by plan."""
    rng = np.random.default_rng(1)
    plans = 10_000 // CRITERIA
    first = rng.choice(4, (CRITERIA, plans), p=[0.1, 0.2, 0.5, 0.2])
    second = np.clip(first + rng.choice([-1, 0, 1], first.shape, p=[0.15, 0.7, 0.15]), 0, 3)
    each = seconds(lambda: [pair_agreement(a, b) for a, b in zip(first, second, strict=True)])
    names = np.tile(np.arange(plans), CRITERIA)
    whole = seconds(lambda: pair_agreement(first.ravel(), second.ravel(), plans=names))
    print(f"{first.size} double marks, {CRITERIA} criteria, 1,000 resamples: {each:.2f} s")
    print(f"  all together, by plan: {whole * 1000:.0f} ms")


def timed(rows: list[Row]) -> tuple[SeverityFit, float]:
    """The fit of marks, and its seconds, coding included."""
    fits: list[SeverityFit] = []
    took = seconds(lambda: fits.append(fit_severity(ratings_of(rows))), 2)
    return fits[0], took


def growth() -> None:
    """The severity fit at three sizes."""
    first = 0.0
    for number in (2_000, 8_000, 32_000):
        rows = marks(number)
        fit, took = timed(rows)
        first = first or took
        print(
            f"{len(rows)} marks, {len(fit.judges)} auditors, {len(fit.plans)} plans, "
            f"{fit.groups} group: {took:.2f} s, {took / first:.1f} times the first"
        )
    pairs = {(plan, judge) for plan, _, judge, _ in rows}
    print(f"links of {len(pairs)} audits: {seconds(lambda: linking(pairs).resistances):.3f} s")


def _write(path: Path, header: list[str], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def in_r(
    script: str, name: str, header: list[str], rows: list[tuple[object, ...]]
) -> tuple[float, float, dict[str, float]] | None:
    """Processor seconds, log-likelihood and judges' effects from R; None without the package."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        _write(here / name, header, rows)
        done = subprocess.run(
            ["Rscript", "--vanilla", "-e", script], cwd=here, capture_output=True, text=True
        )
        if done.returncode:
            print("R could not do it:", done.stderr.strip().splitlines()[-1])
            return None
        took, likelihood = map(float, done.stdout.split()[-2:])
        with (here / "effects.csv").open() as file:
            effects = {r["judge"]: float(r["effect"]) for r in csv.DictReader(file)}
    return took, likelihood, effects


def compare(
    name: str, ours: float, likelihood: float, effects: dict[str, float],
    found: tuple[float, float, dict[str, float]] | None,
) -> None:  # fmt: skip
    """Print the ratio of times and the largest difference of centred effects."""
    if found is None:
        return
    mean, theirs = np.mean(list(effects.values())), np.mean(list(found[2].values()))
    apart = max(abs(effects[k] - mean - (found[2][k] - theirs)) for k in effects)
    print(
        f"{name} {found[0]:.2f} s, ours {ours:.2f} s: {found[0] / ours:.1f} times; log-likelihood "
        f"{found[1]:.4f}, ours {likelihood:.4f}; effects differ by at most {apart:.1e}"
    )


def beside_r() -> None:
    """Both models in R on the same marks."""
    if shutil.which("Rscript") is None:
        print("R is not installed, so nothing is compared: apt-get install r-cran-ordinal "
              "r-cran-lme4")  # fmt: skip
        return
    rows = marks(2_000, ASKED)
    fit, took = timed(rows)
    severities = {str(j.judge): j.likeliest for j in fit.judges if j.likeliest is not None}
    header = ["plan", "criterion", "judge", "value"]
    found = in_r(CLMM, "marks.csv", header, [tuple(row) for row in rows])
    compare("ordinal::clmm", took, fit.log_likelihood, severities, found)
    sums: dict[tuple[str, str], list[int]] = {}
    for plan, _, judge, value in rows:
        sums.setdefault((plan, judge), []).append(value)
    scores = [(plan, judge, sum(v) / len(v)) for (plan, judge), v in sums.items()]
    columns = [list(column) for column in zip(*scores, strict=True)]
    own = severity_reml(columns[0], columns[1], columns[2])
    took = seconds(lambda: severity_reml(columns[0], columns[1], columns[2]))
    effects = {str(j.judge): j.likeliest for j in own.judges if j.likeliest is not None}
    found = in_r(LMER, "scores.csv", ["plan", "judge", "score"], [tuple(s) for s in scores])
    compare("lme4::lmer", took, own.log_likelihood, effects, found)


def main() -> None:
    """Run all parts and print them."""
    load = os.getloadavg()[0]
    print(f"processor seconds of one core; {os.cpu_count()} cores, load {load:.1f}")
    double_marks()
    growth()
    beside_r()


if __name__ == "__main__":
    main()
