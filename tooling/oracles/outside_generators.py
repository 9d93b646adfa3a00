"""Generators made and trained in PyTorch, for the tests that load weights from outside (packages/architectures/src/outside).

Three networks with the names and layouts of published ones, at a small width: the generator of mimicry's SN-GAN for 32 x 32, that of
PyTorch's DCGAN example, and SN-GAN's standard CNN as PyTorch's users write it, with a bias in front of every batch norm. Each is
trained for some steps, so that its batch norms have seen something, and is then asked for images in evaluation mode.

    pip install torch==2.15.0 safetensors==0.8.0 numpy==2.4.6 && python outside_generators.py
"""

import pathlib

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

here = pathlib.Path(__file__).parent.parent / "fixtures" / "outside"


class Block(nn.Module):
    """A residual block that doubles the size: the names are those of mimicry's GBlock."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.c1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.c2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.b1 = nn.BatchNorm2d(inputs)
        self.b2 = nn.BatchNorm2d(outputs)
        self.c_sc = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        def doubled(images):
            return functional.interpolate(images, scale_factor=2, mode="bilinear", align_corners=False)

        main = self.c1(doubled(functional.relu(self.b1(x))))
        return self.c2(functional.relu(self.b2(main))) + self.c_sc(doubled(x))


class MimicrySngan32(nn.Module):
    def __init__(self, latents=6, width=4):
        super().__init__()
        self.width = width
        self.l1 = nn.Linear(latents, 4 * 4 * width)
        self.block2 = Block(width, width)
        self.block3 = Block(width, width)
        self.block4 = Block(width, width)
        self.b5 = nn.BatchNorm2d(width)
        self.c5 = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, latents):
        x = self.l1(latents).view(-1, self.width, 4, 4)
        x = self.block4(self.block3(self.block2(x)))
        return torch.tanh(self.c5(functional.relu(self.b5(x))))


class PytorchDcgan(nn.Module):
    """The layers of pytorch/examples dcgan/main.py, in the same places of `main`."""

    def __init__(self, latents=5, width=2):
        super().__init__()
        layers = [nn.ConvTranspose2d(latents, 8 * width, 4, 1, 0, bias=False)]
        for multiple in (8, 4, 2):
            layers += [nn.BatchNorm2d(multiple * width), nn.ReLU()]
            layers += [nn.ConvTranspose2d(multiple * width, multiple * width // 2, 4, 2, 1, bias=False)]
        layers += [nn.BatchNorm2d(width), nn.ReLU(), nn.ConvTranspose2d(width, 3, 4, 2, 1, bias=False), nn.Tanh()]
        self.main = nn.Sequential(*layers)

    def forward(self, latents):
        return self.main(latents[:, :, None, None])


class StandardCnn(nn.Module):
    """SN-GAN's standard CNN for 16 x 16, another epsilon, and biases that the batch norms take away again."""

    def __init__(self, latents=4, width=2):
        super().__init__()
        self.width = width
        self.project = nn.Linear(latents, 2 * 2 * 8 * width)
        self.project_norm = nn.BatchNorm1d(2 * 2 * 8 * width, eps=1e-3)
        self.up = nn.ModuleList(nn.ConvTranspose2d(m * width, m * width // 2, 4, 2, 1) for m in (8, 4, 2))
        self.norms = nn.ModuleList(nn.BatchNorm2d(m * width, eps=1e-3) for m in (4, 2, 1))
        self.to_image = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, latents):
        x = functional.relu(self.project_norm(self.project(latents)))
        x = x.view(-1, 8 * self.width, 2, 2)
        for up, norm in zip(self.up, self.norms):
            x = functional.relu(norm(up(x)))
        return torch.sigmoid(self.to_image(x))


def train(generator, latents, steps=20):
    """Some steps against a small discriminator, on images of two colours."""
    torch.manual_seed(1)
    side = generator(torch.randn(2, latents)).shape[-1]
    discriminator = nn.Sequential(nn.Conv2d(3, 4, 4, 2, 1), nn.LeakyReLU(0.2), nn.Flatten(), nn.LazyLinear(1))
    discriminator(torch.zeros(1, 3, side, side))
    optimizers = [torch.optim.Adam(net.parameters(), 2e-2, (0.5, 0.999)) for net in (generator, discriminator)]
    for _ in range(steps):
        real = torch.sign(torch.randn(16, 3, 1, 1)).expand(-1, -1, side, side) * 0.8
        fake = generator(torch.randn(16, latents))
        loss = functional.softplus(-discriminator(real)) + functional.softplus(discriminator(fake.detach()))
        optimizers[1].zero_grad()
        loss.mean().backward()
        optimizers[1].step()
        optimizers[0].zero_grad()
        functional.softplus(-discriminator(fake)).mean().backward()
        optimizers[0].step()


for name, latents, make, count in [
    ("mimicry-sngan", 6, MimicrySngan32, 2),
    ("pytorch-dcgan", 5, PytorchDcgan, 1),
    ("standard-cnn", 4, StandardCnn, 3),
]:
    torch.manual_seed(0)
    generator = make()
    train(generator, latents)
    generator.eval()
    chosen = torch.randn(count, latents)
    with torch.no_grad():
        images = generator(chosen)
        exact = make().double()
        exact.load_state_dict(generator.state_dict())
        exact.eval()
        difference = (exact(chosen.double()) - images).abs().max().item()
    print(f"{name}: pixels from {images.min():.3f} to {images.max():.3f}; float32 from float64: {difference:.1e}")
    metadata = {"made by": f"tooling/oracles/outside_generators.py, torch {torch.__version__}"}
    save_file(generator.state_dict(), here / f"{name}.safetensors", metadata)
    save_file({"latents": chosen, "images": images.contiguous()}, here / f"{name}.expected.safetensors", metadata)
