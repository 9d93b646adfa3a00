"""Loads the SavedModels of ours/saved-models.ts with Python's TensorFlow and compares what they give."""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-4


def largest_difference(folder: Path, name: str) -> float:
    loaded = tf.saved_model.load(str(folder / name))
    function = loaded.signatures["serving_default"]
    worst = 0.0
    for call in json.loads((folder / f"{name}.json").read_text()):
        inputs = {
            key: tf.constant(np.reshape(np.float32(value["data"]), value["shape"]))
            for key, value in call["inputs"].items()
        }
        outputs = function(**inputs)
        for key, expected in call["outputs"].items():
            actual = outputs[key].numpy().ravel()
            assert actual.size == len(expected), f"{name}: {key} has {actual.size} elements"
            scale = max(1e-2, float(np.max(np.abs(expected))))
            worst = max(worst, float(np.max(np.abs(actual - expected))) / scale)
    return worst


def main() -> None:
    folder = Path(sys.argv[1])
    for name in ["model", "step"]:
        difference = largest_difference(folder, name)
        print(f"TensorFlow {tf.__version__}, {name}: largest relative difference {difference:.1e}")
        if difference > TOLERANCE:
            sys.exit(f"{name}: more than {TOLERANCE}")


main()
