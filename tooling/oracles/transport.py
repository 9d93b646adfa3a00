"""Exact solutions of small discrete transport problems, for the tests of packages/transport.

A grid of equal squares stands for the uniform measure on [-0.5, 0.5]^dimension; SciPy's linear programme finds the least mean
squared distance to the points (HiGHS; to 1e-9). Its cells are compared with those of the semi-discrete solution.

    pip install numpy==2.* scipy==1.17.1 && python transport.py
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, vstack

package = pathlib.Path(__file__).parent.parent.parent / "packages" / "transport"


def solve(points, masses, side):
    dimension = points.shape[1]
    centres = (np.arange(side) + 0.5) / side - 0.5
    grid = np.array(list(itertools.product(centres, repeat=dimension)))
    cost = ((grid[:, None] - points[None]) ** 2).sum(-1)
    size, count = cost.shape
    rows = np.arange(size).repeat(count)
    columns = np.arange(size * count)
    sources = coo_matrix((np.ones(size * count), (rows, columns)))
    targets = coo_matrix((np.ones(size * count), (np.tile(np.arange(count), size), columns)))
    result = linprog(
        cost.ravel(),
        A_eq=vstack([sources, targets]),
        b_eq=np.concatenate([np.full(size, 1 / size), masses]),
        method="highs",
    )
    assert result.status == 0
    return result.fun, result.x.reshape(size, count).argmax(1).tolist()


random = np.random.default_rng(5)
problems = []
for dimension, count, side in [(1, 5, 400), (2, 6, 40), (2, 12, 40), (3, 7, 14)]:
    points = random.normal(size=(count, dimension))
    masses = random.uniform(0.5, 1.5, size=count)
    masses /= masses.sum()
    cost, cells = solve(points, masses, side)
    problems.append(
        {
            "dimension": dimension,
            "side": side,
            "points": points.ravel().tolist(),
            "masses": masses.tolist(),
            "cost": cost,
            "cells": cells,
        }
    )
(package / "test" / "transport-vectors.json").write_text(
    json.dumps({"scipy": scipy.__version__, "problems": problems}) + "\n"
)
