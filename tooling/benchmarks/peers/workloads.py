"""What each workload computes on: settings, initial weights and batches, as NumPy arrays.

Shapes and names are those of TensorFlow.js (dense kernels [in, out], convolution kernels [height,
width, in, out], transposed ones [height, width, out, in], images [batch, height, width, channels]).
Values are float32 numbers held as float64, so a float64 run starts from exactly what a float32 run
starts from. `ours/workloads.ts` is the same in TypeScript.
"""

import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from seeded import uniform

_FILE = Path(__file__).resolve().parent.parent / "workloads.json"

# The 25-Gaussian grid of the Dist-GAN paper, scaled to [0, 1] by the largest entry of the authors' data.
_GRID_CENTRES = np.array([-4.0, -2.0, 0.0, 2.0, 4.0])
_GRID_DEVIATION = 0.05
_GRID_LARGEST = 4.18011


def names() -> list[str]:
    return list(json.loads(_FILE.read_text()))


def load(name: str, **overrides) -> SimpleNamespace:
    table = json.loads(_FILE.read_text())
    if name not in table:
        raise SystemExit(f"unknown workload {name!r}; known: {', '.join(table)}")
    settings: dict = {}
    chain = [name]
    while "extends" in table[chain[-1]]:
        chain.append(table[chain[-1]]["extends"])
    for link in reversed(chain):
        settings.update(table[link])
    settings.pop("extends", None)
    settings.update({key: value for key, value in overrides.items() if value is not None})
    return SimpleNamespace(name=name, **settings)


def _as_float32(values: np.ndarray, shape) -> np.ndarray:
    return values.astype(np.float32).astype(np.float64).reshape(shape)


def has_image_generator(workload) -> bool:
    """Encoder, generator and discriminator of images; the discriminator gives features beside its logits."""
    return workload.step in ("dcgan", "preset")


def phase_roles(workload) -> dict[str, tuple[str, ...]]:
    """Phase -> the networks it updates, in the order in which a step runs them."""
    if workload.step == "resnet-critic":
        return {"critic": ("critic",)}
    return {
        "reconstruction": ("encoder", "generator"),
        "discriminator": ("discriminator",),
        "generator": ("generator",),
    }


# --- weights --------------------------------------------------------------------------------------


def weight_shapes(workload) -> dict[str, tuple[int, ...]]:
    """Name -> shape, in the order of the forward pass."""
    return {
        "mlp": _mlp_shapes,
        "dcgan": _convolutional_shapes,
        "preset": _convolutional_shapes,
        "resnet-critic": _resnet_critic_shapes,
    }[workload.step](workload)


def initial_weights(workload) -> dict[str, np.ndarray]:
    """Kernels Xavier-uniform; offsets, moving means within 0.05 of 0; scales, moving variances within 0.05 of 1."""
    return {name: _initial_weight(name, shape) for name, shape in weight_shapes(workload).items()}


def _initial_weight(name: str, shape) -> np.ndarray:
    signed = 2 * uniform(f"weights/{name}", math.prod(shape)) - 1
    if name.endswith("/kernel"):
        fans = math.prod(shape[:-2]) * (shape[-2] + shape[-1])
        return _as_float32(signed * math.sqrt(6 / fans), shape)
    centre = 1 if name.endswith(("/scale", "/movingVariance")) else 0
    return _as_float32(centre + 0.05 * signed, shape)


def _mlp_shapes(workload) -> dict:
    shapes = {}
    for role, size_in, size_out in (
        ("encoder", 2, workload.latentSize),
        ("generator", workload.latentSize, 2),
        ("discriminator", 2, 1),
    ):
        widths = [size_in, *[workload.width] * workload.hiddenLayers, size_out]
        for index, (before, after) in enumerate(zip(widths, widths[1:])):
            shapes[f"{role}/dense{index}/kernel"] = (before, after)
            shapes[f"{role}/dense{index}/bias"] = (after,)
    return shapes


def feature_map(workload, role: str) -> tuple[int, int]:
    """Side and channels of the smallest feature map of an image network, which its dense layer makes or reads."""
    if workload.networks == "sngan-cnn":
        return workload.imageSize // 8, workload.width * (16 if role == "generator" else 8)
    return workload.imageSize >> workload.halvings, workload.width << (workload.halvings - 1)


def _convolutional_shapes(workload) -> dict:
    return _sngan_cnn_shapes(workload) if workload.networks == "sngan-cnn" else _dcgan_shapes(workload)


def _dcgan_shapes(workload) -> dict:
    side, most = feature_map(workload, "generator")
    shapes = {}
    for role, size_out in (("encoder", workload.latentSize), ("discriminator", 1)):
        shapes |= _trunk_shapes(workload, role, workload.width, size_out)
    shapes["generator/dense/kernel"] = (workload.latentSize, side * side * most)
    shapes |= _norm_shapes(workload, "generator/norm0", side * side * most)
    for index in range(1, workload.halvings):
        after = most >> index
        shapes[f"generator/deconvolution{index}/kernel"] = (5, 5, after, 2 * after)
        shapes |= _norm_shapes(workload, f"generator/norm{index}", after)
    shapes[f"generator/deconvolution{workload.halvings}/kernel"] = (5, 5, workload.channels, workload.width)
    shapes[f"generator/deconvolution{workload.halvings}/bias"] = (workload.channels,)
    return shapes


def _trunk_shapes(workload, role: str, width: int, size_out: int) -> dict:
    """5x5 convolutions of stride 2, then one linear layer: the DCGAN's encoder and discriminator."""
    side, most = feature_map(workload, role)
    shapes = {
        f"{role}/convolution0/kernel": (5, 5, workload.channels, width),
        f"{role}/convolution0/bias": (width,),
    }
    for index in range(1, workload.halvings):
        after = width << index
        shapes[f"{role}/convolution{index}/kernel"] = (5, 5, after // 2, after)
        shapes |= _norm_shapes(workload, f"{role}/norm{index}", after)
    shapes[f"{role}/dense/kernel"] = (side * side * most, size_out)
    shapes[f"{role}/dense/bias"] = (size_out,)
    return shapes


def _sngan_cnn_shapes(workload) -> dict:
    """The standard CNN of SN-GAN as Dist-GAN's authors have it, with the encoder of their DCGAN."""
    shapes = _trunk_shapes(workload, "encoder", 2 * workload.width, workload.latentSize)
    side, before = feature_map(workload, "generator")
    shapes["generator/dense/kernel"] = (workload.latentSize, side * side * before)
    shapes["generator/dense/bias"] = (side * side * before,)
    for index in (1, 2, 3):
        before //= 2
        shapes[f"generator/deconvolution{index}/kernel"] = (4, 4, before, 2 * before)
        shapes |= _norm_shapes(workload, f"generator/norm{index}", before)
    shapes["generator/convolution4/kernel"] = (3, 3, before, workload.channels)
    shapes["generator/convolution4/bias"] = (workload.channels,)

    for index, (size, before, after) in enumerate(sngan_discriminator_layers(workload)):
        shapes[f"discriminator/convolution{index}/kernel"] = (size, size, before, after)
        shapes[f"discriminator/convolution{index}/bias"] = (after,)
    side, most = feature_map(workload, "discriminator")
    shapes["discriminator/dense/kernel"] = (side * side * most, 1)
    shapes["discriminator/dense/bias"] = (1,)
    return shapes


def sngan_discriminator_layers(workload) -> list[tuple[int, int, int]]:
    """Window, channels in and channels out of each convolution; windows of 4 have stride 2."""
    width = workload.width
    layers, before = [], workload.channels
    for after in (width, 2 * width, 4 * width):
        layers += [(3, before, after), (4, after, after)]
        before = after
    return [*layers, (3, before, 8 * width)]


def _norm_shapes(workload, name: str, channels: int) -> dict:
    leaves = ["scale", "offset"]
    if workload.batchNormDecay is not None:
        leaves += ["movingMean", "movingVariance"]
    return {f"{name}/{leaf}": (channels,) for leaf in leaves}


def _resnet_critic_shapes(workload) -> dict:
    width, channels = workload.width, workload.channels
    shapes = {}

    def convolution(name, size, before, after):
        shapes[f"critic/{name}/kernel"] = (size, size, before, after)
        shapes[f"critic/{name}/bias"] = (after,)

    convolution("block0/convolution1", 3, channels, width)
    convolution("block0/convolution2", 3, width, width)
    convolution("block0/down", 1, width, width)
    convolution("block0/shortcutDown", 1, channels, channels)
    convolution("block0/shortcut", 1, channels, width)
    for block in (1, 2, 3):
        convolution(f"block{block}/convolution1", 3, width, width)
        convolution(f"block{block}/convolution2", 3, width, width)
        if block == 1:
            convolution("block1/down", 1, width, width)
            convolution("block1/shortcut", 1, width, width)
            convolution("block1/shortcutDown", 1, width, width)
    shapes["critic/dense/kernel"] = (width, 1)
    shapes["critic/dense/bias"] = (1,)
    return shapes


# --- batches --------------------------------------------------------------------------------------


def input_shapes(workload) -> dict[str, tuple[int, ...]]:
    """Every phase, and every repeat of the discriminator's phase, has inputs of its own."""
    batch = workload.batch
    sample = (2,) if workload.step == "mlp" else (workload.imageSize, workload.imageSize, workload.channels)
    coefficient = (1,) * len(sample)
    if workload.step == "resnet-critic":
        return {"real": (batch, *sample), "fake": (batch, *sample), "interpolation": (batch, *coefficient)}
    shapes = {"reconstructionReal": (batch, *sample), "reconstructionLatents": (batch, workload.latentSize)}
    for repeat in range(workload.criticSteps):
        shapes[f"discriminatorReal{repeat}"] = (batch, *sample)
        shapes[f"discriminatorLatents{repeat}"] = (batch, workload.latentSize)
        shapes[f"discriminatorInterpolation{repeat}"] = (batch, *coefficient)
    shapes["generatorReal"] = (batch, *sample)
    shapes["generatorLatents"] = (batch, workload.latentSize)
    return shapes


def batch_of(workload, step: int) -> dict[str, np.ndarray]:
    """The inputs of one step. Real data and interpolation lie in [0, 1], latents in [-1, 1)."""
    return {name: _input(workload, name, shape, f"{name}@{step}") for name, shape in input_shapes(workload).items()}


def _input(workload, name: str, shape, stream: str) -> np.ndarray:
    if workload.step == "mlp" and "Real" in name:
        return _grid_samples(stream, shape[0])
    values = uniform(stream, math.prod(shape))
    return _as_float32(2 * values - 1 if "Latents" in name else values, shape)


def _grid_samples(stream: str, count: int) -> np.ndarray:
    centre = np.floor(uniform(f"{stream}/centre", count) * 25).astype(np.int64)
    # Four uniforms have variance 1/3 together: a bell that needs no logarithm, so both languages agree exactly.
    bell = (uniform(f"{stream}/noise", count * 8).reshape(count, 2, 4).sum(axis=2) - 2) * math.sqrt(3)
    points = np.stack([_GRID_CENTRES[centre // 5], _GRID_CENTRES[centre % 5]], axis=1) + _GRID_DEVIATION * bell
    return _as_float32((points / _GRID_LARGEST + 1) / 2, (count, 2))
