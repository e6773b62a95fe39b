"""All measures x all authorities, against a plain pandas/statsmodels loop that does the same work.

    python3 run.py dev bench nation

Both sides start from the same counts and end with, for every measure and authority, an interval, a
shrunken posterior on the same 60 x 60 grid, 4,000 joint draws, the chance of lying above its ten
neighbours' median, a rank interval and a sentence. Ours is timed with and without trends.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd
from scipy.special import betaln, logsumexp
from scipy.stats import beta as beta_law
from statsmodels.stats.proportion import proportion_confint

from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.nation import Nation
from goldthread.readers.library import load_library

GRID, DRAWS = 60, 4000


def ours(library) -> tuple[float, Benchmark, int]:
    started = time.perf_counter()
    bench = Benchmark(library)
    made = bench.compare_nation("dfe")
    return time.perf_counter() - started, bench, sum(map(len, made.values()))


def plain_measure(whole: Nation, peers: dict[str, list[str]], random: np.random.Generator) -> int:
    """One measure the obvious way: loops, pandas rows, numpy's own median and quantile."""
    scale = whole.measure.scale
    frame = pd.DataFrame({"code": whole.codes, "y": whole.y, "n": whole.n})
    mu = (np.arange(GRID) + 0.5) / GRID
    rho = beta_law.ppf((np.arange(GRID) + 0.5) / GRID, 1, 9)
    means, sizes = (a.ravel() for a in np.meshgrid(mu, 1 / rho - 1, indexing="ij"))
    a, b = means * sizes, (1 - means) * sizes
    log = np.zeros(len(a))
    for row in frame.itertuples():
        log += betaln(row.y + a, row.n - row.y + b) - betaln(a, b)
    picked = random.choice(len(a), DRAWS, p=np.exp(log - logsumexp(log)))
    draws = {
        row.code: random.beta(row.y + a[picked], row.n - row.y + b[picked])
        for row in frame.itertuples()
    }
    sentences = []
    for row in frame.itertuples():
        near = [draws[p] for p in peers.get(row.code, ()) if p in draws]
        if len(near) < 3:
            continue
        low, high = proportion_confint(row.y, row.n, method="wilson")
        stack = np.array(near)
        above = (draws[row.code] > np.median(stack, axis=0)).mean()
        best, worst = np.quantile(1 + (stack > draws[row.code]).sum(axis=0), [0.05, 0.95])
        rates = frame[frame.code.isin(peers[row.code])]
        median = (rates.y / rates.n).median()
        sentences.append(
            f"{row.y / row.n * scale:.1f} (likely {low * scale:.1f} to {high * scale:.1f}). "
            f"Similar: {median * scale:.1f}. Rank {best:.0f} to {worst:.0f}. P(higher) {above:.2f}"
        )
    return len(sentences)


def plain(bench: Benchmark, measures: list[str]) -> tuple[float, int]:
    peers = {
        code: [p for p in near[:10] if p != code]
        for code, near in bench.library.models["dfe"].neighbours.items()
    }
    random = np.random.default_rng(1)
    started = time.perf_counter()
    made = sum(plain_measure(bench.nation(m), peers, random) for m in measures)
    return time.perf_counter() - started, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--plain", type=int, default=10, help="measures that the peer is timed on")
    wanted = parser.parse_args()
    started = time.perf_counter()
    library = load_library()
    print(f"load the library            {time.perf_counter() - started:6.2f} s")
    runs = [ours(library) for _ in range(wanted.repeats)]
    seconds, bench, made = min(runs, key=lambda run: run[0])
    counted = [m for m in bench.measure_ids() if bench.nation(m).comparable]
    print(f"ours, {len(bench.measure_ids())} measures, {made} comparisons {seconds:6.2f} s")
    some = counted[:: max(1, len(counted) // wanted.plain)][: wanted.plain]
    slow, sentences = plain(bench, some)
    whole = slow * len(counted) / len(some)
    print(
        f"plain loop, {len(some)} of {len(counted)} measures, {sentences} sentences {slow:6.2f} s"
    )
    print(f"plain loop, all {len(counted)} counted measures, by proportion {whole:6.2f} s")
    print(f"ratio                       {whole / seconds:6.1f} times")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory                 {peak:6.0f} MB")


if __name__ == "__main__":
    main()
