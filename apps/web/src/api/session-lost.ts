/** Whether the server refused a request because the session ended while the user was working. */

type Listener = () => void;

const listeners = new Set<Listener>();
let lost = false;

export const sessionLost = {
  get: () => lost,
  set(value: boolean): void {
    lost = value;
    for (const listener of listeners) listener();
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
