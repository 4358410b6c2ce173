/** Reads server-sent events as a browser does, as far as a test needs. */
export interface Received {
  readonly event?: string;
  readonly id?: string;
  readonly retry?: string;
  readonly data?: { readonly status: string; readonly position: number | null; readonly message: { readonly ko: string } };
}

/** The blocks of a stream as they come; a comment is an empty one. */
export async function* received(response: Response): AsyncGenerator<Received> {
  let rest = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${chunk}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield parsed(block);
  }
}

function parsed(block: string): Received {
  const fields = block.split('\n').flatMap((line) => {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    return name ? [[name, name === 'data' ? JSON.parse(value) : value]] : [];
  });
  return Object.fromEntries(fields);
}

/** All until the server ends the stream. */
export async function all(response: Response): Promise<Received[]> {
  const found: Received[] = [];
  for await (const each of received(response)) found.push(each);
  return found;
}
