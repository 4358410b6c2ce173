/** nginx before the AI server on GCP: it refuses every client without the API's certificate. */
import type { Environment } from '../../config/environment.ts';
import { peerNames } from '../../pki/desired.ts';
import { text } from '../bash/bash-template.ts';
import type { HostStep } from '../bash/step.ts';
import { paths, ports } from '../paths.ts';
import { requestMebibytes } from '../services/ai-memory.ts';
import { problem } from './answers.ts';
import { nginxFiles, nginxFolder } from './nginx.ts';

export function nginxAi({ gcp }: Environment): HostStep {
  return nginxFiles([{ path: `${nginxFolder}/site.conf`, content: site(gcp.aiPort) }]);
}

/**
 * What the authority writes into the API's certificate and into no other: its name, alone (`issue`
 * in scripts/io/pki.ts). OpenSSL escapes what a value could be taken for another by, so that no
 * other subject reads like this one from its first letter to its last.
 */
const clientSubject = `CN=${peerNames.aws}`;

function site(port: number): string {
  return text`
    upstream ai {
        server 127.0.0.1:${ports.ai} max_fails=0;
        keepalive 16;
    }

    # The authority signs both sides. Only the certificate that was made for the API opens this
    # door, not the server's own. The whole subject is compared: nginx has no variable for the
    # alternative names, and a part of a subject may be quoted inside another.
    map $ssl_client_s_dn $is_api {
        "~^${clientSubject}\z" 1;
        default 0;
    }

    server {
        listen ${port} ssl default_server backlog=4096;
        server_name _;
        ssl_certificate ${paths.tls}/peer.pem;
        ssl_certificate_key ${paths.tls}/peer-key.pem;
        ssl_client_certificate ${paths.tls}/ca.pem;
        ssl_verify_client on;
        ssl_verify_depth 1;
        client_max_body_size ${requestMebibytes}m;
        add_header X-Content-Type-Options nosniff always;

        # A body that finds no room among the temporary files is an error 500 of nginx.
        error_page 413 @too-large;
        error_page 500 502 503 =503 @unavailable;
        error_page 504 @too-slow;

        if ($is_api = 0) {
            return 403;
        }

        location / {
            proxy_pass http://ai;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto https;
            proxy_connect_timeout 5s;
            proxy_send_timeout 300s;
            proxy_read_timeout 300s;
            proxy_next_upstream off;
            proxy_max_temp_file_size 0;
        }

        location @too-large { ${problem(413, 'too large', 'The request has more bytes than this server takes.')} }
        location @unavailable { ${problem(503, 'unavailable', 'The AI server has no room or is being renewed.')} }
        location @too-slow { ${problem(504, 'too slow', 'The AI server did not answer in time.')} }
    }
  `;
}
