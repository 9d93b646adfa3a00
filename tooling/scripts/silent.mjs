/** What our tools are told, so that none of them reports to its makers: nobody asked for that here. */
export const silent = {
  DO_NOT_TRACK: '1',
  ORT_DISABLE_TELEMETRY: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};
