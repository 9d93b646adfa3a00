"""The same scheme as packages/transport in NumPy (float32 products, as the authors' code has them): reads a problem, writes
the norm of each step and the seconds. Needs NumPy and SciPy."""

import json
import sys
import time

import numpy as np
from scipy.stats import qmc

problem = json.load(open(sys.argv[1]))
dimension, samples, steps = problem["dimension"], problem["samples"], problem["steps"]
points = np.array(problem["points"], np.float32).reshape(-1, dimension)
count = len(points)
rate = problem["learningRate"]
started = time.perf_counter()
x = (qmc.Sobol(dimension, scramble=False).random(samples) - 0.5).astype(np.float32)
heights, first, second = np.zeros(count), np.zeros(count), np.zeros(count)
norms = []
for step in range(steps + 1):
    cells = np.empty(samples, np.int64)
    for at in range(0, samples, 1024):
        cells[at : at + 1024] = (x[at : at + 1024] @ points.T + heights.astype(np.float32)).argmax(1)
    gradient = np.bincount(cells, minlength=count) / samples - 1 / count
    norms.append(float(np.linalg.norm(gradient)))
    first = 0.9 * first + 0.1 * gradient
    second = 0.999 * second + 0.001 * gradient**2
    heights -= rate * first / (np.sqrt(second) + 1e-8)
    heights -= heights.mean()
print(json.dumps({"seconds": time.perf_counter() - started, "norms": norms, "version": np.__version__}))
