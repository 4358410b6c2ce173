/**
 * nginx keeps the checklist, which is the same for everybody. One entry: neither a query nor a
 * header that a client makes up is part of the key, for the API's answer depends on none of them.
 * The API says how long (`Cache-Control`) and what it is (`ETag`).
 */
import { text } from '../bash/bash-template.ts';
import { nginxTemporary } from './temporary.ts';

export const checklistCache = text`
  proxy_cache_path ${nginxTemporary}/cache levels=1:2 keys_zone=public:1m max_size=8m inactive=1h use_temp_path=off;
`;

/**
 * One request at a time asks the API for what is old or missing; the others get the old answer, as
 * long as the API allows it (`stale-while-revalidate`, `stale-if-error`), or wait. The API is asked
 * for plain text without credentials, and nginx compresses it.
 */
export const fromChecklistCache = text`
  set $args "";
  proxy_set_header Cookie "";
  proxy_set_header Accept-Encoding "";
  proxy_cache public;
  proxy_cache_key $uri;
  proxy_cache_lock on;
  proxy_cache_lock_timeout 5s;
  proxy_cache_background_update on;
  proxy_cache_revalidate on;
  proxy_ignore_headers Vary X-Accel-Expires Expires;
`;
