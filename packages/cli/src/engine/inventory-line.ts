/** What a machine has to train with. */
export interface InventoryLine {
  readonly name: string;
  /** Version of the package that brings it; absent when none that works is installed. */
  readonly version?: string;
  /** What to install for it, or what it is good for. */
  readonly note: string;
  /** Where what was tried is. */
  readonly folder?: string;
  /** It is there and runs, and what it computes is not right. */
  readonly wrong?: true;
}
