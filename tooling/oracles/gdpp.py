"""GDPP's loss and its gradients on small batches, in float64: NumPy's eigh and central differences.

    pip install numpy
    python tooling/oracles/gdpp.py > packages/losses/test/gdpp-vectors.json
"""

import json

import numpy as np

random = np.random.default_rng(20191129)
MAGNITUDE_WEIGHT = 1e-4


def eigenpairs(features):
    directions = features / np.linalg.norm(features, axis=1, keepdims=True)
    return np.linalg.eigh(directions @ directions.T)


def gdpp(real, fake):
    real_values, real_vectors = eigenpairs(real)
    fake_values, fake_vectors = eigenpairs(fake)
    weights = (real_values - real_values.min()) / (real_values.max() - real_values.min())
    cosines = np.abs((real_vectors * fake_vectors).sum(0))
    return MAGNITUDE_WEIGHT * ((real_values - fake_values) ** 2).mean() - (weights * cosines).sum()


def differences(loss, at, step=1e-6):
    slopes = np.zeros(at.shape)
    for place in np.ndindex(at.shape):
        change = np.zeros(at.shape)
        change[place] = step
        slopes[place] = (loss(at + change) - loss(at - change)) / (2 * step)
    return slopes


def case(title, real, fake, gradients=True):
    # The numbers that float32 holds, so that both sides are given the same.
    real, fake = (features.astype(np.float32).astype(np.float64) for features in (real, fake))
    made = {"title": title, "shape": list(real.shape), "real": real, "fake": fake, "loss": gdpp(real, fake)}
    if gradients:
        made["realGradient"] = differences(lambda x: gdpp(x, fake), real)
        made["fakeGradient"] = differences(lambda x: gdpp(real, x), fake)
    return {key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in made.items()}


def spread(rows, columns, decay):
    """Features whose eigenvalues lie apart, as a discriminator's do."""
    return random.normal(size=(rows, columns)) * decay ** np.arange(columns) + 0.3


def rectified(rows, columns):
    return np.maximum(spread(rows, columns, 0.8), 0) + 0.01


cases = [
    case("two samples", spread(2, 3, 1), spread(2, 3, 1)),
    case("an even batch", spread(6, 9, 0.8), spread(6, 9, 0.8)),
    case("an odd batch", spread(7, 10, 0.8), spread(7, 10, 0.8)),
    case("rectified features", rectified(8, 12), rectified(8, 12)),
    case("a larger batch", spread(24, 40, 0.9), spread(24, 40, 0.9), gradients=False),
    # eigh has any basis for the eigenvalue 0 here, but all of these vectors have a weight of 0.
    case("fewer features than samples", spread(12, 4, 0.8), spread(12, 4, 0.8)),
]
print(json.dumps(cases, separators=(",", ":")))
