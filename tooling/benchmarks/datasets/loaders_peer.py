"""torchvision's data sets behind a DataLoader, as run by loaders.mjs: seconds to the first batch and pictures a second, in JSON lines."""

import argparse
import json
import pathlib
import time

import torch
import torchvision
from torchvision import transforms

parser = argparse.ArgumentParser()
parser.add_argument("--set", choices=["mnist", "cifar10", "folder"], required=True)
parser.add_argument("--data", required=True, help="folder with the files")
parser.add_argument("--workers", type=int, required=True)
parser.add_argument("--passes", type=int, required=True)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--size", type=int, default=64, help="of the pictures of a folder")
options = parser.parse_args()


class ReadMnist(torchvision.datasets.MNIST):
    """Its own reader, on files that lie where the project keeps them."""

    @property
    def raw_folder(self):
        return options.data


class PartOfCifar(torchvision.datasets.CIFAR10):
    """The files that are there: one of five where a machine has no more."""

    train_list = [
        entry
        for entry in torchvision.datasets.CIFAR10.train_list
        if (pathlib.Path(options.data) / "cifar-10-batches-py" / entry[0]).exists()
    ]


def load():
    if options.set == "mnist":
        return ReadMnist(options.data, train=True, transform=transforms.ToTensor())
    if options.set == "cifar10":
        return PartOfCifar(options.data, train=True, transform=transforms.ToTensor())
    resize = [transforms.Resize(options.size), transforms.CenterCrop(options.size), transforms.ToTensor()]
    return torchvision.datasets.ImageFolder(options.data, transform=transforms.Compose(resize))


started = time.perf_counter()
dataset = load()
loader = torch.utils.data.DataLoader(
    dataset, batch_size=options.batch, shuffle=True, num_workers=options.workers, persistent_workers=options.workers > 0
)
first, speeds = None, []
for _ in range(options.passes):
    begin = time.perf_counter()
    count = 0
    for pictures, _ in loader:
        first = first or time.perf_counter() - started
        count += len(pictures)
    speeds.append(count / (time.perf_counter() - begin))
print(
    json.dumps(
        {
            "count": count,
            "firstSeconds": first,
            "speeds": speeds,
            "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__},
        }
    )
)
