"""One training step of each workload in PyTorch: eager, and as one pure function for torch.compile."""

import math

import torch
from torch.func import functional_call, grad, grad_and_value
from torch.nn import functional as F

from workloads import feature_map, has_image_generator, phase_roles

# --- losses, shared by both forms -----------------------------------------------------------------


def _called(form: str, logits, label: int):
    """The mean loss of calling samples real (1) or fake (0): cross-entropy (`log`) or hinge."""
    signed = logits if label == 1 else -logits
    return F.softplus(-signed).mean() if form == "log" else F.relu(1 - signed).mean()


def _rms_penalty(gradients):
    mean_square = gradients.flatten(1).square().mean(1)
    return ((mean_square + 1e-12).sqrt() - 1).square().mean()


def _l2_penalty(gradients):
    return ((gradients.flatten(1).square().sum(1) + 1e-12).sqrt() - 1).square().mean()


class Losses:
    """The losses of one workload over three callables; gradients and updates are the caller's business."""

    def __init__(self, workload):
        self.workload = workload
        self.images = has_image_generator(workload)
        self.distance_ratio = 1.0
        if self.images:
            side, channels = feature_map(workload, "discriminator")
            self.distance_ratio = math.sqrt(workload.latentSize / (side * side * channels))

    def samples(self, generated):
        """The MLP generator returns logits, the convolutional one pixels."""
        return generated if self.images else torch.sigmoid(generated)

    def encode(self, encoder, real):
        return encoder(real)[0] if self.images else encoder(real)

    def score(self, discriminator, samples):
        return discriminator(samples)[0] if self.images else discriminator(samples)

    def reconstruction(self, encoder, generator, discriminator, real, latents):
        codes = self.encode(encoder, real)
        generated_from_codes = generator(codes)
        fake = self.samples(generator(latents))
        if self.images:
            features = discriminator(real)[1].detach()
            reconstructed_features = discriminator(generated_from_codes)[1]
            reconstruction = (features - reconstructed_features).square().mean()
            data_distance = reconstructed_features.mean() - discriminator(fake)[1].mean()
        else:
            reconstruction = F.binary_cross_entropy_with_logits(generated_from_codes, real)
            data_distance = (torch.sigmoid(generated_from_codes) - fake).mean()
        latent_distance = self.distance_ratio * (codes - latents).mean()
        return reconstruction + self.workload.latentDistanceWeight * (data_distance - latent_distance).square()

    def discriminator(self, discriminator, input_gradient, real, reconstructed, fake, interpolation):
        form = self.workload.discriminatorLoss
        # Moving averages depend on the order of the passes, here and below.
        loss = self.workload.realWeight * _called(form, self.score(discriminator, real), 1)
        loss = loss + _called(form, self.score(discriminator, fake), 0)
        reconstructed_loss = _called(form, self.score(discriminator, reconstructed), 1)
        loss = loss + self.workload.reconstructionWeight * reconstructed_loss
        interpolated = interpolation * real + (1 - interpolation) * fake
        return loss + self.workload.gradientPenaltyWeight * _rms_penalty(input_gradient(interpolated))

    def generator(self, real_logits, fake_logits):
        return (torch.sigmoid(real_logits).mean() - torch.sigmoid(fake_logits).mean()).abs()


# --- eager ----------------------------------------------------------------------------------------


class EagerStep:
    """Modules, `backward(inputs=...)` and fused Adam: how PyTorch is written by hand."""

    def __init__(self, workload, networks):
        self.workload = workload
        self.networks = networks
        self.losses = Losses(workload)
        parameters = {role: list(module.parameters()) for role, module in networks.items()}
        phases = phase_roles(workload)
        self.parameters = {phase: [p for role in roles for p in parameters[role]] for phase, roles in phases.items()}
        self.optimizers = {
            phase: torch.optim.Adam(
                phase_parameters,
                lr=workload.learningRate,
                betas=(float(workload.beta1), float(workload.beta2)),
                eps=workload.epsilon,
                fused=True,
            )
            for phase, phase_parameters in self.parameters.items()
        }
        self.steps = 0

    def _use_tensorflow_epsilon(self):
        """TensorFlow's Adam, which the presets train with, adds epsilon before it corrects the second moment."""
        correction = math.sqrt(1 - self.workload.beta2**self.steps)
        for optimizer in self.optimizers.values():
            for group in optimizer.param_groups:
                group["eps"] = self.workload.epsilon / correction

    def _update(self, phase: str, loss):
        self.optimizers[phase].zero_grad(set_to_none=True)
        loss.backward(inputs=self.parameters[phase])
        self.optimizers[phase].step()
        return loss.detach()

    def _input_gradient(self, score):
        def gradient(samples):
            samples.requires_grad_(True)
            return torch.autograd.grad(score(samples).sum(), samples, create_graph=True)[0]

        return gradient

    def __call__(self, inputs):
        self.steps += 1
        if self.workload.step == "resnet-critic":
            return self._critic_step(inputs)
        if self.workload.step == "preset":
            self._use_tensorflow_epsilon()
        losses, networks = self.losses, self.networks
        encoder, generator, discriminator = (networks[r] for r in ("encoder", "generator", "discriminator"))
        real, latents = inputs["reconstructionReal"], inputs["reconstructionLatents"]
        result = {
            "reconstruction": self._update(
                "reconstruction", losses.reconstruction(encoder, generator, discriminator, real, latents)
            )
        }
        for repeat in range(self.workload.criticSteps):
            real, latents, interpolation = (
                inputs[f"discriminator{name}{repeat}"] for name in ("Real", "Latents", "Interpolation")
            )
            with torch.no_grad():
                fake = losses.samples(generator(latents))
                reconstructed = losses.samples(generator(losses.encode(encoder, real)))
            gradient = self._input_gradient(lambda samples: losses.score(discriminator, samples))
            loss = losses.discriminator(discriminator, gradient, real, reconstructed, fake, interpolation)
            result["discriminator"] = self._update("discriminator", loss)
        fake_logits = losses.score(discriminator, losses.samples(generator(inputs["generatorLatents"])))
        with torch.no_grad():
            real_logits = losses.score(discriminator, inputs["generatorReal"])
        result["generator"] = self._update("generator", losses.generator(real_logits, fake_logits))
        return result

    def _critic_step(self, inputs):
        critic = self.networks["critic"]
        real, fake, interpolation = inputs["real"], inputs["fake"], inputs["interpolation"]
        penalty = _l2_penalty(self._input_gradient(critic)(interpolation * real + (1 - interpolation) * fake))
        loss = critic(fake).mean() - critic(real).mean() + self.workload.gradientPenaltyWeight * penalty
        return {"critic": self._update("critic", loss)}


# --- one pure function, for torch.compile ---------------------------------------------------------


class FunctionalStep:
    """The same step over explicit parameters, by `torch.func`, so that torch.compile sees one graph."""

    def __init__(self, workload, networks):
        self.workload = workload
        self.networks = networks
        self.losses = Losses(workload)
        self.parameters = {
            role: {name: p.detach() for name, p in module.named_parameters()} for role, module in networks.items()
        }
        self.slots = {
            phase: [
                (torch.zeros_like(p), torch.zeros_like(p)) for role in roles for p in self.parameters[role].values()
            ]
            for phase, roles in phase_roles(workload).items()
        }
        any_parameter = next(networks.parameters())
        self.updates = {
            phase: torch.zeros((), dtype=any_parameter.dtype, device=any_parameter.device) for phase in self.slots
        }

    def state(self):
        yield from (parameter for parameters in self.parameters.values() for parameter in parameters.values())
        yield from (slot for slots in self.slots.values() for pair in slots for slot in pair)
        yield from self.updates.values()

    def _apply(self, role, parameters):
        return lambda x: functional_call(self.networks[role], parameters, (x,))

    def _update(self, phase: str, loss_of):
        roles = phase_roles(self.workload)[phase]
        gradients, loss = grad_and_value(loss_of)({role: self.parameters[role] for role in roles})
        settings = self.workload
        count = self.updates[phase].add_(1)
        first_correction = 1 - settings.beta1**count
        second_correction = (1 - settings.beta2**count).sqrt()
        flat_gradients = [gradients[role][name] for role in roles for name in self.parameters[role]]
        flat_parameters = [p for role in roles for p in self.parameters[role].values()]
        for parameter, gradient, (first, second) in zip(flat_parameters, flat_gradients, self.slots[phase]):
            first.mul_(settings.beta1).add_(gradient, alpha=1 - settings.beta1)
            second.mul_(settings.beta2).addcmul_(gradient, gradient, value=1 - settings.beta2)
            denominator = second.sqrt() / second_correction + settings.epsilon
            parameter.sub_(settings.learningRate / first_correction * first / denominator)
        return loss

    def __call__(self, inputs):
        if self.workload.step == "resnet-critic":
            return self._critic_step(inputs)
        losses = self.losses
        fixed = self.parameters
        apply = self._apply
        score = losses.score
        real, latents = inputs["reconstructionReal"], inputs["reconstructionLatents"]
        result = {
            "reconstruction": self._update(
                "reconstruction",
                lambda p: losses.reconstruction(
                    apply("encoder", p["encoder"]),
                    apply("generator", p["generator"]),
                    apply("discriminator", fixed["discriminator"]),
                    real,
                    latents,
                ),
            )
        }
        encoder, generator = apply("encoder", fixed["encoder"]), apply("generator", fixed["generator"])
        for repeat in range(self.workload.criticSteps):
            real, latents, interpolation = (
                inputs[f"discriminator{name}{repeat}"] for name in ("Real", "Latents", "Interpolation")
            )
            reconstructed = losses.samples(generator(losses.encode(encoder, real)))
            fake = losses.samples(generator(latents))

            def discriminator_loss(p):
                discriminator = apply("discriminator", p["discriminator"])
                gradient = grad(lambda samples: score(discriminator, samples).sum())
                return losses.discriminator(discriminator, gradient, real, reconstructed, fake, interpolation)

            result["discriminator"] = self._update("discriminator", discriminator_loss)
        discriminator = apply("discriminator", fixed["discriminator"])
        real_logits = score(discriminator, inputs["generatorReal"])

        def generator_loss(p):
            fake = losses.samples(apply("generator", p["generator"])(inputs["generatorLatents"]))
            return losses.generator(real_logits, score(discriminator, fake))

        result["generator"] = self._update("generator", generator_loss)
        return result

    def _critic_step(self, inputs):
        real, fake, interpolation = inputs["real"], inputs["fake"], inputs["interpolation"]
        interpolated = interpolation * real + (1 - interpolation) * fake

        def critic_loss(p):
            critic = self._apply("critic", p["critic"])
            penalty = _l2_penalty(grad(lambda samples: critic(samples).sum())(interpolated))
            return critic(fake).mean() - critic(real).mean() + self.workload.gradientPenaltyWeight * penalty

        return {"critic": self._update("critic", critic_loss)}
