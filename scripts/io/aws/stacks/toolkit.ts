/** The CDK toolkit in this process, silent: what it has to say becomes progress notes. */
import type { IBaseCredentialsProvider, IIoHost, Toolkit } from '@aws-cdk/toolkit-lib';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { directToolkit } from '../../process/process-environment.ts';
import type { AwsContext } from '../aws-context.ts';
import { noteOf } from './toolkit-progress.ts';

type Library = typeof import('@aws-cdk/toolkit-lib');

/** Loaded when it is needed: half a second that most commands can do without. */
export async function toolkitFor(site: AwsContext, progress: Progress): Promise<{ readonly toolkit: Toolkit; readonly library: Library }> {
  const library = await import('@aws-cdk/toolkit-lib');
  if (site.connection.endpoints.aws) directToolkit(site.connection.endpoints.aws);
  const toolkit = new library.Toolkit({
    ioHost: quietHost(progress),
    emojis: false,
    color: false,
    sdkConfig: { baseCredentials: credentialsOf(site, library) },
  });
  return { toolkit, library };
}

/** On the real AWS the toolkit looks for them as the AWS CLI does. */
function credentialsOf({ connection: { credentials }, environment }: AwsContext, { BaseCredentials }: Library): IBaseCredentialsProvider {
  const { region } = environment.aws;
  if (!credentials) return BaseCredentials.awsCliCompatible({ defaultRegion: region });
  return BaseCredentials.custom({ provider: async () => credentials, region });
}

/** Answers every question with the toolkit's own proposal: the operator has been asked before. */
function quietHost(progress: Progress): IIoHost {
  return {
    notify: async ({ code, data }) => {
      const note = noteOf(code, data);
      if (note) progress(note);
    },
    requestResponse: async ({ defaultResponse }) => defaultResponse,
  };
}
