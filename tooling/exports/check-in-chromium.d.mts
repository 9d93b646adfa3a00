/** What a network computes in a page, beside what it computed in Node. */
export interface CheckedNetwork {
  readonly program: string;
  readonly case: string;
  readonly role: string;
  readonly largest: number;
  readonly difference: number;
  /** Of a generator: numbers of its samples that are other bytes. */
  readonly otherBytes?: number;
}

export function checkInChromium(folder: string, executablePath: string): Promise<CheckedNetwork[]>;
