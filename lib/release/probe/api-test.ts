/** The functional test of a release of the API, in its slot, before nginx sends to it. */
import { quoted, text } from '../../host/bash/bash-template.ts';
import { paths } from '../../host/paths.ts';
import { healthyFunctions } from '../../host/services/healthy.ts';
import { apiHome, slotState } from '../../host/slots/state.ts';
import { noMetadata } from '../../host/system/metadata-address.ts';
import { testSeconds } from '../plan/limits.ts';
import { asking, type ProbeScript, python, whole } from './script.ts';

/** Seconds that one request may take: more than the manual's limit of an answer, 10. */
const requestSeconds = 15;

/**
 * Signs in, queries the checklist and uploads a document, three times. The account is made and
 * deleted by the release itself (apps/api/src/test-account.ts), with the rights of root on the
 * host. The provider knows no account for tests, so of the sign-in by it all is tested that needs
 * none: that it is begun there, and that the provider takes the API's secret and then refuses a
 * made-up code. A provider that does not answer the release that serves either is no fault of this
 * one. A release whose unit has failed, or was restarted since it was started, has failed its test:
 * it was healthy before.
 */
export function apiTestScript({ digest }: { readonly digest: string }): ProbeScript {
  const release = quoted(`${apiHome}/releases/${digest}`);
  return {
    limitSeconds: testSeconds.api,
    script: whole(
      slotState,
      healthyFunctions,
      slotOfRelease(release),
      account,
      python(`${asking}\n${apiTest}`, ['$port', '$other', '$settings']),
    ),
  };
}

/** The release runs in the idle slot, or serves already where a run was ended after the switch. */
const slotOfRelease = (release: string) => text`
  release=${release}
  slot=
  idle=$(idle_slot)
  for each in "$idle" "$(serving_slot || true)"; do
    if [ -z "$each" ] || [ "$(release_of "$each")" != "$release" ]; then continue; fi
    unit=$(unit_of "$each")
    # One that serves may have been restarted in the weeks before.
    restarts=0
    if [ "$each" != "$idle" ]; then restarts=$(unit_restarts "$unit"); fi
    fault=$(unit_fault "$unit" "$restarts")
    if [ -n "$fault" ]; then
      printf 'sample\tprobe\thealth\tfailed\t0\t%s\n' "$fault, and had been healthy"
      exit 0
    fi
    if systemctl is-active --quiet "$unit"; then
      slot=$each
      break
    fi
  done
  if [ -z "$slot" ]; then
    echo "the release runs in no slot: it is started before it is tested"
    exit 1
  fi
  port=$(port_of "$slot")
  settings=${paths.settings}/api-$slot.env
  other=
  if serving=$(serving_slot) && [ "$serving" != "$slot" ]; then other=$(port_of "$serving"); fi
`;

/** As a user of its own, like a migration: that of the API could read the cookie in its memory. */
const account = text`
  # account open|close
  account() {
    systemd-run --quiet --wait --pipe --collect --property=DynamicUser=yes --property=EnvironmentFile="$settings" \
      '--property=${noMetadata}' --property=RuntimeMaxSec=30 \
      "$release/bin/node" "$release/test-account.js" "$1" </dev/null
  }
  # no_session REASON: ends with a failed sign-in, as most of the test would be left out. A program
  # that makes no session may not delete one either.
  no_session() {
    printf 'sample\tprobe\tsign-in\tfailed\t0\tno session could be made: %s\n' "$1"
    trap - EXIT
    account close >/dev/null 2>&1 || true
    exit 0
  }
  export COOKIE=
  # A release from before this test, which a rollback brings back, has no such program.
  if [ -e "$release/test-account.js" ]; then
    trap 'account close >/dev/null' EXIT
    if ! said=$(account open 2>&1); then
      no_session "$(tail -n 1 <<<"$said" | tr '\t' ' ')"
    fi
    COOKIE=$(sed -n 's/.*"cookie":"\([^"]*\)".*/\1/p' <<<"$said")
    # What it printed instead is not shown: it may be a session in another form.
    if [ -z "$COOKIE" ]; then no_session "test-account.js printed no cookie"; fi
  fi
`;

const apiTest = text`
  import os, urllib.parse

  port, other, file = sys.argv[1:4]
  cookie = os.environ["COOKIE"]
  times = {}

  def settings():
      with open(file) as lines:
          for line in lines:
              name, _, value = line.rstrip("\n").partition("=")
              yield name, value.strip('"')
  known = dict(settings())

  def call(base, path, method="GET", body=None, headers={}):
      status, seconds, answered, body = ask(base + path, ${requestSeconds}, method, body, {"Origin": known["PUBLIC_URL"], **headers})
      return status, seconds, answered, body

  # Why a sign-in by the provider does not work; nothing where it does
  def provider_fault(base):
      status, _, headers, _ = call(base, "/api/auth/login?returnTo=/")
      if status != 302:
          return f"the sign-in is not begun: status {status}"
      place = urllib.parse.urlsplit(headers["Location"])
      state = urllib.parse.parse_qs(place.query).get("state", [""])[0]
      attempt = "; ".join(each.split(";")[0] for each in headers.get_all("Set-Cookie", []))
      query = urllib.parse.urlencode({"code": "release-test", "state": state, "iss": known["OIDC_ISSUER"]})
      status, _, _, _ = call(base, f"/api/auth/callback?{query}", headers={"Cookie": attempt})
      # 400: the provider has refused the code alone. 503: it does not answer, or refuses the API.
      return "" if status == 400 else f"the sign-in cannot be ended: status {status}"

  def sign_in():
      began = time.monotonic()
      fault = provider_fault(f"http://127.0.0.1:{port}") if known.get("OIDC_ISSUER") else ""
      note = fault
      if fault and other and provider_fault(f"http://127.0.0.1:{other}"):
          fault, note = "", f"{fault}, and of the release that serves neither"
      probe("sign-in", not fault, time.monotonic() - began, note)

  # One request whose answer must be as expected; what it costs is measured
  def works(signal, what, expected, path, method="GET", body=None, headers={}):
      status, seconds, _, answer = call(f"http://127.0.0.1:{port}", path, method, body, {"Cookie": cookie, **headers})
      taken = times.setdefault(what, [])
      taken.append(seconds)
      ok = status == expected
      probe(signal, ok, seconds, "" if ok else f"{what}: status {status}")
      probe("response-time", ok, seconds, what)
      slow = len(taken) >= 3 and sum(taken[-3:]) / 3 > 10
      if not ok or slow:
          sys.exit()
      return json.loads(answer)

  # One request after the other, so that one which is slow shows after three of its own
  def three_times(request):
      return [request() for _ in range(3)]

  def upload():
      mark = "release-test-of-dojang"
      head = f'--{mark}\r\nContent-Disposition: form-data; name="pages"; filename="lease.txt"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
      body = f"{head}제1조 (보증금) 보증금은 1,000,000원으로 한다.\r\n--{mark}--\r\n".encode()
      return works("core-api", "document upload", 202, "/api/contracts", "POST", body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

  sign_in()
  if cookie:
      three_times(lambda: works("sign-in", "session", 200, "/api/me"))
  three_times(lambda: works("core-api", "checklist query", 200, "/api/checklist"))
  if cookie:
      documents = three_times(upload)
      three_times(lambda: works("core-api", "document query", 200, f"/api/contracts/{documents.pop()['id']}"))
  else:
      three_times(lambda: works("core-api", "listings query", 200, "/api/listings?limit=1"))
`;
