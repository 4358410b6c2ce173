/** Preloaded into a process: a message blocks its event loop for ever, after a reply. */
process.on('message', () => {
  process.send?.('stuck', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
});
