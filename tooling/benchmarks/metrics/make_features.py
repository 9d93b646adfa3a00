"""Features like those of Inception-v3's last pooling: not negative, of falling variance, in float32; and images.

python make_features.py FOLDER --count 10000 --dimension 2048
"""

import argparse
import pathlib

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--count", type=int, default=10_000)
parser.add_argument("--dimension", type=int, default=2048)
options = parser.parse_args()

rng = np.random.default_rng(7)
mixing = rng.standard_normal((options.dimension, options.dimension)) / np.sqrt(options.dimension)
mixing *= np.arange(1, options.dimension + 1)[:, None] ** -0.5
for name, shift, spread in [("real", 0.0, 1.0), ("generated", 0.02, 1.05)]:
    features = np.empty((options.count, options.dimension), np.float32)
    for rows in np.split(features, range(10_000, options.count, 10_000)):
        latent = rng.standard_normal(rows.shape) * spread
        rows[:] = np.maximum(latent @ mixing * 3 + 0.3 + shift, 0)
    np.savez(options.folder / f"{name}.npz", feats=features)

# 15 images of 256 x 256 x 3 from 0 to 1, a row each: large patches, and noise on them.
patches = np.kron(rng.random((15, 32, 32, 3)), np.ones((1, 8, 8, 1)))
images = 0.8 * patches + 0.2 * rng.random((15, 256, 256, 3))
np.savez(options.folder / "images.npz", feats=images.reshape(15, -1).astype(np.float32))
