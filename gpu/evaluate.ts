/**
 * What the GCP program registers, found by running it in this process: no engine, no provider, no
 * credentials.
 */
import { type Resource, runtime } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import type { Json, Properties } from '../lib/inventory/resource.ts';
import type { GcpInputs } from '../lib/ports/gcp.ts';
import { gpuProgram } from './program.ts';

export interface RegisteredResource {
  /** `gcp:compute/disk:Disk`, ... */
  readonly type: string;
  /** Pulumi's logical name: what `--approve` takes. */
  readonly name: string;
  /** Logical name of the component it belongs to, or `''`. */
  readonly component: string;
  /**
   * Inputs as declared. The id of another resource is `{ ref: 'network' }`, another output of it `{
   * ref: 'ai-address', output: 'address' }`.
   */
  readonly inputs: Properties;
  readonly protect: boolean;
}

/** The SDK keeps one monitor and one root resource a process, so evaluations take turns. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Every GCP resource of an environment, ordered by component and name.
 * @throws what `gpuProgram` throws.
 */
export function registeredResources(environment: Environment, inputs: GcpInputs): Promise<RegisteredResource[]> {
  const mine = turn.then(() => evaluate(environment, inputs));
  turn = mine.catch(() => undefined);
  return mine;
}

async function evaluate(environment: Environment, inputs: GcpInputs): Promise<RegisteredResource[]> {
  const declared = new Map<Resource, Declared>();
  const sent = new Map<string, Properties>();
  await runtime.setMocks(recorder(sent), environment.service, environment.name);
  await run(() => {
    runtime.registerStackTransformation(({ resource, type, name, opts }) => {
      declared.set(resource, { type, name, parent: opts.parent, protect: opts.protect ?? false });
      return undefined;
    });
    return gpuProgram(environment, inputs);
  });
  return [...declared.values()]
    .filter(({ type }) => type.startsWith('gcp:'))
    .map(({ type, name, parent, protect }) => {
      const component = (parent && declared.get(parent)?.name) ?? '';
      return { type, name, component, inputs: sent.get(key(type, name)) ?? {}, protect };
    })
    .sort((one, other) => order(one.component, other.component) || order(one.name, other.name));
}

/**
 * The SDK also rejects promises of its own, which are never awaited, with what a program throws: so
 * those rejections are not reported.
 */
async function run(program: () => object): Promise<void> {
  let thrown: { readonly error: unknown } | undefined;
  await runtime.runInPulumiStack(async () => {
    try {
      return program();
    } catch (error) {
      thrown = { error };
      return {};
    }
  });
  await runtime.disconnect();
  if (thrown) throw thrown.error;
}

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly parent: Resource | undefined;
  readonly protect: boolean;
}

/** Outputs that resources of this program hand to each other, beside their ids. */
const outputs = ['address', 'email', 'member', 'name'];

/** Answers like an engine whose every output says where it comes from: `${ai-address.address}`. */
function recorder(sent: Map<string, Properties>): runtime.Mocks {
  return {
    call: ({ token }) => {
      throw new Error(`${token} would look something up, and a plan needs no cloud`);
    },
    newResource: ({ type, name, inputs }) => {
      sent.set(key(type, name), referenced(inputs) as Properties);
      const answers = Object.fromEntries(outputs.map((output) => [output, `\${${name}.${output}}`]));
      // An output wins over the input of its name: `name: of.name` is a reference, and the engine
      // treats it as one.
      return { id: `\${${name}}`, state: { ...inputs, ...answers } };
    },
  };
}

/** Plain data with keys in order, in which a reference stands as `{ ref }`. */
function referenced(value: Json): Json {
  if (typeof value === 'string') return reference(value);
  if (Array.isArray(value)) return value.map(referenced);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => order(one, other));
  return Object.fromEntries(entries.map(([name, inner]) => [name, referenced(inner)]));
}

/** A text that mentions an output among other words stays a text. */
function reference(text: string): Json {
  const [, ref, output] = /^\$\{([^{}.]+)(?:\.([^{}.]+))?\}$/.exec(text) ?? [];
  if (!ref) return text;
  return output ? { ref, output } : { ref };
}

function key(type: string, name: string): string {
  return `${type} ${name}`;
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
