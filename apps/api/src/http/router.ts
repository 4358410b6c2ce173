/**
 * A router whose routes are described by schemas; what does not fit one is refused with the fields
 * that are wrong.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { refuseInvalid } from '../errors.ts';
import type { AppEnv } from './env.ts';

export type Router = OpenAPIHono<AppEnv>;

export function createRouter(): Router {
  return new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
}
