/**
 * Reads the manifest of a `cdk.out` folder: which templates it has, and where each is deployed to.
 */
import * as z from 'zod';
import { DojangError, messageOf } from '../../errors/dojang-error.ts';
import { isObject } from '../../inventory/normalise.ts';
import type { CloudFormationResource } from './template-text.ts';

const manifest = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        environment: z.string().optional(),
        properties: z
          .object({ templateFile: z.string().optional(), directoryName: z.string().optional(), stackName: z.string().optional() })
          .optional(),
      }),
    )
    .default({}),
});

export interface Assembly {
  readonly stacks: readonly { readonly name: string; readonly file: string; readonly region: string | undefined }[];
  /** Folders with a manifest of their own: the stages of an app. */
  readonly folders: readonly string[];
}

/** @throws DojangError `not-an-assembly`. */
export function parseAssembly(text: string, name: string): Assembly {
  const { success, data, error } = manifest.safeParse(read(text, name));
  if (!success) throw notAnAssembly(name, z.prettifyError(error));
  const artifacts = Object.entries(data.artifacts);
  return {
    stacks: artifacts.flatMap(([id, { type, environment, properties }]) =>
      type === 'aws:cloudformation:stack' && properties?.templateFile
        ? [{ name: properties.stackName ?? id, file: properties.templateFile, region: regionOf(environment) }]
        : [],
    ),
    folders: artifacts.flatMap(([, { type, properties }]) =>
      type === 'cdk:cloud-assembly' && properties?.directoryName ? [properties.directoryName] : [],
    ),
  };
}

/**
 * The file beside a template that has the template of a nested stack, as the CDK writes it into the
 * parent; undefined when it does not say.
 */
export function nestedFile({ Metadata }: CloudFormationResource): string | undefined {
  const file = isObject(Metadata) ? Metadata['aws:asset:path'] : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** `aws://123456789012/ap-northeast-2`; `unknown-region` when the app leaves it open. */
function regionOf(environment: string | undefined): string | undefined {
  const region = environment?.split('/').at(-1);
  return region === 'unknown-region' ? undefined : region;
}

function read(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notAnAssembly(name, messageOf(error));
  }
}

function notAnAssembly(name: string, what: string): DojangError {
  return new DojangError('not-an-assembly', `${name} is not the manifest of a cloud assembly: ${what}`, {
    next: 'name the folder that cdk synth wrote, by default cdk.out',
  });
}
