/**
 * Whether somebody is signed in, before a byte of their body is read: nginx asks the API in the access phase, which comes before the
 * one that reads bodies. (An early answer of the API would do as well for a program that reads it; one that still sends gets a reset instead.)
 */
import { text } from './text.ts';

const address = '/internal/session';

/** For locations of paths that only signed-in people write to. */
export const signedInToWrite = text`
  auth_request ${address};
  error_page 401 @signed-out;
`;

/**
 * Reading is up to the API. `$request_method` is that of the request that is being checked. A release of the API from before this path, which
 * a rollback may bring back, answers 404 and decides by itself.
 */
export const sessionCheck = text`
  location = ${address} {
      internal;
      if ($request_method ~ "^(GET|HEAD|OPTIONS)$") {
          return 204;
      }
      # The size that is checked here is that of the request behind it, whose own location says how much it may bring.
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
  location @unchecked {
      return 204;
  }
`;
