"""What the installed Pillow makes of pictures of RGB bytes that are resized to squares; added to a file by its major version.

    pip install numpy pillow==12.3.0 && python tooling/oracles/pillow_resize_orders.py packages/metrics/test/pillow-resize-orders.json
    pip install pillow==13.0.0 && python tooling/oracles/pillow_resize_orders.py packages/metrics/test/pillow-resize-orders.json
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, __version__

SHAPES = [(31, 12, 7), (12, 31, 7), (20, 9, 9), (9, 8, 8), (11, 8, 8), (10, 4, 6)]

file = Path(sys.argv[1])
content = json.loads(file.read_text()) if file.exists() else {}
cases = []
for height, width, side in SHAPES:
    i = np.arange(height * width * 3)
    pixels = ((37 * i + i * i % 101) % 256).astype(np.uint8).reshape(height, width, 3)
    resized = {
        name.lower(): np.asarray(Image.fromarray(pixels).resize((side, side), Image.Resampling[name])).ravel().tolist()
        for name in ("BICUBIC", "BILINEAR", "LANCZOS", "BOX")
    }
    cases.append({"height": height, "width": width, "side": side, "expected": resized})
content[__version__.split(".")[0]] = cases
file.write_text(json.dumps(content) + "\n")
