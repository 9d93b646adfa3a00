"""The networks in PyTorch, and the translation of weights to and from the shared layout.

PyTorch's `padding=2` on a 5x5 convolution of stride 2 pads (2, 1); TensorFlow's SAME pads (1, 2). One is
the mirror image of the other, so images and these kernels are turned by 180 degrees on the way in, which
makes both compute the same numbers without a padding pass that no PyTorch user would write. 3x3 convolutions of
stride 1 and 4x4 ones of stride 2 pad alike and may be turned; a strided 1x1 convolution, in `resnet-critic`, must not.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from workloads import feature_map, has_image_generator, sngan_discriminator_layers


def mlp(size_in: int, width: int, hidden_layers: int, size_out: int) -> nn.Sequential:
    widths = [size_in, *[width] * hidden_layers]
    layers: list[nn.Module] = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(width, size_out))


class ConvolutionalTrunk(nn.Module):
    """5x5 convolutions of stride 2, then one linear layer: encoder and discriminator of DCGAN."""

    def __init__(self, workload, width: int, size_out: int):
        super().__init__()
        self.slope = workload.leakyReluSlope
        self.halvings = workload.halvings
        self.convolution0 = nn.Conv2d(workload.channels, width, 5, 2, 2)
        for index in range(1, self.halvings):
            after = width << index
            self.add_module(f"convolution{index}", nn.Conv2d(after // 2, after, 5, 2, 2, bias=False))
            self.add_module(f"norm{index}", _norm(nn.BatchNorm2d, after, workload))
        side = workload.imageSize >> self.halvings
        self.dense = nn.Linear(side * side * (width << (self.halvings - 1)), size_out)

    def forward(self, images):
        hidden = F.leaky_relu(self.convolution0(images), self.slope)
        for index in range(1, self.halvings):
            convolution, norm = getattr(self, f"convolution{index}"), getattr(self, f"norm{index}")
            hidden = F.leaky_relu(norm(convolution(hidden)), self.slope)
        features = hidden.flatten(1)
        return self.dense(features), features


class ConvolutionalGenerator(nn.Module):
    def __init__(self, workload):
        super().__init__()
        self.halvings = workload.halvings
        self.side, most = feature_map(workload, "generator")
        features = self.side * self.side * most
        self.dense = nn.Linear(workload.latentSize, features, bias=False)
        self.norm0 = _norm(nn.BatchNorm1d, features, workload)
        for index in range(1, self.halvings):
            after = most >> index
            deconvolution = nn.ConvTranspose2d(2 * after, after, 5, 2, 2, 1, bias=False)
            self.add_module(f"deconvolution{index}", deconvolution)
            self.add_module(f"norm{index}", _norm(nn.BatchNorm2d, after, workload))
        last = nn.ConvTranspose2d(workload.width, workload.channels, 5, 2, 2, 1)
        self.add_module(f"deconvolution{self.halvings}", last)

    def forward(self, latents):
        hidden = F.relu(self.norm0(self.dense(latents))).unflatten(1, (-1, self.side, self.side))
        for index in range(1, self.halvings):
            deconvolution, norm = getattr(self, f"deconvolution{index}"), getattr(self, f"norm{index}")
            hidden = F.relu(norm(deconvolution(hidden)))
        return torch.sigmoid(getattr(self, f"deconvolution{self.halvings}")(hidden))


class SnganGenerator(nn.Module):
    """The generator of SN-GAN's standard CNN as Dist-GAN's authors have it: no batch norm after the dense layer."""

    def __init__(self, workload):
        super().__init__()
        self.side, channels = feature_map(workload, "generator")
        self.dense = nn.Linear(workload.latentSize, self.side * self.side * channels)
        self.deconvolution1 = nn.ConvTranspose2d(channels, channels // 2, 4, 2, 1, bias=False)
        self.norm1 = _norm(nn.BatchNorm2d, channels // 2, workload)
        self.deconvolution2 = nn.ConvTranspose2d(channels // 2, channels // 4, 4, 2, 1, bias=False)
        self.norm2 = _norm(nn.BatchNorm2d, channels // 4, workload)
        self.deconvolution3 = nn.ConvTranspose2d(channels // 4, channels // 8, 4, 2, 1, bias=False)
        self.norm3 = _norm(nn.BatchNorm2d, channels // 8, workload)
        self.convolution4 = nn.Conv2d(channels // 8, workload.channels, 3, 1, 1)

    def forward(self, latents):
        hidden = F.relu(self.dense(latents)).unflatten(1, (-1, self.side, self.side))
        hidden = F.relu(self.norm1(self.deconvolution1(hidden)))
        hidden = F.relu(self.norm2(self.deconvolution2(hidden)))
        hidden = F.relu(self.norm3(self.deconvolution3(hidden)))
        return torch.sigmoid(self.convolution4(hidden))


class SnganDiscriminator(nn.Module):
    """The discriminator of SN-GAN's standard CNN as Dist-GAN's authors have it: no spectral norm, no batch norm."""

    def __init__(self, workload):
        super().__init__()
        self.convolutions = len(sngan_discriminator_layers(workload))
        for index, (size, before, after) in enumerate(sngan_discriminator_layers(workload)):
            self.add_module(f"convolution{index}", nn.Conv2d(before, after, size, 2 if size == 4 else 1, 1))
        side, channels = feature_map(workload, "discriminator")
        self.dense = nn.Linear(side * side * channels, 1)

    def forward(self, images):
        hidden = images
        for index in range(self.convolutions):
            hidden = F.leaky_relu(getattr(self, f"convolution{index}")(hidden), 0.1)
        features = hidden.flatten(1)
        return self.dense(features), features


def _norm(kind, channels: int, workload):
    """Training never reads the moving averages; a workload without a decay keeps none."""
    if workload.batchNormDecay is None:
        return kind(channels, eps=workload.batchNormEpsilon, track_running_stats=False)
    return kind(channels, eps=workload.batchNormEpsilon, momentum=1 - workload.batchNormDecay)


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
    if has_image_generator(workload):
        if workload.networks == "sngan-cnn":
            return nn.ModuleDict(
                {
                    "encoder": ConvolutionalTrunk(workload, 2 * workload.width, workload.latentSize),
                    "generator": SnganGenerator(workload),
                    "discriminator": SnganDiscriminator(workload),
                }
            )
        return nn.ModuleDict(
            {
                "encoder": ConvolutionalTrunk(workload, workload.width, workload.latentSize),
                "generator": ConvolutionalGenerator(workload),
                "discriminator": ConvolutionalTrunk(workload, workload.width, 1),
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
    return np.flip(values, axes) if has_image_generator(workload) else values


_TORCH_LEAF = {
    "kernel": "weight",
    "bias": "bias",
    "scale": "weight",
    "offset": "bias",
    "movingMean": "running_mean",
    "movingVariance": "running_var",
}


def _parameter(networks, workload, name: str) -> torch.Tensor:
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
    if has_image_generator(workload):
        return np.ascontiguousarray(_swap_features(name, values, workload, to_torch=True).T)
    return np.ascontiguousarray(values.T)


def _from_torch(name: str, values: np.ndarray, workload) -> np.ndarray:
    if values.ndim == 4:
        return _turned(values.transpose(2, 3, 1, 0), workload, axes=(0, 1))
    if has_image_generator(workload):
        return _swap_features(name, values.T, workload, to_torch=False)
    return values.T


def _swap_features(name: str, values: np.ndarray, workload, to_torch: bool) -> np.ndarray:
    """Reorder a flattened feature map between [h, w, c] and PyTorch's [c, h, w] turned by 180 degrees."""
    role = name.split("/")[0]
    if role == "generator":
        flat = name.startswith(("generator/dense/", "generator/norm0/"))
    else:
        flat = name.endswith("/dense/kernel")
    if not flat:
        return values
    side, channels = feature_map(workload, role)
    order = np.arange(side * side * channels).reshape(side, side, -1)[::-1, ::-1].transpose(2, 0, 1).reshape(-1)
    if not to_torch:
        order = np.argsort(order)
    return np.take(values, order, axis=-1 if role == "generator" else 0)
