/**
 * How much one person and one address may ask of the site. Korean carriers put thousands of people
 * behind one address, so that an address identifies no user: each signed-in user has a budget of
 * their own, which other clients cannot use up.
 */
import { text } from '../bash/bash-template.ts';
import { secretValue } from '../services/secret-tool.ts';

/**
 * Rates that a user does not reach by hand, and a program soon does; for addresses, what a large
 * crowd behind one of them does not reach. The service is made for 100 requests a second at its
 * peak (docs/hosts.md has the reckoning).
 */
const rates = {
  /** A page asks the API four times when it is opened. */
  person: 'rate=20r/s',
  /** Half of the peak of the whole service from one address: reading without being signed in. */
  address: 'rate=50r/s',
  /** Beginning a sign-in needs neither a database nor the provider. */
  signIn: 'rate=200r/s',
  /**
   * Coming back after a beginning asks the provider: more from one address than the whole service
   * sees.
   */
  signInEnd: 'rate=50r/s',
  /**
   * A browser comes back once, and once more when its connection breaks. nginx counts nothing
   * slower.
   */
  attempt: 'rate=1r/m',
  /**
   * Coming back without a beginning is refused by the API; with that of a release before today's
   * code for nginx, it is not.
   */
  signInCallback: 'rate=20r/s',
  submit: 'rate=30r/m',
} as const;

/**
 * Sign-ins that come at once are passed on at once up to `free`, and wait for the rate up to
 * `waiting`: 10 s, 25 s without a beginning. Refusing them would leave it to chance who gets in,
 * and a program that tries again and again has more chances than its neighbours. A visitor who has
 * not signed in yet is known by their address alone, so there is a bound: a program that keeps more
 * than `free` and `waiting` requests open to begin keeps its neighbours from it, and one that comes
 * back more often than `signInEnd` keeps them from ending. A beginning lasts 10 minutes
 * (`attemptSeconds` of the API) and is good for 11 returns: two at once, and one every 62.5 s.
 * Without pause that takes more than four beginnings a second (50 / 11), made from any address. Of
 * fewer, 300 fill `free` and `waiting` once, and 600 once a minute, which lasts 12 s.
 */
const signInBursts = {
  'sign-in': { free: 400, waiting: 2000 },
  'sign-in-end': { free: 100, waiting: 500 },
  'sign-in-callback': { free: 100, waiting: 500 },
} as const;

const bursts = { person: 60, address: 200, submit: 20, attempt: 1 } as const;

/**
 * Requests at one time; those by address count only visitors who are not signed in. The API holds
 * 128 MiB of uploads in all, of 25 MiB at most each.
 */
const atOnce = { person: 32, address: 256, uploadsOfPerson: 3, uploadsOfAddress: 64 } as const;

/** Where nginx reads what it recognises the API's cookies by. */
export const sessionKeyFile = '/etc/nginx/dojang/session-key.conf';

/**
 * @param parameter of the session secret, with which the API signs; its letters need no quoting
 *   (`randomBytes(36)` in base64url)
 */
export function sessionKey(parameter: string): string {
  return `secure_link_md5 "$session_token.$session_person ${secretValue(parameter)}";`;
}

/** The same for a sign-in that has begun. */
export const attemptKeyFile = '/etc/nginx/dojang/attempt-key.conf';

/** @param parameter as of {@link sessionKey} */
export function attemptKey(parameter: string): string {
  return `secure_link_md5 "sign-in $attempt $attempt_until ${secretValue(parameter)}";`;
}

const start = '(?:^|;\\s*)__Host-';
const end = '(?:;|$)';

/**
 * How requests are counted. `$secure_link` is 1 for an account that the API has signed for this
 * token (apps/api/src/sessions/session-cookie.ts): its person is counted, wherever they ask from.
 * Everybody else is counted by address; an empty key is not counted at all.
 */
export function limitZones(unlimitedClients: readonly string[]): string {
  return text`
    map $http_cookie $session_token {
        "~${start}session=([\w-]{43})${end}" $1;
        default "";
    }
    map $http_cookie $session_person {
        "~${start}person=([1-9]\d*)\.[\w-]{22}${end}" $1;
        default "";
    }
    map $http_cookie $session_code {
        "~${start}person=[1-9]\d*\.([\w-]{22})${end}" $1;
        default "";
    }
    map $http_cookie $attempt {
        "~${start}sign-in=[\w-]+\.([\w-]{43})\.\d+\.[\w-]{22}${end}" $1;
        default "";
    }
    map $http_cookie $attempt_until {
        "~${start}sign-in=[\w-]+\.[\w-]{43}\.(\d+)\.[\w-]{22}${end}" $1;
        default "";
    }
    map $http_cookie $attempt_code {
        "~${start}sign-in=[\w-]+\.[\w-]{43}\.\d+\.([\w-]{22})${end}" $1;
        default "";
    }
    secure_link $session_code;
    include ${sessionKeyFile};

    geo $unlimited {
        default 0;
        ${unlimitedClients.map((address) => `${address} 1;`).join(' ')}
    }
    map "$unlimited:$secure_link" $person {
        "0:1" $session_person;
        default "";
    }
    map "$unlimited:$secure_link" $signed_out_address {
        "0:1" "";
        "~^0:" $binary_remote_addr;
        default "";
    }
    map $unlimited $any_address {
        0 $binary_remote_addr;
        default "";
    }
    # Where a sign-in comes back, $secure_link is 1 for one that the API has begun
    # (apps/api/src/auth/attempt.ts), and 0 when it is over.
    map "$unlimited:$secure_link" $begun_attempt {
        "0:1" $attempt;
        default "";
    }
    map "$unlimited:$secure_link" $begun_attempt_address {
        "0:1" $binary_remote_addr;
        default "";
    }
    map $request_method $submitting_person {
        POST $person;
        default "";
    }
    map $request_method $uploading_address {
        POST $signed_out_address;
        default "";
    }

    limit_req_status 429;
    limit_req_log_level notice;
    limit_req_zone $person zone=person:10m ${rates.person};
    limit_req_zone $signed_out_address zone=address:10m ${rates.address};
    limit_req_zone $signed_out_address zone=public-reads:10m ${rates.address};
    limit_req_zone $any_address zone=sign-in:10m ${rates.signIn};
    limit_req_zone $begun_attempt zone=attempt:10m ${rates.attempt};
    limit_req_zone $begun_attempt_address zone=sign-in-end:10m ${rates.signInEnd};
    limit_req_zone $signed_out_address zone=sign-in-callback:10m ${rates.signInCallback};
    limit_req_zone $submitting_person zone=submit:10m ${rates.submit};
    limit_conn_status 429;
    limit_conn_log_level notice;
    limit_conn_zone $person zone=person-open:10m;
    limit_conn_zone $signed_out_address zone=address-open:10m;
    limit_conn_zone $submitting_person zone=person-uploads:10m;
    limit_conn_zone $uploading_address zone=address-uploads:10m;
  `;
}

/**
 * Of paths that are the same for every visitor. They have a budget by address of their own, which a
 * flood of searches does not use up. What nginx keeps is counted too: whether it has an answer is
 * known only after the limits.
 */
export const publicLimits = [
  `limit_req zone=person burst=${bursts.person} nodelay;`,
  `limit_req zone=public-reads burst=${bursts.address} nodelay;`,
].join('\n');

const requests = [`limit_req zone=person burst=${bursts.person} nodelay;`, `limit_req zone=address burst=${bursts.address} nodelay;`];

/** Of every path of the API, also of signing out: a signed-in user can always sign out. */
export const apiLimits = [...requests, `limit_conn person-open ${atOnce.person};`, `limit_conn address-open ${atOnce.address};`].join('\n');

/** Event streams are open for minutes; the API limits how many a user may have. */
export const streamLimits = requests.join('\n');

/** Counted by address, also of signed-in people. */
export const signInLimits = limit('sign-in');

/**
 * A visitor who comes back with a sign-in that the API has begun is counted by it, and with others
 * of the address that have begun one. Requests without a beginning do not count among them, nor
 * those whose beginning is over or has the form of a release before its end was in it.
 */
export const callbackLimits = text`
  secure_link $attempt_code,$attempt_until;
  include ${attemptKeyFile};
  limit_req zone=attempt burst=${bursts.attempt} nodelay;
  ${limit('sign-in-end')}
  ${limit('sign-in-callback')}
`;

function limit(zone: keyof typeof signInBursts): string {
  const { free, waiting } = signInBursts[zone];
  return `limit_req zone=${zone} burst=${free + waiting} delay=${free};`;
}

export const submitLimits = [
  ...requests,
  `limit_req zone=submit burst=${bursts.submit} nodelay;`,
  `limit_conn person-uploads ${atOnce.uploadsOfPerson};`,
  `limit_conn address-uploads ${atOnce.uploadsOfAddress};`,
].join('\n');
