"""The metrics of a folder's features as the Python programs compute them; one line of JSON for each.

python metrics_peer.py FOLDER --threads 2 --task frechet
"""

import argparse
import json
import pathlib
import time

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--task", required=True)
parser.add_argument("--threads", type=int, default=2)
options = parser.parse_args()

import threadpoolctl  # noqa: E402
import numpy as np  # noqa: E402
import scipy.linalg  # noqa: E402
import sklearn.metrics  # noqa: E402

threadpoolctl.threadpool_limits(options.threads)


def load(name, count, dtype):
    return np.load(options.folder / f"{name}.npz")["feats"][:count].astype(dtype)


def report(row, values, started):
    print(json.dumps({"row": row, "seconds": time.perf_counter() - started, "values": values}), flush=True)


def frechet_terms(a, b, trace):
    return float(((a[0] - b[0]) ** 2).sum() + np.trace(a[1]) + np.trace(b[1]) - 2 * trace)


def frechet():
    real, generated = (load(name, 5000, np.float64) for name in ("real", "generated"))
    started = time.perf_counter()
    a, b = ((x.mean(axis=0), np.cov(x, rowvar=False)) for x in (real, generated))
    report("moments: np.mean and np.cov, both sets", {"mean": float(a[0].sum() + b[0].sum())}, started)
    started = time.perf_counter()
    root = scipy.linalg.sqrtm(a[1] @ b[1])
    value = frechet_terms(a, b, np.trace(root).real)
    report("distance: scipy sqrtm (pytorch-fid, clean-fid)", {"frechet-distance": value}, started)
    started = time.perf_counter()
    value = frechet_terms(a, b, np.sqrt(np.linalg.eigvals(a[1] @ b[1]).astype(complex)).real.sum())
    report("distance: np.linalg.eigvals (torch-fidelity)", {"frechet-distance": value}, started)
    started = time.perf_counter()
    lower = np.linalg.cholesky(a[1])
    value = frechet_terms(a, b, np.sqrt(np.maximum(np.linalg.eigvalsh(lower.T @ b[1] @ lower), 0)).sum())
    report("distance: the fastest route in NumPy (cholesky, eigvalsh)", {"frechet-distance": value}, started)


def kernel(x, y):
    return (np.matmul(x, y.T) / x.shape[1] + 1) ** 3


def mmd(x, y):
    m = len(x)
    xx, yy, xy = kernel(x, x), kernel(y, y), kernel(x, y)
    within = (xx.sum() - np.trace(xx) + yy.sum() - np.trace(yy)) / (m * (m - 1))
    return within - 2 * xy.sum() / (m * m)


def kid(dtype):
    real, generated = (load(name, 10_000, dtype) for name in ("real", "generated"))
    started = time.perf_counter()
    rng = np.random.RandomState(2020)
    values = []
    for _ in range(100):
        x = generated[rng.choice(len(generated), 1000, replace=False)]
        y = real[rng.choice(len(real), 1000, replace=False)]
        values.append(mmd(x, y))
    names = "kernel-distance", "kernel-distance-standard-deviation"
    values = dict(zip(names, (float(np.mean(values)), float(np.std(values)))))
    report(f"torch-fidelity's code, {np.dtype(dtype).name}", values, started)


def prdc(dtype):
    real, generated = (load(name, 5000, dtype) for name in ("real", "generated"))
    started = time.perf_counter()

    def distances(x, y):
        return sklearn.metrics.pairwise_distances(x, y, metric="euclidean", n_jobs=8)

    def radii(x):
        return np.partition(distances(x, x), 5, axis=-1)[:, 5]

    of_real, of_generated, between = radii(real), radii(generated), distances(real, generated)
    values = {
        "precision": (between < of_real[:, None]).any(axis=0).mean(),
        "recall": (between < of_generated[None, :]).any(axis=1).mean(),
        "density": (between < of_real[:, None]).sum(axis=0).mean() / 5,
        "coverage": (between.min(axis=1) < of_real).mean(),
    }
    values = {name: float(value) for name, value in values.items()}
    report(f"prdc's code (scikit-learn), {np.dtype(dtype).name}", values, started)


tasks = {
    "frechet": frechet,
    "kid": lambda: kid(np.float64),
    "kid-float32": lambda: kid(np.float32),
    "prdc": lambda: prdc(np.float64),
}
tasks[options.task]()
