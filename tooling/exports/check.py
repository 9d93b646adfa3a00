"""Reads exported networks back, each in the program that its form is for, and says how far what they compute is from what is
written beside them. A line of JSON for each network.

    python check.py <folder> onnx | tensorflow | torch
"""

import json
import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file

folder, program = pathlib.Path(sys.argv[1]), sys.argv[2]


def of_onnx():
    import onnxruntime

    def run(case, role, inputs):
        session = onnxruntime.InferenceSession(folder / case / "onnx" / f"{role}.onnx")
        return session.run(["output"], inputs)[0]

    return f"onnxruntime {onnxruntime.__version__}", run


def of_tensorflow():
    import tensorflow as tf

    def run(case, role, inputs):
        loaded = tf.saved_model.load(str(folder / case / "saved-model" / role))
        return loaded.signatures["serving_default"](**{name: tf.constant(value) for name, value in inputs.items()})["output"].numpy()

    return f"TensorFlow {tf.__version__}", run


def of_torch():
    """The weights alone: the network is put together from the layers' description, with PyTorch's own operations."""
    import torch
    from torch.nn import functional

    def padded(x, size, stride, value=0.0):
        """TensorFlow's "same": what is odd is added below and on the right."""
        pads = []
        for extent in (x.shape[3], x.shape[2]):
            total = max((-(-extent // stride) - 1) * stride + size - extent, 0)
            pads += [total // 2, total - total // 2]
        return functional.pad(x, pads, value=value)

    def layer(kind, config, weights, xs):
        x = xs[0]
        if kind == "InputLayer":
            return x
        if kind == "Dense":
            # [in, out] there, [out, in] here.
            return functional.linear(x, weights["kernel"].T, weights.get("bias"))
        if kind == "Conv2D":
            # [height, width, in, out] there, [out, in, height, width] here.
            kernel = weights["kernel"].permute(3, 2, 0, 1)
            stride = config["strides"][0]
            return functional.conv2d(padded(x, kernel.shape[2], stride), kernel, weights.get("bias"), stride)
        if kind == "Conv2DTranspose":
            # [height, width, out, in] there, [in, out, height, width] here; "same" takes a window out of all that there is.
            kernel = weights["kernel"].permute(3, 2, 0, 1)
            stride, size = config["strides"][0], kernel.shape[2]
            whole = functional.conv_transpose2d(x, kernel, None, stride)
            before = (size - stride) // 2
            height, width = x.shape[2] * stride, x.shape[3] * stride
            window = whole[:, :, before : before + height, before : before + width]
            return window if "bias" not in weights else window + weights["bias"][:, None, None]
        if kind == "BatchNormalization":
            numbers = [weights[name] for name in ("moving_mean", "moving_variance", "gamma", "beta")]
            return functional.batch_norm(x, *numbers, training=False, eps=config["epsilon"])
        if kind == "ReLU":
            return functional.relu(x)
        if kind == "LeakyReLU":
            return functional.leaky_relu(x, config["alpha"])
        if kind == "Activation":
            return {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": functional.relu}[config["activation"]](x)
        if kind == "Reshape":
            height, width, channels = config["target_shape"]
            return x.reshape(-1, height, width, channels).permute(0, 3, 1, 2)
        if kind == "Flatten":
            return x.permute(0, 2, 3, 1).flatten(1) if x.ndim == 4 else x.flatten(1)
        if kind == "UpSampling2D":
            return functional.interpolate(x, scale_factor=config["size"][0], mode="nearest")
        if kind == "AveragePooling2D":
            return functional.avg_pool2d(x, config["pool_size"][0])
        if kind == "Add":
            return xs[0] + xs[1]
        if kind == "Rescaling":
            return x * config["scale"] + config["offset"]
        if kind == "DistGanGlobalSumPooling2D":
            return x.sum((2, 3))
        if kind == "DistGanSpectralNorm":
            # The kernel divided by left^T kernel right, with the vectors that power iteration has found.
            inner = config["layer"]
            kernel = weights.pop("kernel")
            left, right = [next(weights[name] for name in weights if name.endswith(f"{side}-vector")) for side in ("left", "right")]
            sigma = (left * (kernel.reshape(-1, kernel.shape[-1]) @ right)).sum()
            rest = {"bias": weights["bias"]} if "bias" in weights else {}
            return layer(inner["class_name"], inner["config"], {"kernel": kernel / sigma, **rest}, xs)
        raise ValueError(f"no layer {kind}")

    def forward(case, role, inputs, kind):
        model = json.loads((folder / case / "layers-model" / role / "model.json").read_text())
        config = model["modelTopology"]["config"]
        tensors = load_file(folder / case / "safetensors" / f"{role}.safetensors")
        first = torch.tensor(inputs).to(kind)
        values = {}
        for description in config["layers"]:
            name = description["config"]["name"]
            weights = {
                key.split("/")[-1]: torch.tensor(value).to(kind)
                for key, value in tensors.items()
                if key.startswith(f"{name}/")
            }
            nodes = description["inbound_nodes"]
            xs = [values[node[0]] for node in nodes[0]] if nodes else [first.permute(0, 3, 1, 2) if first.ndim == 4 else first]
            values[name] = layer(description["class_name"], description["config"], weights, xs)
        output = values[config["output_layers"][0][0]]
        return (output.permute(0, 2, 3, 1) if output.ndim == 4 else output).numpy()

    def run(case, role, inputs):
        exact = forward(case, role, inputs["input"], torch.float64)
        return forward(case, role, inputs["input"], torch.float32), exact

    return f"torch {torch.__version__}", run


name, run = {"onnx": of_onnx, "tensorflow": of_tensorflow, "torch": of_torch}[program]()
for path in sorted(folder.glob("*/*.safetensors")):
    case, role = path.parent.name, path.stem
    known = load_file(path)
    inputs = {name: known[name] for name in sorted(known) if name.startswith("input")}
    if program == "torch" and len(inputs) > 1:
        continue  # Layers that see classes are ours; their weights are written as all others are.
    answer = run(case, role, inputs)
    computed, exact = answer if isinstance(answer, tuple) else (answer, None)
    assert computed.shape == known["output"].shape, (case, role, computed.shape)
    line = {
        "program": name,
        "case": case,
        "role": role,
        "largest": float(np.abs(known["output"]).max()),
        "difference": float(np.abs(computed - known["output"]).max()),
    }
    if role == "generator":
        computed_bytes, known_bytes = (np.floor(255 * values + 0.5) for values in (computed, known["output"]))
        line["otherBytes"] = int((computed_bytes != known_bytes).sum())
    if exact is not None:
        line["differenceFromFloat64"] = float(np.abs(known["output"] - exact).max())
    print(json.dumps(line))
