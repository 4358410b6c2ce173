/** The door of the AI server on GCP: whoever shows no certificate of the API is sent away. */
import type { Environment } from '../config/environment.ts';
import { nginxFiles, nginxFolder } from './nginx.ts';
import { places, ports } from './places.ts';
import type { HostStep } from './step.ts';
import { text } from './text.ts';

export function nginxAi({ gcp }: Environment): HostStep {
  return nginxFiles([{ path: `${nginxFolder}/site.conf`, content: site(gcp.aiPort) }]);
}

function site(port: number): string {
  return text`
    upstream ai {
        server 127.0.0.1:${ports.ai} max_fails=0;
        keepalive 16;
    }

    # The authority signs both sides. Only the certificate that was made for the API opens this door, not the server's own.
    map $ssl_client_s_dn $is_api {
        "~^(.*,)?CN=api(,.*)?$" 1;
        default 0;
    }

    server {
        listen ${port} ssl default_server backlog=4096;
        server_name _;
        ssl_certificate ${places.tls}/peer.pem;
        ssl_certificate_key ${places.tls}/peer-key.pem;
        ssl_client_certificate ${places.tls}/ca.pem;
        ssl_verify_client on;
        ssl_verify_depth 1;
        client_max_body_size 40m;
        add_header X-Content-Type-Options nosniff always;

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
        }
    }
  `;
}
