"""Vectors for the statistics of @dist-gan/sweeps, by SciPy and NumPy: packages/sweeps/src/statistics.

    python tooling/oracles/sweep_statistics.py        (needs scipy)
"""

import json

import numpy as np
from scipy import stats

cases = {
    "small": [0.5, -0.25, 1.0, 0.75],
    "ties": [0, 0, 1, -1, 2, 3, 3, 5],
    "eight": [12.0, 31.5, -4.25, 18.0, 22.0, 7.5, -1.0, 40.0],
    "one": [3.0],
    "all alike": [2.0, 2.0, 2.0, 2.0, 2.0, 2.0],
    "twelve": [0.13, -0.62, 0.48, 0.91, -0.07, 0.33, 0.58, -0.29, 0.74, 0.16, 0.02, -0.11],
}

result = {}
for name, values in cases.items():
    array = np.array(values, dtype=float)
    if len(values) > 1:
        test = stats.permutation_test(
            (array, np.zeros_like(array)),
            lambda x, y, axis: np.mean(x - y, axis=axis),
            permutation_type="samples",
            n_resamples=np.inf,
            vectorized=True,
        )
        p = float(test.pvalue)
    else:
        p = 1.0
    result[name] = {
        "values": values,
        "p": p,
        "mean": float(np.mean(array)),
        "standardDeviation": float(np.std(array, ddof=1)) if len(values) > 1 else None,
        "median": float(np.median(array)),
        "quantiles": [float(np.quantile(array, share)) for share in (0.025, 0.3, 0.975)],
        # By random draws of its own: the ends agree to a few percent of their distance.
        "bootstrap": [
            float(end)
            for end in stats.bootstrap(
                (array,), np.mean, method="percentile", n_resamples=200_000, random_state=0
            ).confidence_interval
        ]
        if len(values) > 1
        else None,
    }
print(json.dumps(result, indent=2))
