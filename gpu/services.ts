/** The Google APIs that the other components call. */
import { Service } from '@pulumi/gcp/projects/service.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import { googleApis } from '../lib/config/google-apis.ts';

/** APIs stay on when the environment goes: another environment of the project may use them. */
export class ProjectServices extends ComponentResource {
  readonly enabled: readonly Service[];

  constructor(name: string, { environment }: { readonly environment: Environment }, opts: ComponentResourceOptions) {
    super('dojang:gpu:ProjectServices', name, {}, opts);
    const { project } = environment.gcp;
    this.enabled = googleApis.map(
      (service) =>
        new Service(
          `service-${service.replace('.googleapis.com', '')}`,
          { project, service, disableOnDestroy: false, disableDependentServices: false },
          { parent: this },
        ),
    );
    this.registerOutputs();
  }
}
