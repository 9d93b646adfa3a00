"""The same scheme as packages/transport in PyTorch on the CPU, as the authors' code has it on a GPU: reads a problem, writes the norm of each step
and the seconds. Needs PyTorch."""

import json
import sys
import time

import torch

problem = json.load(open(sys.argv[1]))
dimension, samples, steps = problem["dimension"], problem["samples"], problem["steps"]
torch.set_num_threads(problem["threads"])
points = torch.tensor(problem["points"], dtype=torch.float32).reshape(-1, dimension)
count = len(points)
rate = problem["learningRate"]
started = time.perf_counter()
# Drawn in float64, as ours; without `dtype` its points have the precision of float32.
x = (torch.quasirandom.SobolEngine(dimension).draw(samples, dtype=torch.float64) - 0.5).float()
heights, first, second = (torch.zeros(count, dtype=torch.float64) for _ in range(3))
norms = []
with torch.no_grad():
    for step in range(steps + 1):
        cells = torch.empty(samples, dtype=torch.int64)
        single = heights.float()
        for at in range(0, samples, 1024):
            cells[at : at + 1024] = torch.addmm(single, x[at : at + 1024], points.T).argmax(1)
        gradient = torch.bincount(cells, minlength=count).double() / samples - 1 / count
        norms.append(float(gradient.norm()))
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        heights = heights - rate * first / (second.sqrt() + 1e-8)
        heights = heights - heights.mean()
print(json.dumps({"seconds": time.perf_counter() - started, "norms": norms, "version": torch.__version__}))
