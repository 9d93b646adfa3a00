"""The networks in PyTorch, and the translation of weights to and from the shared layout.

PyTorch's `padding=2` on a 5x5 convolution of stride 2 pads (2, 1); TensorFlow's SAME pads (1, 2). One is
the mirror image of the other, so images and these kernels are turned by 180 degrees on the way in, which
makes both compute the same numbers without a padding pass that no PyTorch user would write. Only `dcgan`
needs it: 3x3 convolutions of stride 1 pad alike, and a strided 1x1 convolution must not be turned.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def mlp(size_in: int, width: int, hidden_layers: int, size_out: int) -> nn.Sequential:
    widths = [size_in, *[width] * hidden_layers]
    layers: list[nn.Module] = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(width, size_out))


class ConvolutionalTrunk(nn.Module):
    """Three 5x5 convolutions of stride 2, then one linear layer: encoder and discriminator of DCGAN."""

    def __init__(self, workload, size_out: int):
        super().__init__()
        width = workload.width
        base = workload.imageSize // 8
        self.slope = workload.leakyReluSlope
        self.convolution0 = nn.Conv2d(workload.channels, width, 5, 2, 2)
        self.convolution1 = nn.Conv2d(width, width * 2, 5, 2, 2, bias=False)
        self.norm1 = _norm(nn.BatchNorm2d, width * 2, workload)
        self.convolution2 = nn.Conv2d(width * 2, width * 4, 5, 2, 2, bias=False)
        self.norm2 = _norm(nn.BatchNorm2d, width * 4, workload)
        self.dense = nn.Linear(base * base * width * 4, size_out)

    def forward(self, images):
        hidden = F.leaky_relu(self.convolution0(images), self.slope)
        hidden = F.leaky_relu(self.norm1(self.convolution1(hidden)), self.slope)
        features = F.leaky_relu(self.norm2(self.convolution2(hidden)), self.slope).flatten(1)
        return self.dense(features), features


class ConvolutionalGenerator(nn.Module):
    def __init__(self, workload):
        super().__init__()
        width = workload.width
        self.base = workload.imageSize // 8
        features = self.base * self.base * width * 4
        self.dense = nn.Linear(workload.latentSize, features, bias=False)
        self.norm0 = _norm(nn.BatchNorm1d, features, workload)
        self.deconvolution1 = nn.ConvTranspose2d(width * 4, width * 2, 5, 2, 2, 1, bias=False)
        self.norm1 = _norm(nn.BatchNorm2d, width * 2, workload)
        self.deconvolution2 = nn.ConvTranspose2d(width * 2, width, 5, 2, 2, 1, bias=False)
        self.norm2 = _norm(nn.BatchNorm2d, width, workload)
        self.deconvolution3 = nn.ConvTranspose2d(width, workload.channels, 5, 2, 2, 1)

    def forward(self, latents):
        hidden = F.relu(self.norm0(self.dense(latents))).unflatten(1, (-1, self.base, self.base))
        hidden = F.relu(self.norm1(self.deconvolution1(hidden)))
        hidden = F.relu(self.norm2(self.deconvolution2(hidden)))
        return torch.sigmoid(self.deconvolution3(hidden))


def _norm(kind, channels: int, workload):
    # Training never reads the moving averages, and no row of the benchmark keeps them.
    return kind(channels, eps=workload.batchNormEpsilon, track_running_stats=False)


class ResNetBlock(nn.Module):
    """relu - 3x3 - relu - 3x3 [- 1x1 stride 2] plus a shortcut; the first block starts without relu."""

    def __init__(self, before: int, after: int, *, first: bool = False, down: bool = False):
        super().__init__()
        self.first = first
        self.is_down = down
        self.convolution1 = nn.Conv2d(before, after, 3, 1, 1)
        self.convolution2 = nn.Conv2d(after, after, 3, 1, 1)
        if down:
            self.down = nn.Conv2d(after, after, 1, 2)
            self.shortcut = nn.Conv2d(before, after, 1)
            self.shortcutDown = nn.Conv2d(before if first else after, before if first else after, 1, 2)

    def forward(self, images):
        hidden = self.convolution1(images if self.first else F.relu(images))
        hidden = self.convolution2(F.relu(hidden))
        if not self.is_down:
            return hidden + images
        shortcut = self.shortcut(self.shortcutDown(images)) if self.first else self.shortcutDown(self.shortcut(images))
        return self.down(hidden) + shortcut


class ResNetCritic(nn.Module):
    def __init__(self, workload):
        super().__init__()
        width = workload.width
        self.block0 = ResNetBlock(workload.channels, width, first=True, down=True)
        self.block1 = ResNetBlock(width, width, down=True)
        self.block2 = ResNetBlock(width, width)
        self.block3 = ResNetBlock(width, width)
        self.dense = nn.Linear(width, 1)

    def forward(self, images):
        hidden = self.block3(self.block2(self.block1(self.block0(images))))
        return self.dense(F.relu(hidden).sum((2, 3)))


def build_networks(workload) -> nn.ModuleDict:
    if workload.step == "mlp":
        sizes = {"encoder": (2, workload.latentSize), "generator": (workload.latentSize, 2), "discriminator": (2, 1)}
        return nn.ModuleDict(
            {role: mlp(i, workload.width, workload.hiddenLayers, o) for role, (i, o) in sizes.items()}
        )
    if workload.step == "dcgan":
        return nn.ModuleDict(
            {
                "encoder": ConvolutionalTrunk(workload, workload.latentSize),
                "generator": ConvolutionalGenerator(workload),
                "discriminator": ConvolutionalTrunk(workload, 1),
            }
        )
    return nn.ModuleDict({"critic": ResNetCritic(workload)})


# --- the shared layout ----------------------------------------------------------------------------


def load_weights(networks: nn.ModuleDict, workload, weights: dict[str, np.ndarray]) -> None:
    with torch.no_grad():
        for name, values in weights.items():
            parameter = _parameter(networks, workload, name)
            parameter.copy_(torch.from_numpy(_to_torch(name, values, workload)))


def read_weights(networks: nn.ModuleDict, workload, names) -> dict[str, np.ndarray]:
    return {
        name: _from_torch(name, _parameter(networks, workload, name).detach().double().cpu().numpy(), workload)
        for name in names
    }


def images_to_torch(images: np.ndarray, workload) -> np.ndarray:
    """[batch, height, width, channels] -> [batch, channels, height, width], turned where the workload needs it."""
    # A plain copy: for 1x1 images NumPy calls a negative stride contiguous, and PyTorch refuses it.
    return _turned(images, workload, axes=(1, 2)).transpose(0, 3, 1, 2).copy()


def _turned(values: np.ndarray, workload, axes) -> np.ndarray:
    return np.flip(values, axes) if workload.step == "dcgan" else values


_TORCH_LEAF = {"kernel": "weight", "bias": "bias", "scale": "weight", "offset": "bias"}


def _parameter(networks, workload, name: str) -> nn.Parameter:
    *path, leaf = name.split("/")
    module: nn.Module = networks
    for part in path:
        if workload.step == "mlp" and part.startswith("dense"):
            part = str(2 * int(part.removeprefix("dense")))
        module = module.get_submodule(part)
    return getattr(module, _TORCH_LEAF[leaf])


def _to_torch(name: str, values: np.ndarray, workload) -> np.ndarray:
    if values.ndim == 4:
        # [height, width, in, out] -> [out, in, height, width]; a transposed kernel likewise, [in, out, ...].
        return _turned(values, workload, axes=(0, 1)).transpose(3, 2, 0, 1).copy()
    if workload.step == "dcgan":
        return np.ascontiguousarray(_swap_features(name, values, workload, to_torch=True).T)
    return np.ascontiguousarray(values.T)


def _from_torch(name: str, values: np.ndarray, workload) -> np.ndarray:
    if values.ndim == 4:
        return _turned(values.transpose(2, 3, 1, 0), workload, axes=(0, 1))
    if workload.step == "dcgan":
        return _swap_features(name, values.T, workload, to_torch=False)
    return values.T


def _swap_features(name: str, values: np.ndarray, workload, to_torch: bool) -> np.ndarray:
    """Reorder a flattened feature map between [h, w, c] and PyTorch's [c, h, w] turned by 180 degrees."""
    base = workload.imageSize // 8
    count = base * base * workload.width * 4
    if not (name.endswith("/dense/kernel") or name.startswith("generator/norm0/")):
        return values
    axis = values.shape.index(count)
    order = np.arange(count).reshape(base, base, -1)[::-1, ::-1].transpose(2, 0, 1).reshape(-1)
    if not to_torch:
        order = np.argsort(order)
    return np.take(values, order, axis=axis)
