/** Names that the engine gives to resources. */

/** `ai-data` of `urn:pulumi:local::dojang::...::ai-data`. */
export function nameOf(urn: string): string {
  return urn.split('::').slice(3).join('::');
}
