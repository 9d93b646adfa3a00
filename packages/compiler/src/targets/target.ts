import type { Device, TargetName } from '@dist-gan/core';
import type { GraphBuilder } from '../graph/builder.js';
import type { Data, Graph } from '../graph/types.js';
import type { OwnPasses, PassChoice } from '../passes/index.js';

export interface EngineOptions {
  readonly device: Exclude<Device, 'auto'>;
  /** Threads that the engine may use. Default: its own choice, as many as there are cores. */
  readonly threads?: number;
  readonly onWarning?: (message: string) => void;
}

/** What a graph is lowered to: what is lacking there, which passes help, and who runs it. */
export interface Target {
  readonly name: TargetName;
  /** Switches off passes that make it slower. */
  readonly passes: PassChoice;
  /** Loads the passes that make operations of its own. */
  ownPasses?(): Promise<OwnPasses>;
  /** Replaces the operations that are lacking by others. */
  expand(graph: Graph, builder: GraphBuilder, device: EngineOptions['device']): Graph;
  /**
   * @param graph what the engine is started for, so that it can prepare for the size of the work
   * @throws BackendError the engine is not installed, or is known to have no such device
   */
  start(options: EngineOptions, graph: Graph): Engine | Promise<Engine>;
}

interface Engine {
  /** Name and version. */
  readonly title: string;
  /** @throws BackendError the engine cannot run the graph on its device */
  createProgram(graph: Graph): Promise<Program>;
}

/** A graph in an engine, with its state. */
export interface Program {
  /** Threads of one operation, where that is not the engine's own choice. */
  readonly threads?: number;
  run(inputs: Readonly<Record<string, Data>>): Promise<Readonly<Record<string, Data>>>;
  /** The states that the graph changes, by name. The arrays may be overwritten by the next run. */
  readStates(): Promise<Readonly<Record<string, Data>>>;
  /** Gives every state a content. The program may keep the arrays. */
  writeStates(states: Readonly<Record<string, Data>>): Promise<void>;
  dispose(): Promise<void>;
}
