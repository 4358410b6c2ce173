/** What the scanners find, in one form. */

export interface Finding {
  readonly scanner: string;
  /** As the scanner names it, like `CKV_AWS_18`. */
  readonly rule: string;
  /** File, or file and resource. */
  readonly place: string;
  readonly text: string;
}

/** Readers of the scanners' JSON. Places are relative to where the scanner ran. */
export const readers = {
  zizmor: (json: string): Finding[] =>
    (JSON.parse(json) as ZizmorFinding[]).map(({ ident, desc, locations }) => ({
      scanner: 'zizmor',
      rule: ident,
      place: locations[0]?.symbolic.key.Local?.verbatim_path ?? '',
      text: desc,
    })),

  checkov: (json: string): Finding[] =>
    [JSON.parse(json) as CheckovReport | CheckovReport[]]
      .flat()
      .flatMap(({ results }) => results?.failed_checks ?? [])
      .map(({ check_id, check_name, file_path, resource }) => ({
        scanner: 'checkov',
        rule: check_id,
        place: `${file_path.replace(/^\//, '')} ${resource}`,
        text: check_name,
      })),

  cfnLint: (json: string): Finding[] =>
    (JSON.parse(json) as CfnLintFinding[]).map(({ Rule, Message, Filename }) => ({
      scanner: 'cfn-lint',
      rule: Rule.Id,
      place: Filename,
      text: Message,
    })),

  gixy: (json: string): Finding[] =>
    (JSON.parse(json) as GixyFinding[]).map(({ plugin, summary, file, path }) => ({
      scanner: 'gixy',
      rule: plugin,
      place: file ?? path,
      text: summary,
    })),

  bandit: (json: string): Finding[] =>
    (JSON.parse(json) as BanditReport).results.map(({ test_id, issue_text, filename }) => ({
      scanner: 'bandit',
      rule: test_id,
      place: filename,
      text: issue_text,
    })),
} as const;

interface ZizmorFinding {
  readonly ident: string;
  readonly desc: string;
  readonly locations: readonly { readonly symbolic: { readonly key: { readonly Local?: { readonly verbatim_path: string } } } }[];
}
interface CheckovReport {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly file_path: string;
      readonly resource: string;
    }[];
  };
}
interface CfnLintFinding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
}
interface GixyFinding {
  readonly plugin: string;
  readonly summary: string;
  readonly file?: string;
  readonly path: string;
}
interface BanditReport {
  readonly results: readonly { readonly test_id: string; readonly issue_text: string; readonly filename: string }[];
}
