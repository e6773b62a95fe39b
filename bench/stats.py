"""What a measure costs: posterior, peers, ranks; against a plain loop in the same run.

    python bench/stats.py

Prints processor milliseconds for 153 and for 459 units (best of several runs), the ratio to the
same work done one unit after the other with SciPy and NumPy, and the memory the peers step takes.
"""

import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import special

from goldthread.core.stats import (
    beta_binomial_posterior,
    compare_with_peers,
    five_point_trends,
    normal_posterior,
    wilson_array,
)
from goldthread.core.stats.grid import concentrations, means

MEASURES = 45


def best_of(
    work: Callable[[], object], runs: int = 9, clock: Callable[[], float] = time.thread_time
) -> float:
    """Milliseconds of the fastest run; of processor time, so that a busy machine matters less."""
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return 1000 * min(times)


def nation(units: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Invented counts of `units` authorities (100 to 4,000 plans) and ten peers of each."""
    rng = np.random.default_rng(seed)
    n = rng.integers(100, 4000, units)
    y = rng.binomial(n, rng.beta(14, 6, units))
    everyone = np.arange(units)
    peers = [rng.choice(np.delete(everyone, i), 10, replace=False) for i in range(units)]
    return y, n, np.array(peers)


def everyone_else(units: int) -> np.ndarray:
    """England: each unit's peers are all the others."""
    return np.array([np.delete(np.arange(units), i) for i in range(units)])


def plain_loop(y: np.ndarray, n: np.ndarray, peers: np.ndarray) -> None:
    """The same posterior, chances and ranks as one writes them first."""
    mu, m = (a.ravel() for a in np.meshgrid(means(), concentrations()))
    a, b = mu * m, (1 - mu) * m
    log_p = np.zeros(mu.size)
    for s, k in zip(y, n, strict=True):
        log_p += special.betaln(s + a, k - s + b) - special.betaln(a, b)
    mass = np.exp(log_p - log_p.max())
    rng = np.random.default_rng(1)
    cell = rng.choice(mu.size, 4000, p=mass / mass.sum())
    draws = np.array([rng.beta(s + a[cell], k - s + b[cell]) for s, k in zip(y, n, strict=True)])
    for i, own in enumerate(draws):
        others = draws[peers[i]]
        difference = own - np.median(others, axis=0)
        (difference > 0).mean(), (np.abs(difference) < 0.05).mean()
        np.quantile(1 + (others > own).sum(axis=0), [0.05, 0.95])


def report(units: int) -> float:
    """Print the parts for so many units; return milliseconds of posterior and ten peers."""
    y, n, peers = nation(units)
    posterior = beta_binomial_posterior(y, n)
    ses = np.sqrt(y / n * (1 - y / n) / n)
    england = everyone_else(units)
    rates = y / n
    history = np.repeat(rates[:, None], 6, axis=1)
    whole = best_of(lambda: compare_with_peers(beta_binomial_posterior(y, n).draws, peers, 0.05))
    parts = {
        "beta-binomial posterior": best_of(lambda: beta_binomial_posterior(y, n)),
        "normal posterior": best_of(lambda: normal_posterior(rates, ses)),
        "ten peers: above, close, ranks": best_of(
            lambda: compare_with_peers(posterior.draws, peers, 0.05)
        ),
        "posterior and ten peers": whole,
        "rank interval among all": best_of(posterior.rank_interval),
        "exact 95% interval": best_of(posterior.interval, 3),
        "wilson": best_of(lambda: wilson_array(y, n)),
        "five-point trends": best_of(
            lambda: five_point_trends(history, history - 0.01, history + 0.01)
        ),
    }
    if units < 256:
        parts["all others as peers (England)"] = best_of(
            lambda: compare_with_peers(posterior.draws, england, 0.05)
        )
    for name, cost in parts.items():
        print(f"{units} units  {name:<32} {cost:8.2f} ms")
    return whole


def peak_memory(units: int) -> float:
    """Most memory, in MB, that comparing with peers holds at once, apart from the draws."""
    y, n, peers = nation(units)
    draws = beta_binomial_posterior(y, n).draws
    tracemalloc.start()
    compare_with_peers(draws, peers, 0.05)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def many_measures(threads: int) -> float:
    """Milliseconds on the clock for 45 measures of 153 units on so many threads."""
    rows = [nation(153, seed) for seed in range(MEASURES)]

    def work(row: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
        compare_with_peers(beta_binomial_posterior(*row[:2]).draws, row[2], 0.05)

    with ThreadPoolExecutor(threads) as pool:
        return best_of(lambda: list(pool.map(work, rows)), 3, time.perf_counter)


def main() -> None:
    """Run all parts and print them."""
    small, large = report(153), report(459)
    slow = best_of(lambda: plain_loop(*nation(153)), 3)
    print(f"459 units cost {large / small:.2f} times 153 units")
    print(f"plain loop, 153 units {slow:.0f} ms: {slow / small:.1f} times as long")
    print(f"peers of 153 units hold at most {peak_memory(153):.1f} MB")
    for threads in (1, 2):
        clock = many_measures(threads)
        print(f"{MEASURES} measures on {threads} thread(s): {clock:.0f} ms on the clock")


if __name__ == "__main__":
    main()
