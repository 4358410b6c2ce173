/** The provider protocol's messages, made from and turned into plain data. */
import { type handleUnaryCall, status } from '@grpc/grpc-js';
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js';
import providerProto from '@pulumi/pulumi/proto/provider_pb.js';
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js';
import structProto, { type JavaScriptValue, type Struct } from 'google-protobuf/google/protobuf/struct_pb.js';
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Difference, PropertyChange } from '../../../../lib/inventory/gcp/difference.ts';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import type { Failure } from './check.ts';

export const protocol = { ...providerProto, ...pluginProto };

export const empty = () => new emptyProto.Empty();

/** A call that answers once; what it throws goes to the engine as the resource's error. */
export function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>): handleUnaryCall<Request, Response> {
  return async (call, callback) => {
    try {
      callback(null, await answer(call.request));
    } catch (error) {
      callback({ code: status.UNKNOWN, details: messageOf(error) });
    }
  };
}

export function struct(properties: Properties): Struct {
  return structProto.Struct.fromJavaScript(properties as { [key: string]: JavaScriptValue });
}

export function plain(message: Struct | undefined): Properties {
  return (message?.toJavaScript() ?? {}) as Properties;
}

export function checkAnswer(inputs: Properties, failures: readonly Failure[]) {
  const answer = new protocol.CheckResponse().setInputs(struct(inputs));
  return answer.setFailuresList(
    failures.map(({ property, reason }) => new protocol.CheckFailure().setProperty(property).setReason(reason)),
  );
}

/** The engine replaces for the names in `replaces`, and prints the detailed differences. */
export function diffAnswer(changes: Difference, { deleteBeforeReplace = false }: { readonly deleteBeforeReplace?: boolean } = {}) {
  const { DIFF_NONE, DIFF_SOME } = protocol.DiffResponse.DiffChanges;
  const names = (paths: readonly string[]) => [...new Set(paths.map((path) => path.split(/[.[]/)[0] ?? path))];
  const replacing = [...changes].filter(([, change]) => change.replaces).map(([path]) => path);
  const answer = new protocol.DiffResponse()
    .setChanges(changes.size === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(names([...changes.keys()]))
    .setReplacesList(names(replacing))
    .setDeletebeforereplace(deleteBeforeReplace && replacing.length > 0)
    .setHasdetaileddiff(true);
  for (const [path, change] of changes) {
    answer.getDetaileddiffMap().set(path, new protocol.PropertyDiff().setKind(kindOf(change)).setInputdiff(true));
  }
  return answer;
}

function kindOf({ kind, replaces }: PropertyChange) {
  const kinds = protocol.PropertyDiff.Kind;
  if (kind === 'add') return replaces ? kinds.ADD_REPLACE : kinds.ADD;
  if (kind === 'delete') return replaces ? kinds.DELETE_REPLACE : kinds.DELETE;
  return replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE;
}
