"""Images per second of Inception-v3 in PyTorch, as a user has it at its best: eval and inference mode, channels_last.

Bytes of 299 x 299 in, features of layer 2048 out; random weights. Prints one JSON line.
"""

import argparse
import json
import time

import numpy as np
import torch

from inception_network import InceptionV3

parser = argparse.ArgumentParser()
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--seconds", type=float, default=8)
parser.add_argument("--threads", type=int, default=2)
options = parser.parse_args()
torch.set_num_threads(options.threads)
network = InceptionV3().eval().to(memory_format=torch.channels_last)
images = np.random.default_rng(0).integers(0, 256, (options.batch, 299, 299, 3), dtype=np.uint8)


def extract():
    x = (torch.from_numpy(images).permute(0, 3, 1, 2).float() - 128) / 128
    return network(x.contiguous(memory_format=torch.channels_last), "2048")["2048"].numpy()


with torch.inference_mode():
    extract()
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < options.seconds or len(times) < 3:
        before = time.perf_counter()
        extract()
        times.append(time.perf_counter() - before)
rates = sorted(options.batch / seconds for seconds in times)
print(json.dumps({"batch": options.batch, "median": rates[len(rates) // 2], "best": rates[-1]}))
