"""Expected features of Inception-v3 with seeded random weights, in float64, and small files as the published ones are.

    pip install torch numpy
    python tooling/oracles/inception_vectors.py tooling/fixtures/inception

writes `features.json` (every layer, two images) and, with the first convolution alone, `first.pth` (torch.save's zip),
`first-legacy.pth` (torch.save before PyTorch 1.6, the layout of the published file), `first.safetensors` and `first.pb`
(a frozen TensorFlow graph). The last two are written by hand here, from the descriptions of the formats.
"""

import json
import math
import struct
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
sys.path += [str(BENCHMARKS / "metrics"), str(BENCHMARKS / "peers")]
from inception_network import InceptionV3
from seeded import uniform

# The first convolution, by TensorFlow's name and PyTorch's.
STEM = {"conv": "Conv2d_1a_3x3"}


def between(stream, shape, low, high):
    count = math.prod(shape)
    return (low + (high - low) * uniform(stream, count)).astype(np.float32).reshape(shape)


def seeded_state(network):
    """Weights that keep the size of activations from layer to layer, from each tensor's own name."""
    state = OrderedDict()
    for name, tensor in network.state_dict().items():
        shape = tuple(tensor.shape)
        if name.endswith("num_batches_tracked"):
            continue
        if name.endswith(("conv.weight", "fc.weight")):
            bound = math.sqrt(6 / math.prod(shape[1:]))
            values = between(name, shape, -bound, bound)
        elif name.endswith(("bn.weight", "running_var")):
            values = between(name, shape, 0.5, 1.5)
        else:
            values = between(name, shape, -0.1, 0.1)
        state[name] = torch.from_numpy(values)
    return state


def varint(value):
    out = bytearray()
    while True:
        low, value = value & 0x7F, value >> 7
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def field(number, content):
    """A length-delimited field (text, bytes, message), or a varint for a whole number."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content


def graph_node(name, op, attributes):
    node = field(1, name) + field(2, op)
    for key, value in attributes.items():
        node += field(5, field(1, key) + field(2, value))
    return field(1, node)


def const(name, array, content=True):
    shape = b"".join(field(2, field(1, size)) for size in array.shape)
    numbers = array.astype("<f4").tobytes()
    tensor = field(1, 1) + field(2, shape) + (field(4, numbers) if content else field(5, numbers))
    return graph_node(name, "Const", {"dtype": field(6, 1), "value": field(8, tensor)})


def graph_def(state):
    graph = graph_node("DecodeJpeg/contents", "Const", {"dtype": field(6, 7), "value": field(8, field(1, 7) + field(8, "x"))})
    for name, torch_name in STEM.items():
        weights = state[f"{torch_name}.conv.weight"].permute(2, 3, 1, 0).contiguous().numpy()
        graph += const(f"{name}/conv2d_params", weights)
        for part, torch_part in {
            "beta": "bias",
            "gamma": "weight",
            "moving_mean": "running_mean",
            "moving_variance": "running_var",
        }.items():
            graph += const(f"{name}/batchnorm/{part}", state[f"{torch_name}.bn.{torch_part}"].numpy(), part == "beta")
        graph += graph_node(
            f"{name}/batchnorm",
            "BatchNormWithGlobalNormalization",
            {"variance_epsilon": varint(4 << 3 | 5) + struct.pack("<f", 0.001), "scale_after_normalization": field(5, 1)},
        )
    return graph


def safetensors(state):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in state.items():
        numbers = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(numbers)]}
        data += numbers
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    network = InceptionV3()
    state = seeded_state(network)
    network.load_state_dict(state, strict=False)
    network = network.double().eval()
    images = torch.from_numpy(between("images", (2, 299, 299, 3), -1, 1)).double().permute(0, 3, 1, 2)
    with torch.inference_mode():
        features = network(images)
    summary = {
        layer: {
            "dimension": values.shape[1],
            "last": [[round(v, 9) for v in row[-6:].tolist()] for row in values],
            "mean": [round(v, 9) for v in values.mean(1).tolist()],
            "length": [round(v, 8) for v in values.norm(dim=1).tolist()],
        }
        for layer, values in features.items()
    }
    (folder / "features.json").write_text(json.dumps(summary, indent=1) + "\n")

    # The filter is a transposed view, which torch.save keeps as a view with strides.
    first = OrderedDict((k, v) for k, v in state.items() if k.startswith("Conv2d_1a_3x3."))
    view = OrderedDict(first)
    name = "Conv2d_1a_3x3.conv.weight"
    view[name] = first[name].permute(2, 3, 1, 0).contiguous().permute(3, 2, 0, 1)
    view["Conv2d_1a_3x3.bn.num_batches_tracked"] = torch.tensor(0)
    torch.save(view, folder / "first.pth")
    torch.save(view, folder / "first-legacy.pth", _use_new_zipfile_serialization=False)
    (folder / "first.safetensors").write_bytes(safetensors(first))
    (folder / "first.pb").write_bytes(graph_def(first))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
