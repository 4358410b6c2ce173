/** What the sign-in provider is started with. */

export interface ServerSettings {
  readonly folder: string;
  readonly port: number;
  readonly redirectUris: readonly string[];
}
