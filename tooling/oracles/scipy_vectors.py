"""Writes packages/metrics/test/scipy-vectors.json: distances by SciPy and NumPy of numbers that tests draw again.

Run from the root of the repository. The shapes are those of torch-fidelity's test_fid_stats_fn.py and TF-GAN's
classifier_metrics_test.py; the numbers come from the generator of tooling/test/lcg.ts.
"""

import json

import numpy as np
import scipy.linalg


def draw(seed, n, d, scale=1.0, shift=0.0):
    state, values = seed, np.empty(n * d)
    for i in range(n * d):
        state = (1664525 * state + 1013904223) % 2**32
        values[i] = state / 2**32
    return ((values - 0.5) * scale + shift).reshape(n, d)


def frechet(x, y):
    """By SciPy's root where there is one, and always by the nuclear norm of the centred data, exact if singular."""
    n = len(x)
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    by_norm = np.linalg.norm((x - x.mean(0)) @ (y - y.mean(0)).T, "nuc") / (n - 1)
    if n > x.shape[1]:
        by_root = np.trace(scipy.linalg.sqrtm(a @ b)).real
        assert abs(by_root - by_norm) < 1e-10 * by_norm
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(a) + np.trace(b) - 2 * by_norm)


def kid_block(x, y):
    k = lambda a, b: (a @ b.T / a.shape[1] + 1) ** 3
    m, n = len(x), len(y)
    within = (k(x, x).sum() - np.trace(k(x, x))) / (m * (m - 1))
    return within + (k(y, y).sum() - np.trace(k(y, y))) / (n * (n - 1)) - 2 * k(x, y).mean()


def kid_blocks(x, y, size):
    blocks = -(-max(len(x), len(y)) // size)
    starts = lambda n: np.cumsum([0] + [n // blocks + (b >= blocks - n % blocks) for b in range(blocks)])
    p, q = starts(len(x)), starts(len(y))
    values = [kid_block(x[p[b] : p[b + 1]], y[q[b] : q[b + 1]]) for b in range(blocks)]
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(blocks)) if blocks > 1 else None


small = np.random.RandomState(1).randn(4, 4)
vectors = {
    "made_by": f"tooling/oracles/scipy_vectors.py, numpy {np.__version__}, scipy {scipy.__version__}",
    "small": small.ravel().tolist(),
    "small_frechet": frechet(small, draw(1, 4, 4)),
    "frechet": [
        {"n": n, "d": d, "value": frechet(draw(1, n, d), draw(2, n, d, 1.3, 0.1))}
        for n in (2, 8, 64, 512)
        for d in (2, 16, 64)
    ],
    "frechet_large": frechet(draw(3, 512, 256), draw(4, 512, 256, 1.1, 0.05)),
    "kid": [
        {"block": block, "mean": mean, "error": error}
        for block in (600, 50, 512, 1000)
        for mean, error in [kid_blocks(draw(3, 512, 256, 3), draw(4, 512, 256, 3.3, 0.05), block)]
    ],
}
with open("packages/metrics/test/scipy-vectors.json", "w") as file:
    json.dump(vectors, file, indent=1)
