"""Reads a file of writeStatistics as pytorch-fid and clean-fid do, and says what is in it.

python check_npz.py FILE
"""

import json
import sys

import numpy as np

with np.load(sys.argv[1]) as file:
    mu, sigma = file["mu"][:], file["sigma"][:]
    protocol = json.loads(file["protocol.json"])
assert mu.dtype == sigma.dtype == np.float64
assert sigma.shape == (len(mu), len(mu)) and np.array_equal(sigma, sigma.T)
print(json.dumps({"mu": mu.tolist(), "sigma": sigma.ravel().tolist(), "protocol": protocol}))
