/** A name server that answers from records which may change at any time. */
import { createServer, type DnsServer, Packet } from 'dns2';
import type { Records } from './records.ts';

/**
 * Seconds that an answer may be cached. Short: the operator changes a record to see what happens.
 */
const ttl = 5;

/**
 * Listens on UDP and TCP of an address. A name without a record does not exist (NXDOMAIN); a name
 * with one has no other type of record (an empty answer), so no AAAA and no CAA.
 */
export async function startNameServer(address: string, port: number, records: () => Records): Promise<DnsServer> {
  const server = createServer({
    udp: true,
    tcp: true,
    handle: (request, send) => send(answer(request, records())),
  });
  await server.listen({ udp: { port, address }, tcp: { port, address } });
  return server;
}

function answer(request: Packet, records: Records): Packet {
  const response = Packet.createResponseFromRequest(request);
  response.header.aa = 1;
  const [question] = request.questions;
  const address = question && records[question.name.toLowerCase()];
  if (!question || address === undefined) response.header.rcode = Packet.RCODE.NXDOMAIN;
  else if (question.type === Packet.TYPE.A) {
    response.answers.push(Packet.createResourceFromQuestion(question, { ttl, address }));
  }
  return response;
}
