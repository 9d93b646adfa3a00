"""One training step of each workload in JAX: a pure function of (state, inputs)."""

import math

import jax
import jax.numpy as jnp
from jax import lax

from workloads import phase_roles

# --- networks -------------------------------------------------------------------------------------


def _dense(weights, name, x):
    result = x @ weights[f"{name}/kernel"]
    return result + weights[f"{name}/bias"] if f"{name}/bias" in weights else result


def _convolution(weights, name, images, stride=1):
    result = lax.conv_general_dilated(
        images, weights[f"{name}/kernel"], (stride, stride), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")
    )
    return result + weights[f"{name}/bias"] if f"{name}/bias" in weights else result


def _deconvolution(weights, name, images):
    result = lax.conv_transpose(
        images,
        weights[f"{name}/kernel"],
        (2, 2),
        "SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        transpose_kernel=True,
    )
    return result + weights[f"{name}/bias"] if f"{name}/bias" in weights else result


def _norm(weights, name, x, epsilon):
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axes), x.var(axes)
    scale = weights[f"{name}/scale"] * lax.rsqrt(variance + epsilon)
    return (x - mean) * scale + weights[f"{name}/offset"]


def _mlp(workload, role):
    def forward(weights, x):
        for layer in range(workload.hiddenLayers):
            x = jax.nn.relu(_dense(weights, f"{role}/dense{layer}", x))
        return _dense(weights, f"{role}/dense{workload.hiddenLayers}", x)

    return forward


def _convolutional_trunk(workload, role):
    def forward(weights, images):
        activation = lambda x: jax.nn.leaky_relu(x, workload.leakyReluSlope)  # noqa: E731
        hidden = activation(_convolution(weights, f"{role}/convolution0", images, 2))
        for layer in (1, 2):
            hidden = _convolution(weights, f"{role}/convolution{layer}", hidden, 2)
            hidden = activation(_norm(weights, f"{role}/norm{layer}", hidden, workload.batchNormEpsilon))
        features = hidden.reshape(hidden.shape[0], -1)
        return _dense(weights, f"{role}/dense", features), features

    return forward


def _convolutional_generator(workload):
    def forward(weights, latents):
        base = workload.imageSize // 8
        hidden = _dense(weights, "generator/dense", latents)
        hidden = jax.nn.relu(_norm(weights, "generator/norm0", hidden, workload.batchNormEpsilon))
        hidden = hidden.reshape(hidden.shape[0], base, base, -1)
        for layer in (1, 2):
            hidden = _deconvolution(weights, f"generator/deconvolution{layer}", hidden)
            hidden = jax.nn.relu(_norm(weights, f"generator/norm{layer}", hidden, workload.batchNormEpsilon))
        return jax.nn.sigmoid(_deconvolution(weights, "generator/deconvolution3", hidden))

    return forward


def _resnet_critic(weights, images):
    relu = jax.nn.relu

    def at(name):
        return f"critic/{name}"

    hidden = _convolution(weights, at("block0/convolution1"), images)
    hidden = _convolution(weights, at("block0/convolution2"), relu(hidden))
    shortcut = _convolution(weights, at("block0/shortcutDown"), images, 2)
    output = _convolution(weights, at("block0/down"), hidden, 2) + _convolution(weights, at("block0/shortcut"), shortcut)
    for block in (1, 2, 3):
        hidden = _convolution(weights, at(f"block{block}/convolution1"), relu(output))
        hidden = _convolution(weights, at(f"block{block}/convolution2"), relu(hidden))
        if block == 1:
            shortcut = _convolution(weights, at("block1/shortcut"), output)
            shortcut = _convolution(weights, at("block1/shortcutDown"), shortcut, 2)
            output = _convolution(weights, at("block1/down"), hidden, 2) + shortcut
        else:
            output = hidden + output
    return _dense(weights, "critic/dense", relu(output).sum((1, 2)))


# --- losses ---------------------------------------------------------------------------------------


def _input_gradient(score, samples):
    return jax.grad(lambda x: score(x).sum())(samples)


def _rms_penalty(gradients):
    mean_square = jnp.square(gradients).reshape(gradients.shape[0], -1).mean(1)
    return jnp.square(jnp.sqrt(mean_square + 1e-12) - 1).mean()


def _l2_penalty(gradients):
    square = jnp.square(gradients).reshape(gradients.shape[0], -1).sum(1)
    return jnp.square(jnp.sqrt(square + 1e-12) - 1).mean()


# --- state and step -------------------------------------------------------------------------------


def initial_state(workload, weights):
    """weights: name -> array. Every phase has Adam slots of its own."""
    roles = {}
    for name, values in weights.items():
        roles.setdefault(name.split("/")[0], {})[name] = values
    slots = {}
    for phase, updated in phase_roles(workload).items():
        zeros = {role: jax.tree.map(jnp.zeros_like, roles[role]) for role in updated}
        slots[phase] = {"first": zeros, "second": zeros, "count": jnp.zeros((), next(iter(weights.values())).dtype)}
    return {"weights": roles, "slots": slots}


def _adam(workload, weights, slots, gradients):
    count = slots["count"] + 1
    first = jax.tree.map(lambda m, g: workload.beta1 * m + (1 - workload.beta1) * g, slots["first"], gradients)
    second = jax.tree.map(lambda v, g: workload.beta2 * v + (1 - workload.beta2) * g * g, slots["second"], gradients)
    rate = workload.learningRate / (1 - workload.beta1**count)
    correction = jnp.sqrt(1 - workload.beta2**count)
    weights = jax.tree.map(
        lambda w, m, v: w - rate * m / (jnp.sqrt(v) / correction + workload.epsilon), weights, first, second
    )
    return weights, {"first": first, "second": second, "count": count}


def build_step(workload):
    """step(state, inputs) -> (state, losses)"""
    return _critic_step(workload) if workload.step == "resnet-critic" else _autoencoder_gan_step(workload)


def _update(workload, state, phase, loss_of):
    roles = phase_roles(workload)[phase]
    loss, gradients = jax.value_and_grad(loss_of)({role: state["weights"][role] for role in roles})
    weights, slots = _adam(
        workload, {role: state["weights"][role] for role in roles}, state["slots"][phase], gradients
    )
    return {
        "weights": {**state["weights"], **weights},
        "slots": {**state["slots"], phase: slots},
    }, loss


def _autoencoder_gan_step(workload):
    images = workload.step == "dcgan"
    distance_ratio = 1.0
    if images:
        encoder, discriminator = _convolutional_trunk(workload, "encoder"), _convolutional_trunk(workload, "discriminator")
        generator = _convolutional_generator(workload)
        features = (workload.imageSize // 8) ** 2 * workload.width * 4
        distance_ratio = math.sqrt(workload.latentSize / features)
    else:
        encoder, generator, discriminator = (_mlp(workload, r) for r in ("encoder", "generator", "discriminator"))

    def encode(weights, real):
        return encoder(weights, real)[0] if images else encoder(weights, real)

    def samples(generated):
        return generated if images else jax.nn.sigmoid(generated)

    def score(weights, x):
        return discriminator(weights, x)[0] if images else discriminator(weights, x)

    def reconstruction_loss(updated, fixed, real, latents):
        codes = encode(updated["encoder"], real)
        from_codes = generator(updated["generator"], codes)
        fake = samples(generator(updated["generator"], latents))
        if images:
            real_features, reconstructed_features, fake_features = (
                discriminator(fixed, x)[1] for x in (real, from_codes, fake)
            )
            reconstruction = jnp.square(real_features - reconstructed_features).mean()
            data_distance = reconstructed_features.mean() - fake_features.mean()
        else:
            reconstruction = (jax.nn.softplus(from_codes) - real * from_codes).mean()
            data_distance = (jax.nn.sigmoid(from_codes) - fake).mean()
        latent_distance = distance_ratio * (codes - latents).mean()
        return reconstruction + workload.latentDistanceWeight * jnp.square(data_distance - latent_distance)

    def discriminator_loss(updated, real, reconstructed, fake, interpolation):
        weights = updated["discriminator"]
        interpolated = interpolation * real + (1 - interpolation) * fake
        penalty = _rms_penalty(_input_gradient(lambda x: score(weights, x), interpolated))
        return (
            workload.realWeight * jax.nn.softplus(-score(weights, real)).mean()
            + workload.reconstructionWeight * jax.nn.softplus(-score(weights, reconstructed)).mean()
            + jax.nn.softplus(score(weights, fake)).mean()
            + workload.gradientPenaltyWeight * penalty
        )

    def generator_loss(updated, fixed, real, latents):
        fake = samples(generator(updated["generator"], latents))
        real_score = jax.nn.sigmoid(score(fixed, real)).mean()
        return jnp.abs(real_score - jax.nn.sigmoid(score(fixed, fake)).mean())

    def step(state, inputs):
        losses = {}
        fixed = state["weights"]["discriminator"]
        state, losses["reconstruction"] = _update(
            workload,
            state,
            "reconstruction",
            lambda updated: reconstruction_loss(
                updated, fixed, inputs["reconstructionReal"], inputs["reconstructionLatents"]
            ),
        )
        for repeat in range(workload.criticSteps):
            real, latents, interpolation = (
                inputs[f"discriminator{name}{repeat}"] for name in ("Real", "Latents", "Interpolation")
            )
            weights = state["weights"]
            reconstructed = samples(generator(weights["generator"], encode(weights["encoder"], real)))
            fake = samples(generator(weights["generator"], latents))
            state, losses["discriminator"] = _update(
                workload,
                state,
                "discriminator",
                lambda updated: discriminator_loss(updated, real, reconstructed, fake, interpolation),  # noqa: B023
            )
        fixed = state["weights"]["discriminator"]
        state, losses["generator"] = _update(
            workload,
            state,
            "generator",
            lambda updated: generator_loss(updated, fixed, inputs["generatorReal"], inputs["generatorLatents"]),
        )
        return state, losses

    return step


def _critic_step(workload):
    def loss_of(updated, real, fake, interpolation):
        weights = updated["critic"]
        interpolated = interpolation * real + (1 - interpolation) * fake
        penalty = _l2_penalty(_input_gradient(lambda x: _resnet_critic(weights, x), interpolated))
        wasserstein = _resnet_critic(weights, fake).mean() - _resnet_critic(weights, real).mean()
        return wasserstein + workload.gradientPenaltyWeight * penalty

    def step(state, inputs):
        state, loss = _update(workload, state, "critic", lambda updated: loss_of(updated, **inputs))
        return state, {"critic": loss}

    return step
