/** Loaded into a process before its program: stops the event loop for ever when it is told to, after it has said so. */
process.on('message', () => {
  process.send?.('stuck', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
});
