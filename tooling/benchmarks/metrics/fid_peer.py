"""Features of CIFAR-10 and their Fréchet distance in PyTorch, NumPy and SciPy, to lay beside ours.

    .venv/bin/python metrics/fid_peer.py --data ../../../shared/data --count 5000 --keep features --output torch.json

The weights are those of the folder `inception-2015-12-05-to-mixed_7` (batch norm folded in, to layer 768); images are
resized as torch-fidelity does, with TensorFlow 1's bilinear; the distance is scipy's matrix root, as in pytorch-fid.
"""

import argparse
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import scipy.linalg
import torch

from inception_network import InceptionV3

LAYERS = ("64", "192", "768")


def tensorflow_names():
    """PyTorch's module names by the names of the folder's files."""

    def numbered(prefix, module, count):
        return {prefix + (f"_{i}" if i else ""): f"{module}_{i + 1}" for i in range(count)}

    stem = ("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "Conv2d_3b_1x1", "Conv2d_4a_3x3")
    a = {"conv": "branch1x1", "tower_2_conv": "branch_pool"}
    a |= numbered("tower_conv", "branch5x5", 2) | numbered("tower_1_conv", "branch3x3dbl", 3)
    b = {"conv": "branch3x3"} | numbered("tower_conv", "branch3x3dbl", 3)
    c = {"conv": "branch1x1", "tower_2_conv": "branch_pool"}
    c |= numbered("tower_conv", "branch7x7", 3) | numbered("tower_1_conv", "branch7x7dbl", 5)
    blocks = {"mixed": ("5b", a), "mixed_1": ("5c", a), "mixed_2": ("5d", a), "mixed_3": ("6a", b)}
    blocks |= {"mixed_4": ("6b", c), "mixed_5": ("6c", c), "mixed_6": ("6d", c), "mixed_7": ("6e", c)}
    names = {"conv" + (f"_{i}" if i else ""): module for i, module in enumerate(stem)}
    for block, (module, parts) in blocks.items():
        names |= {f"{block}_{part}": f"Mixed_{module}.{torch_part}" for part, torch_part in parts.items()}
    return names


def load_network(folder):
    network = InceptionV3()
    state = network.state_dict()
    for layer in json.loads((folder / "manifest.json").read_text())["layers"]:
        module = tensorflow_names()[layer["name"]]
        filters = np.fromfile(folder / layer["weights"]["file"], "<f4").reshape(layer["weights_shape_OHWI"])
        state[f"{module}.conv.weight"] = torch.from_numpy(filters.transpose(0, 3, 1, 2).copy())
        # What is folded in already leaves a batch norm that only adds the bias.
        state[f"{module}.bn.bias"] = torch.from_numpy(np.fromfile(folder / layer["bias"]["file"], "<f4"))
        state[f"{module}.bn.running_var"] = torch.full_like(state[f"{module}.bn.running_var"], 1 - 0.001)
    network.load_state_dict(state)
    return network.eval().to(memory_format=torch.channels_last)


def resize_as_tensorflow(x, side=299):
    """Bilinear of TensorFlow 1: place i of the result is place i * scale of the image."""

    def neighbours(size):
        places = torch.arange(side, dtype=torch.float32) * torch.tensor(size / side, dtype=torch.float32)
        lower = places.floor().long().clamp(max=size - 1)
        return lower, (lower + 1).clamp(max=size - 1), places - lower

    top, bottom, down = neighbours(x.shape[2])
    left, right, across = neighbours(x.shape[3])
    rows = x[..., left] + (x[..., right] - x[..., left]) * across
    down = down[:, None]
    return rows[:, :, top] + (rows[:, :, bottom] - rows[:, :, top]) * down


def features_of(network, images, batch_size, file):
    """Features of every layer, one after the other in a row; those that the file has are not made again."""
    rows = np.fromfile(file, "<f4").reshape(-1, 1024) if file.exists() else np.empty((0, 1024), "<f4")
    with torch.inference_mode(), open(file, "ab") as kept:
        for first in range(len(rows), len(images), batch_size):
            x = torch.from_numpy(images[first : first + batch_size]).permute(0, 3, 1, 2).float()
            x = (resize_as_tensorflow(x) - 128) / 128
            result = network(x.contiguous(memory_format=torch.channels_last), "768")
            np.concatenate([result[layer].numpy() for layer in LAYERS], axis=1).tofile(kept)
            kept.flush()
            if first % 256 == 0:
                print(f"PyTorch {file.stem} {first}", file=sys.stderr)
    rows = np.fromfile(file, "<f4").reshape(-1, 1024)[: len(images)]
    return dict(zip(LAYERS, np.split(rows, (64, 256), axis=1)))


def frechet_distance(one, other):
    one, other = one.astype(np.float64), other.astype(np.float64)
    difference = one.mean(0) - other.mean(0)
    covariances = np.cov(one, rowvar=False), np.cov(other, rowvar=False)
    root = scipy.linalg.sqrtm(covariances[0] @ covariances[1]).real
    return float(difference @ difference + np.trace(covariances[0]) + np.trace(covariances[1]) - 2 * np.trace(root))


def cifar10(data, name):
    with open(data / "cifar10" / "cifar-10-batches-py" / name, "rb") as file:
        batch = pickle.load(file, encoding="bytes")
    return batch[b"data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = load_network(options.data / "inception-2015-12-05-to-mixed_7")
    options.keep.mkdir(parents=True, exist_ok=True)
    sets = {}
    for kind, name in {"real": "data_batch_1", "generated": "test_batch"}.items():
        images = cifar10(options.data, name)[: options.count]
        sets[kind] = features_of(network, images, options.batch, options.keep / f"pytorch-{kind}.f32")
    result = {
        "torch": torch.__version__,
        "count": options.count,
        "frechet": {layer: frechet_distance(sets["real"][layer], sets["generated"][layer]) for layer in LAYERS},
        "firstFeatures": {layer: sets["real"][layer][0, :8].tolist() for layer in LAYERS},
    }
    options.output.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
