/** Of loops.as. */
export const sourceSha256: string;

/** The compiled module, in base64. */
export const binary: string;
