"""What Pillow makes of small pictures of RGB bytes that are brought to another size: by ImageOps.fit (cover), pad (contain) and resize (stretch).

    pip install numpy pillow==12.3.0
    python tooling/oracles/picture_sizes.py > packages/datasets/test/picture-sizes.json

Pillow 12: rows are resized before columns whatever the sizes; 13 chooses.
"""

import base64
import json
import sys

import numpy as np
from PIL import Image, ImageOps, __version__

# Height and width of the picture, then of the result.
SIZES = [(31, 12, 7, 7), (12, 31, 7, 7), (9, 9, 9, 9), (5, 4, 8, 8), (3, 7, 8, 8), (16, 8, 6, 4), (13, 17, 1, 1)]
FILTERS = ("LANCZOS", "BICUBIC", "BILINEAR", "NEAREST")

text = lambda picture: base64.b64encode(np.asarray(picture).tobytes()).decode()
random = np.random.default_rng(20261129)
cases = []
for height, width, to_height, to_width in SIZES:
    picture = Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8))
    size = (to_width, to_height)
    expected = {
        name.lower(): {
            "cover": text(ImageOps.fit(picture, size, Image.Resampling[name])),
            "contain": text(ImageOps.pad(picture, size, Image.Resampling[name])),
            "stretch": text(picture.resize(size, Image.Resampling[name])),
        }
        for name in FILTERS
    }
    cases.append({"from": [height, width], "to": [to_height, to_width], "rgb": text(picture), "expected": expected})
json.dump({"pillow": __version__, "cases": cases}, sys.stdout)
print()
