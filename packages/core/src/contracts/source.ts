/** Where an item comes from, precisely enough to look it up. */
export interface Source {
  /** Authors and title, or the name of the code where there is no paper. */
  readonly title: string;
  readonly year: number;
  /** arXiv number, DOI or address. */
  readonly reference?: string;
  /** The code that was followed, with file and lines where that matters. */
  readonly code?: string;
}
