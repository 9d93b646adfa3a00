/** Whether something can be done on this machine; tests of what cannot are skipped. */
export function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
