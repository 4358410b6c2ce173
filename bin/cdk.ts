/** The CDK app: `npx cdk synth`, `npx cdk deploy --all --context env=prod`. */
import { App } from 'aws-cdk-lib/core';
import { explain } from '../lib/errors/dojang-error.ts';
import { loadConfig } from '../scripts/io/config/config-file.ts';
import { guardAssembly } from '../scripts/runtime/plan/cdk-guard.ts';
import { awsApp } from '../stacks/app.ts';

try {
  // Context is needed before there is an app; a bare one knows how the CLI passes it.
  const { node } = new App({ autoSynth: false });
  const environment = await loadConfig(String(node.tryGetContext('env') ?? 'prod'), '--context env=');
  const approved = String(node.tryGetContext('approve') ?? '')
    .split(',')
    .flatMap((name) => name.trim() || []);
  guardAssembly(environment, awsApp(environment).synth(), approved);
} catch (error) {
  process.stderr.write(`${explain(error, { verbose: process.env.CDK_DEBUG === 'true', more: 'npx cdk ... --debug' })}\n`);
  process.exitCode = 1;
}
