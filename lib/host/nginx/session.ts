/**
 * Whether the client is signed in, before a byte of the body is read: nginx asks the API in the
 * access phase, which comes before the one that reads bodies. (An early answer of the API would do
 * as well for a program that reads it; one that still sends gets a reset instead.)
 */
import { text } from '../bash/bash-template.ts';

const address = '/internal/session';

/** For locations of paths that only signed-in people write to. */
export const signedInToWrite = text`
  set $session_is_asked_for 1;
  auth_request ${address};
  error_page 401 @signed-out;
`;

/**
 * For the location that answers 401. nginx reads on for 30 s after an answer, so that a client that
 * still sends gets to read it; for as long, the request counts among those of its address.
 */
export const endsSoon = 'lingering_time 2s; lingering_timeout 1s;';

/**
 * Reading is up to the API. `$request_method` is that of the request that is being checked. A
 * release of the API from before this path, which a rollback may bring back, answers 404 and
 * decides by itself.
 */
export const sessionCheck = text`
  location = ${address} {
      internal;
      if ($request_method ~ "^(GET|HEAD|OPTIONS)$") {
          return 204;
      }
      # The size that is checked here is that of the request behind it, whose own location says how
      # much it may bring.
      client_max_body_size 0;
      proxy_pass http://api;
      proxy_http_version 1.1;
      proxy_pass_request_body off;
      proxy_set_header Connection "";
      proxy_set_header Content-Length "";
      proxy_set_header X-Request-Id $request_id;
      proxy_connect_timeout 5s;
      proxy_read_timeout 10s;
      proxy_intercept_errors on;
      error_page 404 = @unchecked;
  }
  # A visitor's own request for the path is answered 404 as well; only for the question of another
  # location does that mean an old release.
  location @unchecked {
      uninitialized_variable_warn off;
      if ($session_is_asked_for) {
          return 204;
      }
      return 404;
  }
`;
