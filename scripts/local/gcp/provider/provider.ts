/**
 * A Pulumi provider for every `gcp:*` resource, over the embedded cloud. It answers as the real
 * provider does.
 */
import { createRequire } from 'node:module';
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from '@pulumi/pulumi/proto/provider_pb.js';
import { difference } from '../../../../lib/inventory/gcp/difference.ts';
import { type ResourceSchema, resourceSchema } from '../../../../lib/inventory/gcp/schema.ts';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { createResource, deleteResource, readResource, updateResource } from '../resources/cloud.ts';
import { firewallType } from '../resources/firewalls.ts';
import type { Store } from '../resources/store.ts';
import { checkInputs, hasFixedName, unknown, withName } from './check.ts';
import { answered, outputsOf } from './computed.ts';
import { withDefaults } from './defaults.ts';
import { checkAnswer, diffAnswer, empty, plain, protocol, struct, unary } from './protocol.ts';

/** The calls of Pulumi's `ResourceProvider` service that the engine makes. */
export function providerService(store: Store): UntypedServiceImplementation {
  return {
    getPluginInfo: unary(() => new protocol.PluginInfo().setVersion(version)),
    getSchema: unary(() => new protocol.GetSchemaResponse().setSchema(JSON.stringify({ name: 'gcp', version }))),
    attach: unary(empty),
    cancel: unary(empty),
    checkConfig: unary((request: CheckRequest) => checkAnswer(plain(request.getNews()), [])),
    diffConfig: unary(() => diffAnswer(new Map())),
    configure: unary((_: ConfigureRequest) => new protocol.ConfigureResponse().setSupportspreview(true)),
    check: unary(check),
    diff: unary(diff),
    create: unary((request: CreateRequest) => create(store, request)),
    read: unary((request: ReadRequest) => read(store, request)),
    update: unary((request: UpdateRequest) => update(store, request)),
    delete: unary((request: DeleteRequest) => {
      deleteResource(store, typeOf(request.getUrn()), request.getId());
      return empty();
    }),
  };
}

/** The version that programs of this project ask for: that of their SDK. */
const { version } = createRequire(import.meta.url)('@pulumi/gcp/package.json') as { readonly version: string };

function check(request: CheckRequest) {
  const type = typeOf(request.getUrn());
  const schema = resourceSchema(type);
  const news = plain(request.getNews());
  if (!schema) return checkAnswer(news, [{ property: '', reason: `The embedded cloud does not know the resource type ${type}` }]);
  const { inputs, failures } = checkInputs(schema, news);
  const name = request.getUrn().split('::').at(-1) ?? '';
  const named = withName(schema, inputs, plain(request.getOlds()), name, request.getRandomseed_asU8());
  return checkAnswer(withDefaults(type, named), failures);
}

function diff(request: DiffRequest) {
  const type = typeOf(request.getUrn());
  const schema = schemaOf(type);
  const news = plain(request.getNews());
  const old = recorded(type, plain(request.getOldInputs()), plain(request.getOlds()));
  const name = request.getUrn().split('::').at(-1) ?? '';
  return diffAnswer(difference(type, schema, old, news), { deleteBeforeReplace: hasFixedName(schema, name, old, news) });
}

/**
 * What the resource is now. A state of an earlier version has no defaults; a firewall's sources are
 * compared as the cloud last had them.
 */
function recorded(type: string, oldInputs: Properties, state: Properties): Properties {
  const inputs = withDefaults(type, oldInputs);
  return type === firewallType && state.sourceRanges ? { ...inputs, sourceRanges: state.sourceRanges } : inputs;
}

async function create(store: Store, request: CreateRequest) {
  const type = typeOf(request.getUrn());
  const inputs = plain(request.getProperties());
  const answer = new protocol.CreateResponse();
  if (request.getPreview()) return answer.setProperties(struct(planned(type, inputs)));
  const resource = await createResource(store, type, inputs);
  return answer.setId(resource.id).setProperties(struct(outputsOf(store, resource)));
}

/** An answer without an id says that the resource is gone. */
function read(store: Store, request: ReadRequest) {
  const resource = readResource(store, typeOf(request.getUrn()), request.getId());
  const answer = new protocol.ReadResponse();
  if (!resource) return answer;
  return answer
    .setId(resource.id)
    .setInputs(struct(answered(resource.type, resource.inputs)))
    .setProperties(struct(outputsOf(store, resource)));
}

function update(store: Store, request: UpdateRequest) {
  const inputs = plain(request.getNews());
  const answer = new protocol.UpdateResponse();
  if (request.getPreview()) return answer.setProperties(struct({ ...plain(request.getOlds()), ...inputs }));
  const resource = updateResource(store, typeOf(request.getUrn()), request.getId(), inputs, plain(request.getOlds()));
  return answer.setProperties(struct(outputsOf(store, resource)));
}

/** The outputs of a resource that is not there yet: known from its inputs, the rest unknown. */
function planned(type: string, inputs: Properties): Properties {
  const chosen = [...Object.keys(schemaOf(type).outputs), ...(type === 'gcp:compute/address:Address' ? ['address'] : [])];
  return { ...Object.fromEntries(chosen.map((name) => [name, unknown])), ...inputs };
}

function schemaOf(type: string): ResourceSchema {
  const schema = resourceSchema(type);
  if (!schema) throw new Error(`the embedded cloud does not know the resource type ${type}`);
  return schema;
}

/**
 * `gcp:compute/disk:Disk` of
 * `urn:pulumi:local::dojang::dojang:gpu:AiData$gcp:compute/disk:Disk::ai-data`.
 */
function typeOf(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}
