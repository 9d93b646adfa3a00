"""Cases of every kernel of the compiler's table, at random shapes, axes, attributes and types, with what NumPy and SciPy give.

    python tooling/oracles/kernels.py > packages/compiler/test/kernel-cases.json       # the fixture: 3 cases of each
    python tooling/oracles/kernels.py --count 40 --seed 7 > /tmp/cases.json             # many more, for
    DIST_GAN_KERNEL_CASES=/tmp/cases.json pnpm unit packages/compiler/src/kernels/oracle.test.ts

Every result is computed in float64 from the definition of the operation in TensorFlow's documentation, by loops where NumPy has no
such function, and never by calling another implementation of the kernel. Inputs are float32 numbers.
"""

import argparse
import itertools
import json
import math

import numpy as np
import scipy.special

arguments = argparse.ArgumentParser()
arguments.add_argument("--count", type=int, default=3)
arguments.add_argument("--seed", type=int, default=1)
options = arguments.parse_args()
random = np.random.default_rng(options.seed)
cases = []


def chance(p):
    return bool(random.random() < p)


def pick(values):
    return values[int(random.integers(len(values)))]


def whole(low, high):
    return int(random.integers(low, high + 1))


def shape_of(rank=None, low=1, high=4, empty=0.08):
    rank = whole(0, 4) if rank is None else rank
    shape = [whole(low, high) for _ in range(rank)]
    if rank > 0 and chance(empty):
        shape[whole(0, rank - 1)] = 0
    return shape


def floats(shape, low=-3.0, high=3.0):
    return random.uniform(low, high, shape).astype(np.float32)


def integers(shape, low=-9, high=9):
    return random.integers(low, high + 1, shape).astype(np.int32)


def booleans(shape):
    return random.random(shape) < 0.5


def some(shape, dtype):
    return {"float32": floats, "int32": integers, "bool": booleans}[dtype](shape)


def wide(x):
    return x.astype(np.float64) if x.dtype == np.float32 else x


def tensor(x):
    x = np.asarray(x)
    if x.dtype == np.bool_:
        dtype, data = "bool", x.astype(int).ravel().tolist()
    elif x.dtype.kind in "iu":
        dtype, data = "int32", x.ravel().tolist()
    else:
        # Shortest texts that float32 reads back.
        dtype = "float32"
        data = [
            float(str(v)) if math.isfinite(v) else ("NaN" if math.isnan(v) else ("Infinity" if v > 0 else "-Infinity"))
            for v in x.astype(np.float32).ravel()
        ]
    return {"shape": list(x.shape), "dtype": dtype, "data": data}


def case(kernel, inputs, attributes, outputs, tolerance=1e-5):
    """One case. Inputs are named, or a list; tolerance is a share of the largest entry, or of 1."""
    named = isinstance(inputs, dict)
    cases.append(
        {
            "kernel": kernel,
            "inputs": {k: tensor(v) for k, v in inputs.items()} if named else [tensor(v) for v in inputs],
            "attributes": attributes,
            "outputs": [tensor(v) for v in (outputs if isinstance(outputs, list) else [outputs])],
            **({} if tolerance == 1e-5 else {"tolerance": tolerance}),
        }
    )


makers = {}


def kernel(*names):
    def keep(make):
        for name in names:
            makers[name] = make
        return make

    return keep


# ---- made from nothing


@kernel("ZerosLike", "OnesLike")
def _(name):
    x = some(shape_of(), pick(["float32", "int32", "bool"]))
    case(name, {"x": x}, {}, np.zeros_like(x) if name == "ZerosLike" else np.ones_like(x))


@kernel("Fill")
def _(name):
    shape, dtype = shape_of(), pick(["float32", "int32"])
    value = 2.5 if dtype == "float32" else 7
    case(name, {}, {"shape": shape, "value": value, "dtype": dtype}, np.full(shape, value, dtype))


@kernel("Range")
def _(name):
    step = pick([1, 2, -1, -3])
    start, dtype = whole(-5, 5), pick(["float32", "int32"])
    stop = start + step * whole(1, 6) + pick([0, 1 if step > 0 else -1])
    case(name, {}, {"start": start, "stop": stop, "step": step, "dtype": dtype}, np.arange(start, stop, step).astype(dtype))


@kernel("LinSpace")
def _(name):
    start, stop, num = whole(-5, 5) + 0.5, whole(-5, 5) + 0.25, whole(2, 9)
    case(name, {}, {"start": start, "stop": stop, "num": num}, np.linspace(start, stop, num))


@kernel("Diag")
def _(name):
    x = floats(shape_of(whole(1, 3), high=3))
    case(name, {"x": x}, {}, np.diag(x.ravel()).reshape(x.shape + x.shape))


# ---- element by element

unary = {
    "Abs": (np.abs, -3, 3),
    "Acos": (np.arccos, -1, 1),
    "Acosh": (np.arccosh, 1, 9),
    "Asin": (np.arcsin, -1, 1),
    "Asinh": (np.arcsinh, -9, 9),
    "Atan": (np.arctan, -9, 9),
    "Atanh": (np.arctanh, -0.95, 0.95),
    "Ceil": (np.ceil, -3, 3),
    "Cos": (np.cos, -9, 9),
    "Cosh": (np.cosh, -5, 5),
    "Elu": (lambda x: np.where(x < 0, np.expm1(np.minimum(x, 0)), x), -5, 5),
    "Erf": (scipy.special.erf, -4, 4),
    "Exp": (np.exp, -5, 5),
    "Expm1": (np.expm1, -5, 5),
    "Floor": (np.floor, -3, 3),
    "Log": (np.log, 0.01, 9),
    "Log1p": (np.log1p, -0.9, 9),
    "Neg": (np.negative, -3, 3),
    "Reciprocal": (np.reciprocal, 0.1, 9),
    "Relu": (lambda x: np.maximum(x, 0), -3, 3),
    "Relu6": (lambda x: np.clip(x, 0, 6), -9, 9),
    "Round": (np.round, -5, 5),
    "Rsqrt": (lambda x: 1 / np.sqrt(x), 0.1, 9),
    "Selu": (
        lambda x: 1.0507009873554805 * np.where(x < 0, 1.6732632423543772 * np.expm1(np.minimum(x, 0)), x),
        -5,
        5,
    ),
    "Sigmoid": (scipy.special.expit, -30, 30),
    "Sign": (np.sign, -3, 3),
    "Sin": (np.sin, -9, 9),
    "Sinh": (np.sinh, -5, 5),
    "Softplus": (lambda x: np.logaddexp(x, 0), -30, 30),
    "Sqrt": (np.sqrt, 0, 9),
    "Square": (np.square, -3, 3),
    "Tan": (np.tan, -1.4, 1.4),
    "Tanh": (np.tanh, -9, 9),
}


@kernel(*unary)
def _(name):
    function, low, high = unary[name]
    x = floats(shape_of(), low, high)
    if name in ("Round", "Ceil", "Floor", "Sign", "Relu", "Abs") and x.size > 2:
        # Halves, whole numbers and zero.
        x.ravel()[:3] = [pick([0.5, 1.5, 2.5, -0.5, -1.5]), whole(-3, 3), 0]
    case(name, {"x": x}, {}, function(wide(x)))


@kernel("Log", "Log1p", "Exp", "Expm1", "Tanh", "Sigmoid", "Softplus", "Asinh")
def _(name):
    """Small arguments, of which each digit counts: an answer relative to 1 would hide that they are lost."""
    function, _, _ = unary[name]
    if chance(0.5):
        return makers_of_elements(name)
    x = floats([6], 1e-6, 1e-5) if name != "Log" else 1 + floats([6], 1e-4, 1e-3)
    scale = 1 if name in ("Exp", "Sigmoid", "Softplus") else 1e-3 if name == "Log" else 1e-6
    case(name, {"x": x}, {}, function(wide(x)), 1e-5 * scale)


def makers_of_elements(name):
    function, low, high = unary[name]
    x = floats(shape_of(), low, high)
    case(name, {"x": x}, {}, function(wide(x)))


@kernel("LogicalNot")
def _(name):
    x = booleans(shape_of())
    case(name, {"x": x}, {}, ~x)


@kernel("IsNan", "IsInf", "IsFinite")
def _(name):
    x = floats(shape_of(whole(1, 3), low=2))
    if x.size > 3:
        x.ravel()[:3] = [np.nan, np.inf, -np.inf]
    case(name, {"x": x}, {}, {"IsNan": np.isnan, "IsInf": np.isinf, "IsFinite": np.isfinite}[name](x))


@kernel("LeakyRelu")
def _(name):
    x, alpha = floats(shape_of()), pick([0.2, 0.01, 0.5])
    case(name, {"x": x}, {"alpha": alpha}, np.where(wide(x) > 0, wide(x), alpha * wide(x)))


@kernel("Step")
def _(name):
    x, alpha = floats(shape_of()), pick([0, 0.5])
    case(name, {"x": x}, {"alpha": alpha}, np.where(x > 0, 1.0, alpha))


@kernel("Prelu")
def _(name):
    x = floats(shape_of(whole(1, 4)))
    alpha = floats([1 if chance(0.3) else n for n in x.shape], 0.1, 0.9)
    case(name, {"x": x, "alpha": alpha}, {}, np.where(wide(x) > 0, wide(x), wide(alpha) * wide(x)))


@kernel("EluGrad")
def _(name):
    shape = shape_of()
    dy, y = floats(shape), floats(shape, -0.9, 2)
    case(name, {"dy": dy, "y": y}, {}, wide(dy) * np.where(y >= 0, 1, wide(y) + 1))


@kernel("ClipByValue")
def _(name):
    x = floats(shape_of())
    low = pick([-1.0, 0.0, 0.5])
    case(name, {"x": x}, {"clipValueMin": low, "clipValueMax": low + 1}, np.clip(wide(x), low, low + 1))


@kernel("Cast")
def _(name):
    before, after = pick(["float32", "int32", "bool"]), pick(["float32", "int32", "bool"])
    x = some(shape_of(), before)
    case(name, {"x": x}, {"dtype": after}, np.trunc(x).astype(after) if after == "int32" else x.astype(after))


def broadcast_shapes():
    whole_shape = shape_of()
    one, other = list(whole_shape), list(whole_shape)
    for shape in (one, other):
        for axis in range(len(shape)):
            if chance(0.25):
                shape[axis] = 1
        del shape[: whole(0, len(shape)) if chance(0.4) else 0]
    return one, other


def floor_mod(a, b):
    return a - np.floor(a / b) * b


arithmetic = {
    "Add": np.add,
    "Sub": np.subtract,
    "Multiply": np.multiply,
    "RealDiv": np.divide,
    "Maximum": np.maximum,
    "Minimum": np.minimum,
    "SquaredDifference": lambda a, b: (a - b) ** 2,
    "FloorDiv": np.floor_divide,
    "Mod": np.mod,
}


@kernel(*arithmetic)
def _(name):
    dtype = "float32" if name == "RealDiv" else pick(["float32", "int32"])
    a, b = (some(shape, dtype) for shape in broadcast_shapes())
    if name in ("RealDiv", "FloorDiv", "Mod"):
        b = np.where(np.abs(b) < 1, np.asarray(2, b.dtype), b)
    case(name, {"a": a, "b": b}, {}, arithmetic[name](wide(a), wide(b)))


@kernel("Pow")
def _(name):
    one, other = broadcast_shapes()
    if chance(0.5):
        a, b = floats(one, 0.1, 3), floats(other)
        case(name, {"a": a, "b": b}, {}, wide(a) ** wide(b))
    else:
        a, b = integers(one, -4, 4), integers(other, 0, 4)
        case(name, {"a": a, "b": b}, {}, a**b)


@kernel("BitwiseAnd")
def _(name):
    a, b = (integers(shape, -99, 99) for shape in broadcast_shapes())
    case(name, {"a": a, "b": b}, {}, a & b)


@kernel("Atan2")
def _(name):
    a, b = (floats(shape) for shape in broadcast_shapes())
    case(name, {"a": a, "b": b}, {}, np.arctan2(wide(a), wide(b)))


@kernel("AddN")
def _(name):
    shape = shape_of()
    terms = [floats(shape) for _ in range(whole(1, 4))]
    case(name, terms, {}, sum(wide(term) for term in terms))


comparisons = {
    "Equal": np.equal,
    "NotEqual": np.not_equal,
    "Greater": np.greater,
    "GreaterEqual": np.greater_equal,
    "Less": np.less,
    "LessEqual": np.less_equal,
}


@kernel(*comparisons)
def _(name):
    dtype = pick(["float32", "int32"] + (["bool"] if name in ("Equal", "NotEqual") else []))
    a, b = (np.round(some(shape, dtype)).astype(dtype) if dtype != "bool" else booleans(shape) for shape in broadcast_shapes())
    case(name, {"a": a, "b": b}, {}, comparisons[name](a, b))


@kernel("LogicalAnd", "LogicalOr")
def _(name):
    a, b = (booleans(shape) for shape in broadcast_shapes())
    case(name, {"a": a, "b": b}, {}, a & b if name == "LogicalAnd" else a | b)


@kernel("Select")
def _(name):
    shape, dtype = shape_of(whole(1, 4)), pick(["float32", "int32", "bool"])
    t, e = some(shape, dtype), some(shape, dtype)
    rows = chance(0.4)
    condition = booleans(shape[:1] if rows else shape)
    spread = condition.reshape(shape[:1] + [1] * (len(shape) - 1)) if rows else condition
    case(name, {"condition": condition, "t": t, "e": e}, {}, np.where(spread, t, e))


# ---- reductions


def axes_of(rank):
    if rank == 0:
        return []
    chosen = random.permutation(rank)[: whole(1, rank)]
    return [int(axis) - (rank if chance(0.4) else 0) for axis in chosen]


def reduced(function, x, axes, keep):
    return function(x, axis=tuple(axes), keepdims=keep)


@kernel("Sum", "Mean", "Prod", "Max", "Min", "All", "Any")
def _(name):
    dtype = "bool" if name in ("All", "Any") else pick(["float32", "float32", "int32"])
    least = name in ("Max", "Min", "Mean")
    shape = shape_of(whole(0, 4), empty=0 if least else 0.1)
    x = integers(shape, -3, 3) if dtype == "int32" else some(shape, dtype)
    axes, keep = axes_of(len(shape)), chance(0.4)
    function = {
        "Sum": np.sum,
        "Mean": np.mean,
        "Prod": np.prod,
        "Max": np.max,
        "Min": np.min,
        "All": np.all,
        "Any": np.any,
    }[name]
    expected = reduced(function, wide(x), axes, keep)
    attributes = {"reductionIndices" if name == "Max" else "axis": axes, "keepDims": keep}
    case(name, {"x": x}, attributes, expected)


@kernel("ArgMax", "ArgMin")
def _(name):
    shape = shape_of(whole(1, 4), empty=0)
    x = integers(shape, -2, 2) if chance(0.5) else floats(shape)
    axis = whole(0, len(shape) - 1) - (len(shape) if chance(0.4) else 0)
    function = np.argmax if name == "ArgMax" else np.argmin
    case(name, {"x": x}, {"axis": axis}, function(x, axis).astype(np.int32))


@kernel("Cumsum", "Cumprod")
def _(name):
    shape = shape_of(whole(1, 4), empty=0.05)
    x = integers(shape, -2, 2) if chance(0.3) else floats(shape)
    axis = whole(0, len(shape) - 1)
    exclusive, reverse = chance(0.5), chance(0.5)
    y = np.moveaxis(wide(x), axis, -1)
    y = y[..., ::-1] if reverse else y
    total = np.cumsum(y, -1) if name == "Cumsum" else np.cumprod(y, -1)
    if exclusive and shape[axis] > 0:
        first = np.full(total.shape[:-1] + (1,), 0 if name == "Cumsum" else 1)
        total = np.concatenate([first, total[..., :-1]], -1)
    total = np.moveaxis(total[..., ::-1] if reverse else total, -1, axis)
    axis -= len(shape) if chance(0.4) else 0
    case(name, {"x": x}, {"axis": axis, "exclusive": exclusive, "reverse": reverse}, total.astype(x.dtype))


# ---- moving elements

any_type = ["float32", "float32", "int32", "bool"]


@kernel("Identity")
def _(name):
    x = some(shape_of(), pick(any_type))
    case(name, {"x": x}, {}, x)


@kernel("Reshape")
def _(name):
    x = some(shape_of(empty=0), pick(any_type))
    shape = [int(n) for n in random.permutation(x.shape)]
    shape = shape + [1] if chance(0.3) else shape
    if shape and chance(0.3):
        shape[whole(0, len(shape) - 1)] = -1
    case(name, {"x": x}, {"shape": shape}, x.reshape(shape))


@kernel("ExpandDims")
def _(name):
    x = some(shape_of(), pick(any_type))
    dim = whole(-x.ndim - 1, x.ndim)
    case(name, {"input": x}, {"dim": dim}, np.expand_dims(x, dim))


@kernel("Transpose")
def _(name):
    x = some(shape_of(), pick(any_type))
    perm = [int(axis) for axis in random.permutation(x.ndim)]
    case(name, {"x": x}, {"perm": perm}, np.transpose(x, perm))


@kernel("BroadcastTo")
def _(name):
    shape = shape_of()
    before = [1 if chance(0.4) else n for n in shape][whole(0, len(shape)) if chance(0.4) else 0 :]
    x = some(before, pick(any_type))
    case(name, {"x": x}, {"shape": shape}, np.broadcast_to(x, shape))


@kernel("Tile")
def _(name):
    x = some(shape_of(whole(1, 4), high=3), pick(any_type))
    reps = [whole(1, 3) for _ in x.shape]
    case(name, {"x": x}, {"reps": reps}, np.tile(x, reps))


@kernel("Concat")
def _(name):
    shape, dtype = shape_of(whole(1, 4)), pick(any_type)
    axis = whole(0, len(shape) - 1)
    parts = [some(shape[:axis] + [whole(0, 3)] + shape[axis + 1 :], dtype) for _ in range(whole(1, 4))]
    case(name, parts, {"axis": axis}, np.concatenate(parts, axis))


@kernel("Pack")
def _(name):
    shape, dtype = shape_of(whole(0, 3)), pick(any_type)
    parts = [some(shape, dtype) for _ in range(whole(1, 4))]
    axis = whole(-len(shape) - 1, len(shape))
    case(name, parts, {"axis": axis}, np.stack(parts, axis))


@kernel("Unpack")
def _(name):
    x = some(shape_of(whole(1, 4), empty=0), pick(any_type))
    axis = whole(-x.ndim, x.ndim - 1)
    case(name, {"value": x}, {"axis": axis}, [part for part in np.moveaxis(x, axis, 0)])


@kernel("SplitV")
def _(name):
    sizes = [whole(1, 3) for _ in range(whole(1, 3))]
    shape = shape_of(whole(1, 4))
    axis = whole(0, len(shape) - 1)
    shape[axis] = sum(sizes)
    x = some(shape, pick(any_type))
    expected = np.split(x, np.cumsum(sizes)[:-1], axis)
    axis -= len(shape) if chance(0.4) else 0
    even = len(set(sizes)) == 1 and chance(0.5)
    case(name, {"x": x}, {"numOrSizeSplits": len(sizes) if even else sizes, "axis": axis}, expected)


@kernel("Slice")
def _(name):
    x = some(shape_of(whole(1, 4)), pick(any_type))
    begin = [whole(0, n) for n in x.shape]
    size = [-1 if chance(0.3) else whole(0, n - b) for n, b in zip(x.shape, begin)]
    ends = [n if s < 0 else b + s for n, b, s in zip(x.shape, begin, size)]
    case(name, {"x": x}, {"begin": begin, "size": size}, x[tuple(slice(b, e) for b, e in zip(begin, ends))])


@kernel("StridedSlice")
def _(name):
    x = some(shape_of(whole(1, 4)), pick(any_type))
    begin, end, strides, index = [], [], [], []
    masks = {"beginMask": 0, "endMask": 0, "ellipsisMask": 0, "newAxisMask": 0, "shrinkAxisMask": 0}
    for axis, n in enumerate(x.shape):
        step = pick([1, 1, 2, -1, -2])
        b, e = whole(-n - 1, n + 1), whole(-n - 1, n + 1)
        one, other = b, e
        if chance(0.2):
            masks["beginMask"] |= 1 << axis
            one = None
        if chance(0.2):
            masks["endMask"] |= 1 << axis
            other = None
        kind = random.random()
        if kind < 0.15 and n > 0:
            b = whole(-n, n - 1)
            e, step = b + 1, 1
            masks["shrinkAxisMask"] |= 1 << axis
            masks["beginMask"] &= ~(1 << axis)
            masks["endMask"] &= ~(1 << axis)
            index.append(b)
        else:
            index.append(slice(one, other, step))
        begin.append(b)
        end.append(e)
        strides.append(step)
    attributes = {"begin": begin, "end": end, "strides": strides, **masks}
    case(name, {"x": x}, attributes, x[tuple(index)])


@kernel("Reverse")
def _(name):
    x = some(shape_of(whole(1, 4)), pick(any_type))
    dims = axes_of(x.ndim)
    case(name, {"x": x}, {"dims": dims}, np.flip(x, dims))


@kernel("FlipLeftRight")
def _(name):
    x = floats(shape_of(4, empty=0))
    case(name, {"image": x}, {}, x[:, :, ::-1])


@kernel("PadV2")
def _(name):
    dtype = pick(["float32", "int32"])
    x = some(shape_of(whole(1, 4)), dtype)
    paddings = [[whole(0, 2), whole(0, 2)] for _ in x.shape]
    value = pick([0, -1.5 if dtype == "float32" else 3])
    case(name, {"x": x}, {"paddings": paddings, "constantValue": value}, np.pad(x, paddings, constant_values=value))


@kernel("MirrorPad")
def _(name):
    x = some(shape_of(whole(1, 4), low=2, empty=0), pick(["float32", "int32"]))
    mode = pick(["reflect", "symmetric"])
    most = [n - (mode == "reflect") for n in x.shape]
    paddings = [[whole(0, m), whole(0, m)] for m in most]
    case(name, {"x": x}, {"paddings": paddings, "mode": mode}, np.pad(x, paddings, mode))


def space_to_batch(x, block, paddings):
    x = np.pad(x, [[0, 0]] + paddings + [[0, 0]] * (x.ndim - 1 - len(block)))
    parts = [
        x[(slice(None),) + tuple(slice(o, None, b) for o, b in zip(offsets, block))]
        for offsets in itertools.product(*[range(b) for b in block])
    ]
    return np.concatenate(parts)


@kernel("SpaceToBatchND")
def _(name):
    block = [whole(1, 3), whole(1, 2)]
    spatial, paddings = [], []
    for b in block:
        before, after = whole(0, 2), whole(0, 2)
        n = whole(1, 4)
        n += -(n + before + after) % b
        spatial.append(n)
        paddings.append([before, after])
    x = floats([whole(1, 2)] + spatial + [whole(1, 2)])
    case(name, {"x": x}, {"blockShape": block, "paddings": paddings}, space_to_batch(x, block, paddings))


@kernel("BatchToSpaceND")
def _(name):
    block, batch, channels = [whole(1, 3), whole(1, 2)], whole(1, 2), whole(1, 2)
    spatial = [whole(1, 3), whole(1, 3)]
    space = floats([batch] + [n * b for n, b in zip(spatial, block)] + [channels])
    crops = [[min(whole(0, 1), n * b - 1), 0] for n, b in zip(spatial, block)]
    x = space_to_batch(space, block, [[0, 0], [0, 0]])
    case(name, {"x": x}, {"blockShape": block, "crops": crops}, space[:, crops[0][0] :, crops[1][0] :])


@kernel("DepthToSpace")
def _(name):
    block = whole(2, 3)
    n, h, w, c = whole(1, 2), whole(1, 3), whole(1, 3), whole(1, 2)
    x = floats([n, h, w, block * block * c])
    y = x.reshape(n, h, w, block, block, c).transpose(0, 1, 3, 2, 4, 5).reshape(n, h * block, w * block, c)
    case(name, {"x": x}, {"blockSize": block, "dataFormat": "NHWC"}, y)


# ---- by index


@kernel("GatherV2")
def _(name):
    x = some(shape_of(whole(1, 4), empty=0), pick(any_type))
    axis = whole(0, x.ndim - 1)
    batch = whole(0, axis) if chance(0.4) else 0
    indices = integers(list(x.shape[:batch]) + shape_of(whole(0 if batch == 0 else 1, 2)), 0, x.shape[axis] - 1)
    if batch == 0:
        expected = np.take(x, indices, axis)
    else:
        places = list(itertools.product(*[range(n) for n in x.shape[:batch]]))
        taken = [np.take(x[place], indices[place], axis - batch) for place in places]
        expected = np.array(taken).reshape(list(x.shape[:batch]) + list(taken[0].shape)).astype(x.dtype)
    axis -= x.ndim if chance(0.3) and batch == 0 else 0
    case(name, {"x": x, "indices": indices}, {"axis": axis, "batchDims": batch}, expected)


@kernel("GatherNd")
def _(name):
    params = some(shape_of(whole(1, 4), empty=0), pick(["float32", "int32"]))
    depth = whole(1, params.ndim)
    outer = shape_of(whole(1, 2))
    indices = np.stack([integers(outer, 0, n - 1) for n in params.shape[:depth]], -1).astype(np.int32)
    case(name, {"params": params, "indices": indices}, {}, params[tuple(np.moveaxis(indices, -1, 0))])


@kernel("ScatterNd", "TensorScatterUpdate")
def _(name):
    shape = shape_of(whole(1, 3), empty=0)
    depth = whole(1, len(shape))
    places = list(itertools.product(*[range(n) for n in shape[:depth]]))
    count = whole(1, min(5, len(places)))
    repeats = name == "ScatterNd" and chance(0.5)
    chosen = random.choice(len(places), count, replace=repeats)
    indices = np.array([places[i] for i in chosen], np.int32)
    dtype = pick(["float32", "int32"])
    updates = some([count] + shape[depth:], dtype)
    y = np.zeros(shape, dtype) if name == "ScatterNd" else some(shape, dtype)
    before = y.copy()
    for place, update in zip(indices, updates):
        if name == "ScatterNd":
            y[tuple(place)] += update
        else:
            y[tuple(place)] = update
    if name == "ScatterNd":
        case(name, {"indices": indices, "updates": updates}, {"shape": shape}, y)
    else:
        case(name, {"tensor": before, "indices": indices, "updates": updates}, {}, y)


@kernel("UnsortedSegmentSum")
def _(name):
    x = floats(shape_of(whole(1, 3), empty=0))
    segments = whole(1, 4)
    ids = integers([x.shape[0]], 0, segments - 1)
    y = np.zeros([segments] + list(x.shape[1:]))
    for at, segment in enumerate(ids):
        y[segment] += x[at]
    case(name, {"x": x, "segmentIds": ids}, {"numSegments": segments}, y)


@kernel("OneHot")
def _(name):
    depth = whole(1, 5)
    indices = integers(shape_of(whole(0, 3)), -1, depth)
    dtype = pick(["float32", "int32"])
    on, off = pick([(1, 0), (3, -2)])
    y = np.where(indices[..., None] == np.arange(depth), on, off).astype(dtype)
    case(name, {"indices": indices}, {"depth": depth, "onValue": on, "offValue": off, "dtype": dtype}, y)


@kernel("TopK")
def _(name):
    x = integers(shape_of(whole(1, 3), low=2, empty=0), -3, 3) if chance(0.5) else floats(shape_of(whole(1, 3), low=2, empty=0))
    k = whole(1, x.shape[-1])
    order = np.argsort(-x, -1, kind="stable")[..., :k]
    case(name, {"x": x}, {"k": k, "sorted": True}, [np.take_along_axis(x, order, -1), order.astype(np.int32)])


# ---- products


def swapped(x):
    return np.swapaxes(x, -1, -2)


def activated(y, activation, alpha, prelu):
    return {
        "linear": lambda: y,
        "relu": lambda: np.maximum(y, 0),
        "relu6": lambda: np.clip(y, 0, 6),
        "elu": lambda: np.where(y < 0, np.expm1(np.minimum(y, 0)), y),
        "sigmoid": lambda: scipy.special.expit(y),
        "leakyrelu": lambda: np.where(y > 0, y, alpha * y),
        "prelu": lambda: np.where(y > 0, y, prelu * y),
    }[activation]()


activations = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"]


@kernel("BatchMatMul")
def _(name):
    m, k, n = whole(1, 4), whole(1, 4), whole(1, 4)
    if chance(0.06):
        k = 0
    one, other = broadcast_shapes()
    one, other = one[-2:], other[-2:]
    # The operation of TensorFlow.js gives both as many axes.
    rank = max(len(one), len(other))
    a, b = floats([1] * (rank - len(one)) + one + [m, k]), floats([1] * (rank - len(other)) + other + [k, n])
    y = wide(a) @ wide(b)
    ta, tb = chance(0.5), chance(0.5)
    inputs = {"a": swapped(a) if ta else a, "b": swapped(b) if tb else b}
    case(name, inputs, {"transposeA": ta, "transposeB": tb}, y)


@kernel("_FusedMatMul")
def _(name):
    batch, m, k, n = whole(1, 2), whole(1, 4), whole(1, 4), whole(1, 4)
    a, b, bias, prelu = floats([batch, m, k]), floats([batch, k, n]), floats([n]), floats([n], 0.1, 0.9)
    activation, ta, tb = pick(activations), chance(0.5), chance(0.5)
    y = activated(wide(a) @ wide(b) + bias, activation, 0.3, wide(prelu))
    inputs = {"a": swapped(a) if ta else a, "b": swapped(b) if tb else b, "bias": bias}
    if activation == "prelu":
        inputs["preluActivationWeights"] = prelu
    case(name, inputs, {"transposeA": ta, "transposeB": tb, "activation": activation, "leakyreluAlpha": 0.3}, y)


@kernel("Einsum")
def _(name):
    equation = pick(["ij,jk->ik", "bij,bjk->bik", "ij,ij->", "i,j->ij", "bhwc,cd->bhwd", "ij->ji", "ijk->j", "ij,k->i", "abc,acd->bd"])
    sizes = {letter: whole(1, 4) for letter in "abcdefghijklmnopqrstuvwxyz"}
    operands = [floats([sizes[letter] for letter in term]) for term in equation.split("->")[0].split(",")]
    case(name, operands, {"equation": equation}, np.einsum(equation, *[wide(x) for x in operands]))


# ---- windows


def window(size, filter_size, stride, dilation, pad, rounding, axis):
    """Output extent and padding before, as TensorFlow.js counts them."""
    reach = (filter_size - 1) * dilation + 1
    if pad == "same":
        out = math.ceil(size / stride)
        total = max(0, (out - 1) * stride + reach - size)
        return out, total // 2
    before, after = (0, 0) if pad == "valid" else (pad, pad) if isinstance(pad, int) else pad[axis]
    exact = (size + before + after - reach) / stride + 1
    out = {"floor": math.floor, "ceil": math.ceil, "round": lambda v: math.floor(v + 0.5)}[rounding or "floor"](exact)
    return out, before


def window_attributes(dilated):
    strides = [whole(1, 3), whole(1, 3)]
    dilations = [whole(1, 2), whole(1, 2)] if dilated and chance(0.4) else [1, 1]
    if max(dilations) > 1:
        strides = [1, 1]
    pad = pick(["same", "valid", 1, [[0, 0], [1, 0], [0, 1], [0, 0]]])
    return strides, dilations, pad


def windows(x, fh, fw, strides, dilations, pad, rounding=None):
    """For each place: where it is, and which entries of the image it sees, with their place in the window."""
    h, w = x.shape[1:3]
    oh, top = window(h, fh, strides[0], dilations[0], pad, rounding, 1)
    ow, left = window(w, fw, strides[1], dilations[1], pad, rounding, 2)
    places = []
    for i in range(oh):
        for j in range(ow):
            seen = []
            for p in range(fh):
                for q in range(fw):
                    y, z = i * strides[0] - top + p * dilations[0], j * strides[1] - left + q * dilations[1]
                    if 0 <= y < h and 0 <= z < w:
                        seen.append((p, q, y, z))
            places.append((i, j, seen))
    return oh, ow, places


def image_and_filter(depthwise):
    fh, fw, ci, co = whole(1, 3), whole(1, 3), whole(1, 3), whole(1, 3)
    strides, dilations, pad = window_attributes(True)
    least = [(f - 1) * d + 1 for f, d in zip((fh, fw), dilations)]
    x = floats([whole(1, 2), least[0] + whole(0, 4), least[1] + whole(0, 4), ci])
    return x, floats([fh, fw, ci, co]), strides, dilations, pad


def convolve(x, f, strides, dilations, pad, rounding=None):
    oh, ow, places = windows(x, f.shape[0], f.shape[1], strides, dilations, pad, rounding)
    y = np.zeros([x.shape[0], oh, ow, f.shape[3]])
    for i, j, seen in places:
        for p, q, a, b in seen:
            y[:, i, j] += wide(x)[:, a, b] @ wide(f)[p, q]
    return y


def convolve_depthwise(x, f, strides, dilations, pad):
    oh, ow, places = windows(x, f.shape[0], f.shape[1], strides, dilations, pad)
    y = np.zeros([x.shape[0], oh, ow, f.shape[2], f.shape[3]])
    for i, j, seen in places:
        for p, q, a, b in seen:
            y[:, i, j] += wide(x)[:, a, b, :, None] * wide(f)[p, q]
    return y.reshape(x.shape[0], oh, ow, -1)


@kernel("Conv2D", "FusedConv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter")
def _(name):
    x, f, strides, dilations, pad = image_and_filter(False)
    rounding = pick(["floor", "ceil", "round"]) if isinstance(pad, int) and max(dilations) == 1 and chance(0.5) else None
    if name in ("Conv2DBackpropInput", "Conv2DBackpropFilter"):
        dilations = [1, 1]
    attributes = {"strides": strides, "pad": pad, "dataFormat": "NHWC"}
    if rounding is not None:
        attributes["dimRoundingMode"] = rounding
    y = convolve(x, f, strides, dilations, pad, rounding)
    if name == "Conv2D":
        return case(name, {"x": x, "filter": f}, {**attributes, "dilations": dilations}, y)
    if name == "FusedConv2D":
        bias, prelu, activation = floats([f.shape[3]]), floats([f.shape[3]], 0.1, 0.9), pick(activations)
        inputs = {"x": x, "filter": f, "bias": bias}
        if activation == "prelu":
            inputs["preluActivationWeights"] = prelu
        more = {"dilations": dilations, "activation": activation, "leakyreluAlpha": 0.3}
        return case(name, inputs, {**attributes, **more}, activated(y + bias, activation, 0.3, wide(prelu)))
    dy = floats(y.shape)
    _, _, places = windows(x, f.shape[0], f.shape[1], strides, dilations, pad, rounding)
    dx, df = np.zeros(x.shape), np.zeros(f.shape)
    for i, j, seen in places:
        for p, q, a, b in seen:
            dx[:, a, b] += wide(dy)[:, i, j] @ wide(f)[p, q].T
            df[p, q] += wide(x)[:, a, b].T @ wide(dy)[:, i, j]
    if name == "Conv2DBackpropInput":
        return case(name, {"dy": dy, "filter": f}, {**attributes, "inputShape": list(x.shape)}, dx)
    return case(name, {"x": x, "dy": dy}, {**attributes, "filterShape": list(f.shape)}, df)


depthwise = ["DepthwiseConv2dNative", "FusedDepthwiseConv2D", "DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"]


@kernel(*depthwise)
def _(name):
    x, f, strides, dilations, pad = image_and_filter(True)
    attributes = {"strides": strides, "pad": pad, "dilations": dilations}
    y = convolve_depthwise(x, f, strides, dilations, pad)
    if name == "DepthwiseConv2dNative":
        return case(name, {"x": x, "filter": f}, {**attributes, "dataFormat": "NHWC"}, y)
    if name == "FusedDepthwiseConv2D":
        channels = f.shape[2] * f.shape[3]
        bias, prelu, activation = floats([channels]), floats([channels], 0.1, 0.9), pick(activations)
        inputs = {"x": x, "filter": f, "bias": bias}
        if activation == "prelu":
            inputs["preluActivationWeights"] = prelu
        more = {"dataFormat": "NHWC", "activation": activation, "leakyreluAlpha": 0.3}
        return case(name, inputs, {**attributes, **more}, activated(y + bias, activation, 0.3, wide(prelu)))
    dy = floats(y.shape)
    split = wide(dy).reshape(list(dy.shape[:3]) + list(f.shape[2:]))
    _, _, places = windows(x, f.shape[0], f.shape[1], strides, dilations, pad)
    dx, df = np.zeros(x.shape), np.zeros(f.shape)
    for i, j, seen in places:
        for p, q, a, b in seen:
            dx[:, a, b] += (split[:, i, j] * wide(f)[p, q]).sum(-1)
            df[p, q] += (wide(x)[:, a, b, :, None] * split[:, i, j]).sum(0)
    if name == "DepthwiseConv2dNativeBackpropInput":
        return case(name, {"dy": dy, "filter": f}, {**attributes, "inputShape": list(x.shape)}, dx)
    return case(name, {"x": x, "dy": dy}, {**attributes, "filterShape": list(f.shape)}, df)


@kernel("AvgPool", "MaxPool", "AvgPoolGrad", "MaxPoolGrad")
def _(name):
    fh, fw = whole(1, 3), whole(1, 3)
    strides = [whole(1, 3), whole(1, 3)]
    pad = pick(["same", "valid", 1]) if min(fh, fw) > 1 else pick(["same", "valid"])
    x = floats([whole(1, 2), fh + whole(0, 4), fw + whole(0, 4), whole(1, 3)])
    rounding = pick(["floor", "ceil", "round"]) if pad == 1 and chance(0.5) else None
    oh, ow, places = windows(x, fh, fw, strides, [1, 1], pad, rounding)
    if any(len(seen) == 0 for _, _, seen in places):
        return makers[name](name)
    y = np.zeros([x.shape[0], oh, ow, x.shape[3]])
    dy, dx = floats(y.shape), np.zeros(x.shape)
    for i, j, seen in places:
        values = np.stack([wide(x)[:, a, b] for _, _, a, b in seen])
        if name.startswith("Avg"):
            y[:, i, j] = values.mean(0)
            for _, _, a, b in seen:
                dx[:, a, b] += wide(dy)[:, i, j] / len(seen)
        else:
            y[:, i, j] = values.max(0)
            first = values.argmax(0)
            for n, c in itertools.product(range(x.shape[0]), range(x.shape[3])):
                _, _, a, b = seen[first[n, c]]
                dx[n, a, b, c] += dy[n, i, j, c]
    attributes = {"filterSize": [fh, fw], "strides": strides, "pad": pad}
    if rounding is not None:
        attributes["dimRoundingMode"] = rounding
    if name in ("AvgPool", "MaxPool"):
        return case(name, {"x": x}, attributes, y)
    if name == "AvgPoolGrad":
        return case(name, {"dy": dy, "input": x}, attributes, dx)
    return case(name, {"dy": dy, "input": x, "output": y.astype(np.float32)}, attributes, dx)


# ---- resizing


def sources(size, out, align, centres):
    scale = (size - 1) / (out - 1) if align and out > 1 else size / out
    return [(i + 0.5) * scale - 0.5 if centres else i * scale for i in range(out)]


def bilinear_weights(size, out, align, centres):
    weights = np.zeros([out, size])
    for i, source in enumerate(sources(size, out, align, centres)):
        source = max(0, source) if centres else source
        low = math.floor(source)
        part = source - low
        weights[i, min(max(low, 0), size - 1)] += 1 - part
        weights[i, min(low + 1, size - 1)] += part
    return weights


def nearest_weights(size, out, align, centres):
    weights = np.zeros([out, size])
    scale = (size - 1) / (out - 1) if align and out > 1 else size / out
    for i in range(out):
        source = (i + 0.5) * scale if centres else i * scale
        near = math.floor(source + 0.5) if align else math.floor(source)
        weights[i, min(max(near, 0), size - 1)] = 1
    return weights


@kernel("ResizeBilinear", "ResizeNearestNeighbor", "ResizeBilinearGrad", "ResizeNearestNeighborGrad")
def _(name):
    x = floats([whole(1, 2), whole(1, 5), whole(1, 5), whole(1, 3)])
    size = [whole(1, 8), whole(1, 8)]
    grad = name.endswith("Grad")
    align = chance(0.4)
    centres = not align and not grad and chance(0.5)
    weights = bilinear_weights if "Bilinear" in name else nearest_weights
    rows, columns = weights(x.shape[1], size[0], align, centres), weights(x.shape[2], size[1], align, centres)
    if grad:
        dy = floats([x.shape[0]] + size + [x.shape[3]])
        dx = np.einsum("nijc,ih,jw->nhwc", wide(dy), rows, columns)
        return case(name, {"images": x, "dy": dy}, {"alignCorners": align}, dx)
    y = np.einsum("nhwc,ih,jw->nijc", wide(x), rows, columns)
    case(name, {"images": x}, {"size": size, "alignCorners": align, "halfPixelCenters": centres}, y)


# ---- normalisation


@kernel("Softmax", "LogSoftmax")
def _(name):
    x = floats(shape_of(whole(1, 4), empty=0), -20, 20)
    if name == "Softmax":
        return case(name, {"logits": x}, {"dim": x.ndim - 1}, scipy.special.softmax(wide(x), -1))
    case(name, {"logits": x}, {"axis": x.ndim - 1}, scipy.special.log_softmax(wide(x), -1))


@kernel("FusedBatchNorm")
def _(name):
    x = floats(shape_of(4, empty=0))
    mean, variance, scale, offset = (floats([x.shape[3]], *bounds) for bounds in ((-1, 1), (0.1, 2), (0.5, 2), (-1, 1)))
    y = wide(scale) * (wide(x) - mean) / np.sqrt(wide(variance) + 1e-3) + offset
    inputs = {"x": x, "scale": scale, "offset": offset, "mean": mean, "variance": variance}
    if chance(0.3):
        y = (wide(x) - mean) / np.sqrt(wide(variance) + 1e-3)
        inputs = {"x": x, "mean": mean, "variance": variance}
    case(name, inputs, {"varianceEpsilon": 1e-3}, y)


@kernel("LRN")
def _(name):
    x = floats([whole(1, 2), whole(1, 3), whole(1, 3), whole(1, 7)])
    radius, bias, alpha, beta = whole(0, 4), 1.0, 0.3, 0.5
    squares = np.zeros(x.shape)
    for c in range(x.shape[3]):
        squares[..., c] = (wide(x)[..., max(0, c - radius) : c + radius + 1] ** 2).sum(-1)
    y = wide(x) * (bias + alpha * squares) ** -beta
    case(name, {"x": x}, {"depthRadius": radius, "bias": bias, "alpha": alpha, "beta": beta}, y)


# ---- searching


@kernel("SearchSorted")
def _(name):
    # The number of entries of a row that are less than a value, or not greater than it.
    batch, side, dtype = whole(1, 3), pick(["left", "right"]), pick(["float32", "int32"])
    rows = np.sort(some([batch, whole(1, 6)], dtype), -1)
    values = some([batch, whole(1, 5)], dtype)
    if chance(0.7):
        values[:, 0] = rows[:, -1]
    before = rows[:, None, :] < values[:, :, None] if side == "left" else rows[:, None, :] <= values[:, :, None]
    case(name, {"sortedSequence": rows, "values": values}, {"side": side}, before.sum(-1).astype(np.int32))


with np.errstate(all="ignore"):
    for name, make in makers.items():
        for _ in range(options.count):
            make(name)

print("[")
print(",\n".join(json.dumps(one, separators=(",", ":")) for one in cases))
print("]")
