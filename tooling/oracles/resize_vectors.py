"""Expected numbers for the resizing of images: Pillow and PyTorch, as clean-fid and pytorch-fid call them.

    pip install numpy torch 'pillow<13'
    python tooling/oracles/resize_vectors.py > packages/metrics/test/resize-vectors.json
"""

import json

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

FILTERS = {
    "bicubic": Image.Resampling.BICUBIC,
    "bilinear": Image.Resampling.BILINEAR,
    "lanczos": Image.Resampling.LANCZOS,
    "box": Image.Resampling.BOX,
}


def image(height, width, channels):
    """Bytes that TypeScript makes alike: (37 i + i^2 mod 101) mod 256 at position i."""
    i = np.arange(height * width * channels)
    return ((37 * i + i * i % 101) % 256).astype(np.uint8).reshape(height, width, channels)


def floats(pixels, side, resample):
    channels = [
        # Filters overshoot; clean-fid cuts that off (cleanfid/resize.py of 0.1.35).
        np.asarray(Image.fromarray(pixels[:, :, c].astype(np.float32)).resize((side, side), resample)).clip(0, 255)
        for c in range(pixels.shape[2])
    ]
    return np.stack(channels, axis=2)


def pytorch(pixels, side):
    x = torch.from_numpy(pixels.astype(np.float32)).permute(2, 0, 1)[None]
    return F.interpolate(x, size=(side, side), mode="bilinear", align_corners=False)[0].permute(1, 2, 0).numpy()


cases = []
for height, width, side in [(6, 5, 11), (13, 17, 5), (7, 7, 7)]:
    pixels = image(height, width, 3)
    expected = {"pytorch": pytorch(pixels, side)}
    for name, resample in FILTERS.items():
        expected[f"pil-{name}"] = floats(pixels, side, resample)
        expected[f"pil-{name}-bytes"] = np.asarray(Image.fromarray(pixels).resize((side, side), resample))
    cases.append(
        {
            "height": height,
            "width": width,
            "side": side,
            "expected": {name: [round(float(v), 5) for v in values.ravel()] for name, values in expected.items()},
        }
    )
print(json.dumps({"cases": cases}))
