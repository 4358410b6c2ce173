import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { tcpProbe } from '../../../../scripts/io/network/tcp-probe.ts';

it('finds a port open, and refused as soon as no program listens there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  expect(await tcpProbe.connect('external', '127.0.0.1', address.port, 5000)).toBe('open');
  await new Promise((resolve) => server.close(resolve));
  expect(await tcpProbe.connect('external', '127.0.0.1', address.port, 5000)).toBe('refused');
});
