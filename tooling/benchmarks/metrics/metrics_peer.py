"""The metrics of a folder's features as the Python programs compute them; one line of JSON for each.

python metrics_peer.py FOLDER --threads 2 --task frechet
"""

import argparse
import json
import pathlib
import resource
import time

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--task", required=True)
parser.add_argument("--threads", type=int, default=2)
options = parser.parse_args()

import threadpoolctl  # noqa: E402
import numpy as np  # noqa: E402
import scipy.linalg  # noqa: E402
import sklearn.cluster  # noqa: E402
import sklearn.metrics  # noqa: E402

threadpoolctl.threadpool_limits(options.threads)


def load(name, count, dtype):
    return np.load(options.folder / f"{name}.npz")["feats"][:count].astype(dtype)


def report(row, values, started):
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"row": row, "seconds": seconds, "peak": peak, "values": values}), flush=True)


def frechet_terms(a, b, trace):
    return float(((a[0] - b[0]) ** 2).sum() + np.trace(a[1]) + np.trace(b[1]) - 2 * trace)


def frechet():
    real, generated = (load(name, 5000, np.float64) for name in ("real", "generated"))
    started = time.perf_counter()
    a, b = ((x.mean(axis=0), np.cov(x, rowvar=False)) for x in (real, generated))
    report("moments: np.mean and np.cov, both sets", {"mean": float(a[0].sum() + b[0].sum())}, started)
    moments = time.perf_counter() - started
    started = time.perf_counter() - moments
    root = scipy.linalg.sqrtm(a[1] @ b[1])
    value = frechet_terms(a, b, np.trace(root).real)
    report("with moments: scipy sqrtm (pytorch-fid, clean-fid)", {"frechet-distance": value}, started)
    started = time.perf_counter() - moments
    value = frechet_terms(a, b, np.sqrt(np.linalg.eigvals(a[1] @ b[1]).astype(complex)).real.sum())
    report("with moments: np.linalg.eigvals (torch-fidelity)", {"frechet-distance": value}, started)
    started = time.perf_counter() - moments
    lower = np.linalg.cholesky(a[1])
    value = frechet_terms(a, b, np.sqrt(np.maximum(np.linalg.eigvalsh(lower.T @ b[1] @ lower), 0)).sum())
    report("with moments: the fastest route in NumPy (cholesky, eigvalsh)", {"frechet-distance": value}, started)


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


def vendi():
    import vendi_score.vendi

    generated = load("generated", 5000, np.float64)
    started = time.perf_counter()
    value = float(vendi_score.vendi.score_dual(generated))
    report("vendi-score's score_dual, float64", {"vendi-score": value}, started)


def prd_curve(generated, real, angles=1001, epsilon=1e-10):
    slopes = np.tan(np.linspace(epsilon, np.pi / 2 - epsilon, angles))
    precision = np.minimum(real * slopes[:, None], generated).sum(axis=1)
    return precision, precision / slopes


def prd(row, clustering):
    real, generated = (load(name, 5000, np.float32) for name in ("real", "generated"))
    started = time.perf_counter()
    union = np.concatenate([generated, real])
    curves = []
    for run in range(10):
        labels = clustering(run).fit(union).labels_
        histograms = (np.histogram(part, bins=20, range=[0, 20], density=True)[0] for part in np.split(labels, 2))
        curves.append(prd_curve(*histograms))
    precision, recall = np.mean(curves, axis=0)

    def largest_f(beta):
        return float((((1 + beta**2) * precision * recall) / (beta**2 * precision + recall + 1e-10)).max())

    report(row, {"prd-f-8": largest_f(8), "prd-f-1-8": largest_f(1 / 8)}, started)


def prd_of_authors():
    prd(
        "prd_score.py's code (scikit-learn, mini-batches)",
        lambda run: sklearn.cluster.MiniBatchKMeans(n_clusters=20, n_init=10, random_state=run),
    )


def prd_of_lloyd():
    prd(
        "the same with Lloyd's algorithm (scikit-learn KMeans)",
        lambda run: sklearn.cluster.KMeans(n_clusters=20, n_init=1, max_iter=50, tol=0, random_state=run),
    )


def sliced(dtype):
    import ot

    real, generated = (load(name, 10_000, dtype) for name in ("real", "generated"))
    started = time.perf_counter()
    value = float(ot.sliced_wasserstein_distance(real, generated, n_projections=1000, seed=0))
    report(f"POT's sliced_wasserstein_distance, {np.dtype(dtype).name}", {"sliced-wasserstein": value}, started)


def ms_ssim():
    import pytorch_msssim
    import torch

    torch.set_num_threads(options.threads)
    images = torch.from_numpy(load("images", 15, np.float32).reshape(15, 256, 256, 3)).permute(0, 3, 1, 2).contiguous()
    started = time.perf_counter()
    with torch.no_grad():
        first, second = np.triu_indices(15, 1)
        values = [
            pytorch_msssim.ms_ssim(images[first[i : i + 15]], images[second[i : i + 15]], data_range=1)
            for i in range(0, 105, 15)
        ]
    report("pytorch-msssim, float32", {"ms-ssim": float(torch.stack(values).mean())}, started)


tasks = {
    "frechet": frechet,
    "vendi": vendi,
    "prd": prd_of_authors,
    "prd-lloyd": prd_of_lloyd,
    "sliced-wasserstein": lambda: sliced(np.float64),
    "ms-ssim": ms_ssim,
    "kid": lambda: kid(np.float64),
    "kid-float32": lambda: kid(np.float32),
    "prdc": lambda: prdc(np.float64),
}
tasks[options.task]()
