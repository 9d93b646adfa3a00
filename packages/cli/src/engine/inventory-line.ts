/** What a machine has to train with. */
export interface InventoryLine {
  readonly name: string;
  /** Version of the package that brings it; absent when none is installed. */
  readonly version?: string;
  /** What to install for it, or what it is good for. */
  readonly note: string;
}
