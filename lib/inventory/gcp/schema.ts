/**
 * The shapes of GCP resource types, taken from the real provider: what plans compare by and the
 * embedded cloud checks by.
 */
import content from './schema.json' with { type: 'json' };

/** What a property may be: a plain type, a list, a map, or a nested type by its name. */
export interface Shape {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'any';
  readonly array?: Shape;
  readonly map?: Shape;
  readonly ref?: string;
  readonly required?: boolean;
  /** A change of it makes a new resource. */
  readonly replaces?: boolean;
}

export type Shapes = Readonly<Record<string, Shape>>;

export interface ResourceSchema {
  readonly inputs: Shapes;
  readonly outputs: Shapes;
}

interface Schema {
  readonly source: string;
  readonly resources: Readonly<Record<string, ResourceSchema>>;
  readonly types: Readonly<Record<string, Shapes>>;
}

const schema = content as Schema;

/**
 * The schema of a type like `gcp:compute/disk:Disk`; undefined when its shape is not in
 * `schema.json`.
 */
export function resourceSchema(type: string): ResourceSchema | undefined {
  return schema.resources[type];
}

/** The properties of a nested type; undefined for a plain shape. */
export function nestedShapes(shape: Shape): Shapes | undefined {
  return shape.ref === undefined ? undefined : schema.types[shape.ref];
}
