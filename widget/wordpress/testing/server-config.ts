/** Configuration of php-fpm and nginx for a site of the tests. */

export const fpmConfig = (folder: string, user: string, workers: number): string => `[global]
error_log = ${folder}/fpm.log
daemonize = no
[www]
user = ${user}
group = ${user}
listen = ${folder}/fpm.sock
pm = static
pm.max_children = ${workers}
catch_workers_output = yes
`;

/** Keeps every page for ten minutes by its address, whatever its own headers for caches say. */
const pageCache = `fastcgi_cache pages; fastcgi_cache_valid 200 204 301 302 304 403 404 10m; fastcgi_cache_key $request_uri;
      fastcgi_ignore_headers Cache-Control Expires Set-Cookie Vary; add_header x-cache $upstream_cache_status always;`;

/** `HTTP_HOST` is passed with its port: without it WordPress redirects to itself for ever. */
export const nginxConfig = (
  folder: string,
  user: string,
  port: number,
  site: string,
  hasPageCache: boolean,
): string => `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; user ${user};
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  fastcgi_cache_path ${folder}/t6 keys_zone=pages:1m;
  server {
    listen 127.0.0.1:${port}; root ${site}; index index.php;
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ \\.php$ {
      include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_param HTTP_HOST $http_host; fastcgi_pass unix:${folder}/fpm.sock;
      ${hasPageCache ? pageCache : ""}
    }
  }
}
`;
