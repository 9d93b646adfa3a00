/** The layers of a network in words, to be held against what papers and their code say. */
import type { LayersModel } from '@tensorflow/tfjs-layers';

type Settings = Readonly<Record<string, unknown>>;

/** One line a layer, in their order; without inputs, and without what gives numbers another shape alone. */
export function describeLayers(network: LayersModel): string[] {
  return network.layers.flatMap((layer) => describe(layer.getClassName(), layer.getConfig() as Settings));
}

function describe(kind: string, settings: Settings): string[] {
  switch (kind) {
    case 'InputLayer':
    case 'Reshape':
    case 'Flatten':
      return [];
    case 'Dense':
      return [`dense ${String(settings.units)}${kernel(settings)}`];
    case 'Conv2D':
    case 'Conv2DTranspose': {
      const { filters, kernelSize, strides, padding } = settings as Readonly<
        Record<string, string | number[]>
      >;
      const name = kind === 'Conv2D' ? 'conv' : 'deconv';
      const window = `${kernelSize[0]}x${kernelSize[1]}/${strides[0]}${padding === 'same' ? '' : ` ${String(padding)}`}`;
      return [`${name} ${String(filters)} ${window}${kernel(settings)}`];
    }
    case 'BatchNormalization':
      return [`bn ${String(settings.momentum)} ${String(settings.epsilon)}`];
    case 'ReLU':
      return ['relu'];
    case 'LeakyReLU':
      return [`lrelu ${String(settings.alpha)}`];
    case 'ELU':
      return [`elu ${String(settings.alpha)}`];
    case 'Activation':
      return [String(settings.activation)];
    case 'UpSampling2D':
      return ['nearest x2'];
    case 'AveragePooling2D':
      return ['mean 2x2'];
    case 'Cropping2D':
      return [`crop ${JSON.stringify(settings.cropping)}`];
    case 'Rescaling':
      return [`x * ${String(settings.scale)} + ${String(settings.offset)}`];
    case 'DistGanSpectralNorm': {
      const { className, config } = settings.layer as { className: string; config: Settings };
      return describe(className, config).map((line) => `sn ${line}`);
    }
    case 'DistGanMaxout':
      return [`maxout ${String(settings.pieces)}`];
    default:
      return [kind];
  }
}

/** Whether there is a bias, and what the kernel is drawn from. */
function kernel({ useBias, kernelInitializer }: Settings): string {
  const { id, ...numbers } = (kernelInitializer as { config: { distribution: Settings } }).config
    .distribution;
  return `${useBias === true ? '' : ' no bias'} ~ ${[id, ...Object.values(numbers)].join(' ')}`;
}
