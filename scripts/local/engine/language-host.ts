/**
 * Runs this project's Pulumi program for a `pulumi` that the operator types on the embedded cloud,
 * when the official Node.js host is absent.
 */
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { LanguageRuntimeService } from '@pulumi/pulumi/proto/language_grpc_pb.js';
import type { InstallDependenciesRequest, InstallDependenciesResponse, RunRequest, RunResponse } from '@pulumi/pulumi/proto/language_pb.js';
import languageProto from '@pulumi/pulumi/proto/language_pb.js';
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js';
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js';
import { endPrograms, runProgram } from './program-run.ts';

/** The engine gives its own address as the only argument and reads our port from the first line. */
const engine = process.argv[2] ?? '';

const service: UntypedServiceImplementation = {
  handshake: answer(() => new languageProto.LanguageHandshakeResponse()),
  getPluginInfo: answer(() => new pluginProto.PluginInfo().setVersion('1.0.0')),
  getRequiredPackages: answer(() => new languageProto.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new languageProto.GetRequiredPluginsResponse()),
  getProgramDependencies: answer(() => new languageProto.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: answer(() => new languageProto.RuntimeOptionsResponse()),
  about: answer(() => new languageProto.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  installDependencies: nothingToInstall(),
  run: answer(run),
  cancel: answer(() => {
    endPrograms();
    return new emptyProto.Empty();
  }),
};

const server = new Server();
server.addService(LanguageRuntimeService, service);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
process.once('SIGTERM', () => {
  endPrograms();
  process.exit(0);
});

async function run(request: RunRequest): Promise<RunResponse> {
  const { error, isReported } = await runProgram(request, engine);
  return new languageProto.RunResponse().setError(isReported ? '' : error).setBail(isReported);
}

/** The project's packages are already there: this file came with them. */
function nothingToInstall(): handleServerStreamingCall<InstallDependenciesRequest, InstallDependenciesResponse> {
  return (call) => call.end();
}

function answer<Request, Response>(make: (request: Request) => Response | Promise<Response>): handleUnaryCall<Request, Response> {
  return async (call, callback) => {
    try {
      callback(null, await make(call.request));
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
    }
  };
}
