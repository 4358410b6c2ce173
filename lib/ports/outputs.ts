/** Outputs of a deployment by name. */
export type Outputs = Readonly<Record<string, string>>;
