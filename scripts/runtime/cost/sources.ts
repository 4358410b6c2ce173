/** What is to be priced: an environment of ours, or another project. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Environment } from '../../../lib/config/environment.ts';
import type { BilledResource } from '../../../lib/cost/component.ts';
import { nestedFile, parseAssembly } from '../../../lib/cost/sources/assembly.ts';
import { hostedModels } from '../../../lib/cost/sources/hosted-model.ts';
import { billedOf } from '../../../lib/cost/sources/inventory.ts';
import { parsePreview } from '../../../lib/cost/sources/pulumi-preview.ts';
import { type Absent, type Nested, templateResources } from '../../../lib/cost/sources/template.ts';
import { type CloudFormation, parseTemplate } from '../../../lib/cost/sources/template-text.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { parseInventory } from '../../../lib/inventory/parse.ts';
import { readText } from '../../io/text-file.ts';
import { plannedInventory } from '../plan/planned-inventory.ts';

/** What was read, and what of it the book has no prices for. */
export interface Source {
  /** `prod`, `template.yaml`, `cdk.out`. */
  readonly title: string;
  readonly resources: readonly BilledResource[];
  readonly others: readonly string[];
  /** What conditions of a template leave out. */
  readonly absent?: readonly Absent[];
  /** Whether it is a plan of our service, which the traffic model is of. */
  readonly ours: boolean;
}

/** An environment as the code stands, with its hosted model. */
export async function environmentSource(environment: Environment): Promise<Source> {
  const resources = [...billedOf(await plannedInventory(environment)), ...hostedModels(environment)];
  return { title: environment.name, resources, others: [], ours: true };
}

/**
 * A plan file, a CloudFormation template, a `cdk.out` folder, or the output of `pulumi preview
 * --json`.
 * @param region where it is deployed to, when it does not say so itself.
 * @throws DojangError `no-source`, `unknown-encoding`, `not-a-template`, `not-an-assembly`,
 *   `not-a-preview`, `damaged-plan`, `newer-plan`.
 */
export function pathSource(path: string, region: string | undefined): Source {
  if (!existsSync(path)) throw new DojangError('no-source', `there is no ${path}`, { next: 'name a file or a cdk.out folder with --from' });
  const title = basename(path);
  if (statSync(path).isDirectory()) {
    const absent: Absent[] = [];
    return { title, resources: assemblyResources(path, region, absent), others: [], absent, ours: false };
  }
  return { title, others: [], ours: false, ...fileSource(path, title, region) };
}

function fileSource(path: string, title: string, region: string | undefined): Partial<Source> & Pick<Source, 'resources'> {
  const text = readText(path);
  const json = jsonOf(text);
  if (json && 'steps' in json) return parsePreview(json, title, region);
  if (json && 'of' in json) return { resources: billedOf(parseInventory(text, title)), ours: true };
  const stack = title.replace(/(\.template)?\.(json|ya?ml)$/i, '');
  const absent: Absent[] = [];
  const within = { nested: nestedIn(dirname(path)), onAbsent: (each: Absent) => absent.push(each) };
  return { resources: templateResources(stack, parseTemplate(text, title), region, within), absent };
}

/**
 * A JSON object, to see what it is; undefined for anything else, which its own reader then
 * explains.
 */
function jsonOf(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The templates of a cloud assembly and of the stages within it. */
function assemblyResources(folder: string, region: string | undefined, absent: Absent[]): BilledResource[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new DojangError('not-an-assembly', `${folder} has no manifest.json`, {
      next: 'name the folder that cdk synth wrote, by default cdk.out',
    });
  }
  const { stacks, folders } = parseAssembly(readText(manifest), join(basename(dirname(manifest)), 'manifest.json'));
  const nested = nestedIn(folder);
  const own = stacks.flatMap(({ name, file, region: said }) =>
    templateResources(name, parseTemplate(readText(join(folder, file)), file), said ?? region, {
      nested,
      onAbsent: (each) => absent.push(each),
    }),
  );
  return [...own, ...folders.flatMap((inner) => assemblyResources(join(folder, inner), region, absent))];
}

/** The templates of nested stacks in a folder, each read once. */
function nestedIn(folder: string): Nested {
  const read = new Map<string, CloudFormation>();
  return (resource) => {
    const file = nestedFile(resource);
    const path = file && join(folder, basename(file));
    if (!path || !existsSync(path)) return undefined;
    const template = read.get(path) ?? parseTemplate(readText(path), basename(path));
    read.set(path, template);
    return template;
  };
}
