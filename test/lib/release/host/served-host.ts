/**
 * A host of releases of the API that a real nginx serves to visitors. Only systemd and the bucket
 * are stand-ins: each slot is a process that is started with its settings and ended by SIGTERM.
 */
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';
import { certifyAuthority, issue, newKey } from '../../../../scripts/io/pki.ts';
import { freePorts, Nginx } from '../../host/nginx/nginx.ts';
import { local, localFacts, stepOf } from '../../host/recipes.ts';
import { runScript } from '../probe/run.ts';
import { ApiHost } from './api-host.ts';
import { Load } from './load.ts';

export class ServedHost {
  readonly nginx: Nginx;
  readonly host: ApiHost;
  /** Port of nginx. */
  readonly https: number;
  readonly load: Load;

  private constructor(nginx: Nginx, host: ApiHost, https: number) {
    this.nginx = nginx;
    this.host = host;
    this.https = https;
    this.load = new Load(https);
  }

  static async start(): Promise<ServedHost> {
    const [https = 0, http = 0, a = 0, b = 0] = await freePorts(4);
    const key = await newKey();
    const authority = { key, certificate: await certifyAuthority(key, 'test authority', new Date()) };
    const pair = await issue({ commonName: 'site', names: ['DNS:site'], use: 'server' }, authority, new Date());
    const nginx = await Nginx.start({
      step: stepOf(hostRecipe(local, 'aws', { ...localFacts, unlimitedClients: ['127.0.0.1'] }), 'nginx-site'),
      ports: { 443: https, 80: http, 8080: a },
      tls: { 'site.pem': pair.certificate, 'site-key.pem': pair.key.pem.reveal() },
    });
    const host = new ApiHost({ systemd: 'processes', ports: { a, b }, folder: nginx.folder });
    host.command('bin/nginx', `#!/bin/bash\nexec ${nginx.argv.map(quoted).join(' ')} "$@"\n`);
    return new ServedHost(nginx, host, https);
  }

  /** Beside the load, which is of this process. */
  run({ script }: { readonly script: string }): Promise<ShellResult> {
    return runScript(this.host.here(script), {}, { PATH: `${this.host.at('bin')}:${process.env.PATH}` });
  }

  async stop(): Promise<void> {
    await this.load.end();
    this.host.stop();
    await this.nginx.stop();
  }
}
