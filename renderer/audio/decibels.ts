/** What counts as silence, in dBFS. */
export const silenceDb = -100;

export const gainOfDb = (gainDb: number): number => 10 ** (gainDb / 20);

/** @param amplitude from 0; 1 is full scale */
export const dbOfAmplitude = (amplitude: number): number =>
  amplitude > 0 ? Math.max(silenceDb, 20 * Math.log10(amplitude)) : silenceDb;
