/** Whether the server refused something because the session has ended while a person was at work. */

type Listener = () => void;

const listeners = new Set<Listener>();
let lost = false;

export const sessionLost = {
  get: () => lost,
  set(value: boolean): void {
    lost = value;
    for (const tell of listeners) tell();
  },
  subscribe(tell: Listener): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
};
