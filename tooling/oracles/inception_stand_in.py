"""A stand-in for the file of FID's Inception-v3 where the published one cannot be had: its names and shapes, random weights.

    pip install torch numpy
    python tooling/oracles/inception_stand_in.py <folder>

writes `pt_inception-2015-12-05-6726825d.pth`, 91 MB. What it computes means nothing: it is for trying that examples and commands
which read the file run to their end (`DIST_GAN_DATA=<folder> pnpm readmes metrics`). A few filters are scaled to the length that the
reader expects of the published network, which it would refuse otherwise.
"""

import sys
from pathlib import Path

import torch
from inception_vectors import InceptionV3, seeded_state

# Lengths of filters with the batch norm folded in, as packages/metrics/src/extractors/inception/weights/published.ts has them.
LENGTHS = {
    "Conv2d_1a_3x3": 19.7314,
    "Conv2d_4a_3x3": 14.3488,
    "Mixed_5b.branch5x5_2": 5.53716,
    "Mixed_6a.branch3x3": 20.4038,
    "Mixed_6c.branch7x7dbl_3": 16.0839,
    "Mixed_6e.branch1x1": 23.1,
}

if __name__ == "__main__":
    state = seeded_state(InceptionV3())
    for name, length in LENGTHS.items():
        scale = state[f"{name}.bn.weight"] / torch.sqrt(state[f"{name}.bn.running_var"] + 0.001)
        filters = state[f"{name}.conv.weight"]
        filters *= length / torch.linalg.norm(filters * scale[:, None, None, None])
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(state, folder / "pt_inception-2015-12-05-6726825d.pth")
