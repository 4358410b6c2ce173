/** A value that is read once, until a verb that may change it is carried out. */

export interface Remembered<Value> {
  /** What was read last; a reading that fails is not remembered. */
  read(): Promise<Value>;
  /** Carries out work that may change the value: before and after it, the value is read anew. */
  changing<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}

export function remembered<Value>(readNow: () => Promise<Value>): Remembered<Value> {
  let last: Promise<Value> | undefined;
  const forget = (): void => {
    last = undefined;
  };
  const readAnew = (): Promise<Value> => {
    const reading = readNow();
    last = reading;
    reading.catch(() => {
      if (last === reading) forget();
    });
    return reading;
  };
  return {
    read: () => last ?? readAnew(),
    changing: (work) => {
      forget();
      return work().finally(forget);
    },
  };
}
