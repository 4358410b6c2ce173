/** What the scripts have in common that look at a release from its host. */
import { heredoc, quoted, text } from '../../host/bash/bash-template.ts';
import { lines } from '../../host/bash/files.ts';

/** A script that only looks: it may run at any time, and holds no lock. */
export interface ProbeScript {
  readonly script: string;
  readonly limitSeconds: number;
}

/**
 * What probes call themselves. Their requests are left out of what is measured. A client that uses
 * the name hides nothing but its own requests.
 */
export const probeAgent = 'dojang-probe';

const head = text`
  set -euo pipefail
  export PATH=$PATH:/usr/sbin:/sbin
`;

/** Bash that runs a program of Python; an argument that begins with `$` is one of bash's. */
export function python(program: string, args: readonly (string | number)[]): string {
  const words = args.map((each) => (`${each}`.startsWith('$') ? `"${each}"` : each === '' ? "''" : quoted(`${each}`)));
  return heredoc(['python3', '-', ...words].join(' '), program);
}

/**
 * Python: `ask` answers the status (0 where there is no answer), the seconds until the body was
 * there, headers and body. `sample` prints what `samplesFrom` reads.
 */
export const asking = text`
  import json, re, ssl, sys, time, urllib.error, urllib.request

  class Same(urllib.request.HTTPRedirectHandler):
      def redirect_request(self, *_):
          return None

  tls = ssl.create_default_context()
  tls.check_hostname = False
  tls.verify_mode = ssl.CERT_NONE
  opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tls), Same)

  def ask(url, timeout, method="GET", body=None, headers={}):
      request = urllib.request.Request(url, data=body, method=method, headers={"User-Agent": "${probeAgent}", **headers})
      began = time.monotonic()
      try:
          with opener.open(request, timeout=timeout) as answer:
              status, headers, body = answer.status, answer.headers, answer.read(1 << 22)
      except urllib.error.HTTPError as answer:
          status, headers, body = answer.code, answer.headers, answer.read(1 << 22)
      except Exception as error:
          status, headers, body = 0, {}, str(error).encode()
      return status, time.monotonic() - began, headers, body

  def sample(*fields):
      print("sample", *(str(each).replace("\t", " ").replace("\n", " ")[:300] for each in fields), sep="\t", flush=True)

  def probe(signal, ok, seconds, note=""):
      sample("probe", signal, "ok" if ok else "failed", f"{seconds:.3f}", note)

  # As the AI server says it, or a library on the GPU: "CUDA out of memory"
  def out_of_memory(said):
      return re.search("out of GPU memory|(CUDA|GPU)[ a-z:]{0,40}out of memory", said, re.IGNORECASE) is not None
`;

/** A whole script of what is given. */
export const whole = (...parts: readonly string[]) => `${lines(head, ...parts)}\n`;
