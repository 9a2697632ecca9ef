# Run by debian.py.
def get(port, *paths):
    for method, path in paths or (('GET', '/cars/7?x=1'), ('POST', '/pay')):
        call(port, method, path)


def read(name):
    with open(f'{WORK}/{name}', errors='replace') as file:
        return file.read()


def access(level=None, **more):
    first, second = [{key: value[index] for key, value in more.items()} for index in (0, 1)]
    return [('/cars/7', 1, {'level': level, 'message': 'GET /cars/7', 'status': 200, 'path': '/cars/7', **first}),
            ('/pay', 1, {'level': level, 'message': '/pay', 'status': 503, 'path': '/pay', **second})]


ANY = {'durationMs': ['any', 'any']}
back = free_port()
backend = Server('/usr/bin/python3', f'{ROOT}/usr/bin/gunicorn', 'wsgi:app', '-b', f'127.0.0.1:{back}', port=back)

port = free_port()
with open(f'{WORK}/nginx.conf', 'w') as file:
    file.write(f"""daemon off; pid {WORK}/nginx.pid; error_log {WORK}/nginx-error.log info; worker_processes 1; user root;
events {{}}
http {{
  client_body_temp_path {WORK}; proxy_temp_path {WORK}; fastcgi_temp_path {WORK}; uwsgi_temp_path {WORK}; scgi_temp_path {WORK};
  log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time';
  log_format named '$remote_addr - [$time_iso8601] "$request" $status rt=$request_time uct=$upstream_connect_time urt=$upstream_response_time rid=$http_x_request_id';
  log_format json escape=json '{{"time_iso8601":"$time_iso8601","remote_addr":"$remote_addr","request_method":"$request_method","request_uri":"$request_uri","status":"$status","request_time":"$request_time","http_user_agent":"$http_user_agent","request_id":"$http_x_request_id"}}';
  log_format msec escape=json '{{"time":$msec,"method":"$request_method","uri":"$uri","status":$status,"request_time":$request_time}}';
  access_log {WORK}/nginx-combined.log combined; access_log {WORK}/nginx-timed.log timed; access_log {WORK}/nginx-named.log named;
  access_log {WORK}/nginx-json.log json; access_log {WORK}/nginx-msec.log msec;
  server {{
    listen 127.0.0.1:{port};
    location /cars {{ proxy_pass http://127.0.0.1:{back}; }}
    location /pay {{ proxy_pass http://127.0.0.1:{back}; }}
    location /gone {{ proxy_pass http://127.0.0.1:9; }}
    location /file {{ root {WORK}/none; }}
  }}
}}
""")
server = Server(f'{ROOT}/usr/sbin/nginx', '-e', f'{WORK}/nginx-start.log', '-c', f'{WORK}/nginx.conf', '-p', WORK, port=port)
get(port, ('GET', '/cars/7?x=1'), ('POST', '/pay'), ('GET', '/gone'), ('GET', '/file/x'))
server.text(signal.SIGQUIT)
RT = r'(?:rt=| |request_time":"?)(\d+\.\d\d\d)'


def request_times(text, pattern):
    """What each line says, in ms."""
    return [round(float(re.search(pattern, line).group(1)) * 1000) for line in text.split('\n') if '/cars' in line or '/pay' in line]


write('nginx-combined', 'nginx', read('nginx-combined.log'), access(), CLF)
text = read('nginx-timed.log')
write('nginx-request-time', 'nginx', text, access(durationMs=request_times(text, r' (\d+\.\d+)$')), CLF)
text = read('nginx-named.log')
write('nginx-named', 'nginx', text, access(durationMs=request_times(text, r'rt=([\d.]+)'), requestId=['req-81'] * 2), (r'\[' + ISO, 'iso'))
text = read('nginx-json.log')
write('nginx-json', 'nginx', text, [(a, b, {**c, 'message': 'any'}) for a, b, c in access(durationMs=request_times(text, r'request_time":"([\d.]+)'), requestId=['req-81'] * 2)], (ISO, 'iso'))
text = read('nginx-msec.log')
write('nginx-json-numbers', 'nginx', text, [(a, b, {**c, 'message': 'any'}) for a, b, c in access(durationMs=request_times(text, r'request_time":([\d.]+)'))], (r'"time":([\d.]+)', 'epoch'))
write('nginx-error', 'nginx', read('nginx-error.log'), [
    ('start worker processes', 1, {'level': 'info', 'message': 'start worker processes'}),
    ('Connection refused', 1, {'level': 'error', 'message': 'connect() failed (111: Connection refused) while connecting to upstream', 'path': 'any', 'status': None}),
], (r'^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)', '%Y/%m/%d %H:%M:%S'))

port = free_port()
modules = f'{ROOT}/usr/lib/apache2/modules'
load = '\n'.join(f'LoadModule {name}_module {modules}/mod_{name}.so' for name in ('mpm_event', 'authz_core', 'proxy', 'proxy_http', 'cgid') if name != 'cgid')
with open(f'{WORK}/apache.conf', 'w') as file:
    file.write(f"""{load}
ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {WORK}/apache.pid\nErrorLog {WORK}/apache-error.log\nLogLevel info\nServerRoot {WORK}\nDefaultRuntimeDir {WORK}
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined
LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" vhost_combined
CustomLog {WORK}/apache-common.log common\nCustomLog {WORK}/apache-combined.log combined\nCustomLog {WORK}/apache-vhost.log vhost_combined
ProxyPass /cars http://127.0.0.1:{back}/cars\nProxyPass /pay http://127.0.0.1:{back}/pay\nProxyPass /gone http://127.0.0.1:9/
<Location />\nRequire all granted\n</Location>
""")
server = Server(f'{ROOT}/usr/sbin/apache2', '-DFOREGROUND', '-f', f'{WORK}/apache.conf', port=port)
get(port, ('GET', '/cars/7?x=1'), ('POST', '/pay'), ('GET', '/gone'))
print(server.text()[:300])
write('apache-common', 'apache2', read('apache-common.log'), access(), CLF)
write('apache-combined', 'apache2', read('apache-combined.log'), access(), CLF)
write('apache-vhost-combined', 'apache2', read('apache-vhost.log').replace(f':{port} ', ':80 '), access(), CLF)
write('apache-error', 'apache2', read('apache-error.log'), [
    ('resuming normal operations', 1, {'level': 'info', 'message': 'resuming normal operations'}),
    ('attempt to connect', 1, {'level': 'error', 'message': 'AH00957: http: attempt to connect to'}),
], (r'^\[(\w{3} \w{3} \d\d \d\d:\d\d:\d\d\.\d+ \d{4})', '%a %b %d %H:%M:%S.%f %Y'))

port, tcp = free_port(), free_port()
with open(f'{WORK}/haproxy.cfg', 'w') as file:
    file.write(f"""global\n  log stdout format raw local0\ndefaults\n  log global\n  timeout connect 1s\n  timeout client 5s\n  timeout server 5s
frontend web\n  mode http\n  option httplog\n  bind 127.0.0.1:{port}\n  default_backend app\nbackend app\n  mode http\n  server one 127.0.0.1:{back}
frontend raw\n  mode tcp\n  option tcplog\n  bind 127.0.0.1:{tcp}\n  default_backend plain\nbackend plain\n  mode tcp\n  server one 127.0.0.1:{back}
""")
server = Server(f'{ROOT}/usr/sbin/haproxy', '-db', '-f', f'{WORK}/haproxy.cfg', port=port)
get(port)
get(tcp, ('GET', '/cars/7'))
text = server.text()
HAPROXY = (r'\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d\.\d{3})', '%d/%b/%Y:%H:%M:%S.%f')
totals = [int(found) for found in re.findall(r' \d+/\d+/\d+/\d+/(\d+) \d{3} ', text)]
write('haproxy-httplog', 'haproxy', text, access(durationMs=totals), HAPROXY)
write('haproxy-tcplog', 'haproxy', text, [(r' raw plain/one ', 1, {'level': None, 'message': 'raw plain/one', 'durationMs': 'any'})], HAPROXY)

port, second = free_port(), free_port()
with open(f'{WORK}/Caddyfile', 'w') as file:
    file.write(f"""{{\n admin off\n auto_https off\n}}
http://127.0.0.1:{port} {{\n log {{\n  output stdout\n  format json\n }}\n reverse_proxy 127.0.0.1:{back}\n}}
http://127.0.0.1:{second} {{\n log {{\n  output stdout\n  format console\n }}\n reverse_proxy 127.0.0.1:{back}\n}}
""")
server = Server(f'{ROOT}/usr/bin/caddy', 'run', '--config', f'{WORK}/Caddyfile', '--adapter', 'caddyfile', port=port)
get(port)
get(second)
text = server.text()
lines = [line for line in text.split('\n') if line.startswith('{"level"') and '"request"' in line]
took = [round(json.loads(line)['duration'] * 1000, 9) for line in lines[:2]]
write('caddy-json', 'caddy', '\n'.join(lines), [(a, b, {**c, 'level': level, 'message': 'handled request'}) for (a, b, c), level in zip(access(durationMs=took), ('info', 'error'))], (r'"ts":([\d.]+)', 'epoch'))
console = '\n'.join(line for line in text.split('\n') if not line.startswith('{') and 'handled request' in line)
tooks = [round(float(each) * 1000, 9) for each in re.findall(r'"duration": ([\d.e-]+)', console)]
write('caddy-console', 'caddy', console, [(a, b, {**c, 'level': level, 'message': 'handled request'}) for (a, b, c), level in zip(access(durationMs=tooks), ('info', 'error'))],
      (r'(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{3})', '%Y/%m/%d %H:%M:%S.%f'))
starting = '\n'.join(line for line in text.split('\n') if line.startswith('{"level"') and '"request"' not in line)
write('caddy-start', 'caddy', starting, [('serving initial configuration', 1, {'level': 'info', 'message': 'serving initial configuration'}), ('shutting down', 1, {'level': 'any', 'message': 'any'})], (r'"ts":([\d.]+)', 'epoch'))

port = free_port()
with open(f'{WORK}/lighttpd.conf', 'w') as file:
    file.write(f'server.modules = ("mod_accesslog", "mod_proxy")\nserver.document-root = "{WORK}"\nserver.port = {port}\nserver.bind = "127.0.0.1"\naccesslog.filename = "{WORK}/lighttpd.log"\nproxy.server = ("" => (("host" => "127.0.0.1", "port" => {back})))\n')
server = Server(f'{ROOT}/usr/sbin/lighttpd', '-D', '-f', f'{WORK}/lighttpd.conf', '-m', f'{ROOT}/usr/lib/lighttpd', port=port)
get(port)
text = server.text()
write('lighttpd-access', 'lighttpd', read('lighttpd.log'), access(), CLF)
write('lighttpd-error', 'lighttpd', text, [('server started', 1, {'level': None, 'message': 'server started'})], (r'^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)', '%Y-%m-%d %H:%M:%S'))

port, peer = free_port(), free_port()
server = Server(f'{ROOT}/usr/bin/etcd', '--logger', 'zap', '--data-dir', f'{WORK}/etcd', '--listen-client-urls', f'http://127.0.0.1:{port}', '--advertise-client-urls', f'http://127.0.0.1:{port}', '--listen-peer-urls', f'http://127.0.0.1:{peer}', '--initial-advertise-peer-urls', f'http://127.0.0.1:{peer}', '--initial-cluster', f'default=http://127.0.0.1:{peer}', port=port)
text = server.text()
write('etcd-zap', 'etcd-server', text, [('starting an etcd server', 1, {'level': 'info', 'message': 'starting an etcd server'}), ('"level":"warn"', 1, {'level': 'warning', 'message': 'any'})], (r'"ts":"([^"]+)"', 'iso'))
port = free_port()
with open(f'{WORK}/prometheus.yml', 'w') as file:
    file.write('scrape_configs: []\n')
server = Server(f'{ROOT}/usr/bin/prometheus', f'--config.file={WORK}/prometheus.yml', f'--storage.tsdb.path={WORK}/tsdb', f'--web.listen-address=127.0.0.1:{port}', port=port)
with open(f'{WORK}/prometheus.yml', 'w') as file:
    file.write('scrape_configs: nonsense\n')
server.process.send_signal(signal.SIGHUP)
text = server.text()
write('prometheus-logfmt', 'prometheus', text, [
    ('Starting Prometheus', 1, {'level': 'info', 'message': 'Starting Prometheus Server'}),
    ('Completed loading of configuration', 1, {'level': 'info', 'message': 'Completed loading of configuration file', 'durationMs': 'any'}),
    ('Error reloading config', 1, {'level': 'error', 'message': 'Error reloading config', 'exception': 'any'}),
], (r'ts=(\S+)', 'iso'))
port = free_port()
with open(f'{WORK}/registry.yml', 'w') as file:
    file.write(f'version: 0.1\nlog:\n  level: info\nstorage:\n  filesystem: {{rootdirectory: {WORK}/registry}}\nhttp: {{addr: "127.0.0.1:{port}"}}\n')
server = Server(f'{ROOT}/usr/bin/docker-registry', 'serve', f'{WORK}/registry.yml', port=port)
get(port, ('GET', '/v2/_catalog?n=1'), ('GET', '/v2/shop/manifests/none'))
text = server.text()
write('docker-registry', 'docker-registry', text, [
    ('listening on', 1, {'level': 'info', 'message': 'listening on 127.0.0.1'}),
    ('response completed', 1, {'level': 'info', 'message': 'response completed', 'status': 200, 'path': '/v2/_catalog', 'durationMs': 'any', 'requestId': 'any'}),
    ('level=error', 1, {'level': 'error', 'message': 'any', 'status': 'any', 'path': 'any', 'durationMs': 'any', 'requestId': 'any', 'exception': 'any'}),
], (r'time="([^"]+)"', 'iso'))
write('docker-registry-access', 'docker-registry', text, [
    (r'^127.0.0.1 - - .*_catalog', 1, {'level': None, 'message': 'GET /v2/_catalog', 'status': 200, 'path': '/v2/_catalog'}),
    (r'^127.0.0.1 - - .*manifests', 1, {'level': None, 'message': 'GET /v2/shop/manifests/none', 'status': 404, 'path': '/v2/shop/manifests/none'}),
], CLF)
port = free_port()
server = Server(f'{ROOT}/usr/sbin/nats-server', '-a', '127.0.0.1', '-p', str(port), port=port)
write('nats-server', 'nats-server', server.text(signal.SIGINT), [('Starting nats-server', 1, {'level': 'info', 'message': 'Starting nats-server'}), ('Server is ready', 1, {'level': 'info', 'message': 'Server is ready'})],
      (r'(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d+)', '%Y/%m/%d %H:%M:%S.%f'))
port = free_port()
server = Server(f'{ROOT}/usr/sbin/mosquitto', '-p', str(port), port=port)
write('mosquitto', 'mosquitto', server.text(), [('starting', 1, {'level': None, 'message': 'mosquitto version'}), ('local only mode', 1, {'level': None, 'message': 'Starting in local only mode.'})], (r'^(\d{10}): ', 'epoch'))
port = free_port()
server = Server(f'{ROOT}/usr/bin/redis-server', '--port', str(port), '--bind', '127.0.0.1', '--maxclients', '2', port=port)
write('redis', 'redis-server', server.text(), [('Redis is starting|oO0O', 1, {'level': 'any', 'message': 'Redis is starting'}), ('Ready to accept', 1, {'level': 'info', 'message': 'Ready to accept connections'})],
      (r'(\d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3})', '%d %b %Y %H:%M:%S.%f'))
text = run(f'{ROOT}/usr/bin/kubectl', '-v=6', '--server=http://127.0.0.1:9', 'get', 'pods')
write('klog-kubectl', 'kubernetes-client', text, [(r'^I\d{4}', 1, {'level': 'info', 'message': 'any', 'durationMs': 'any', 'status': 'any', 'path': 'any'})], (r'^I(\d{4} \d\d:\d\d:\d\d\.\d+)', '%m%d %H:%M:%S.%f'))

import shutil
os.makedirs(f'{WORK}/pg')
shutil.chown(f'{WORK}/pg', 'nobody')


def postgres(name, *settings):
    data = f'{WORK}/pg/{name}'
    binaries = f'{ROOT}/usr/lib/postgresql/15/bin'
    as_nobody = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', 'env', *(f'{key}={ENV[key]}' for key in ('LD_LIBRARY_PATH', 'TZ', 'PATH'))]
    made = run(*as_nobody, f'{binaries}/initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-L', f'{ROOT}/usr/share/postgresql/15')
    port = free_port()
    options = [part for setting in ('log_min_duration_statement=0', 'listen_addresses=127.0.0.1', f'unix_socket_directories={WORK}/pg', f'port={port}', 'log_timezone=UTC', 'timezone=UTC', *settings) for part in ('-c', setting)]
    server = Server(*as_nobody, f'{binaries}/postgres', '-D', data, *options, port=port, wait=15)
    for statement in ('select pg_sleep(0.05)', 'select * from missing'):
        run(f'{ROOT}/usr/lib/postgresql/15/bin/psql', '-h', '127.0.0.1', '-p', str(port), '-U', 'postgres', '-c', statement)
    text = server.text(signal.SIGINT)
    return made + text if 'duration' not in text + ''.join(glob.glob(f'{data}/log/*')) else text


subprocess.run(['chmod', '-R', 'a+rX', ROOT])
text = postgres('plain')
took = [float(each) for each in re.findall(r'duration: ([\d.]+) ms', text)]
write('postgresql', 'postgresql-15', text, [
    ('ready to accept', 1, {'level': 'info', 'message': 'database system is ready to accept connections'}),
    ('duration: ', 1, {'level': 'info', 'message': 'statement: select pg_sleep(0.05)', 'durationMs': took[0] if took else None}),
    ('ERROR: ', 1, {'level': 'error', 'message': 'relation "missing" does not exist'}),
    ('STATEMENT: ', 1, {'level': 'any', 'message': 'select * from missing'}),
], (r'^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})', '%Y-%m-%d %H:%M:%S.%f'))
text = postgres('prefix', 'log_line_prefix=%t [%p]: user=%u,db=%d,app=%a,client=%h ')
took = [float(each) for each in re.findall(r'duration: ([\d.]+) ms', text)]
write('postgresql-prefix', 'postgresql-15', text, [
    ('ready to accept', 1, {'level': 'info', 'message': 'database system is ready to accept connections'}),
    ('duration: ', 1, {'level': 'info', 'message': 'statement: select pg_sleep(0.05)', 'durationMs': took[0] if took else None}),
    ('ERROR: ', 1, {'level': 'error', 'message': 'relation "missing" does not exist'}),
], (r'^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)', '%Y-%m-%d %H:%M:%S'))
postgres('json', 'logging_collector=on', 'log_destination=jsonlog,csvlog', 'log_filename=all.log')
text = read('pg/json/log/all.json')
took = [float(each) for each in re.findall(r'duration: ([\d.]+) ms', text)]
PG = (r'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})', '%Y-%m-%d %H:%M:%S.%f')
write('postgresql-json', 'postgresql-15', text, [
    ('ready to accept', 1, {'level': 'info', 'message': 'database system is ready to accept connections'}),
    ('duration: ', 1, {'level': 'info', 'message': 'any', 'durationMs': took[0] if took else None}),
    ('missing', 1, {'level': 'error', 'message': 'relation "missing" does not exist'}),
], PG)
write('postgresql-csv', 'postgresql-15', read('pg/json/log/all.csv'), [
    ('ready to accept', 1, {'level': 'info', 'message': 'database system is ready to accept connections'}),
    ('duration: ', 1, {'level': 'info', 'message': 'any', 'durationMs': took[0] if took else None}),
    ('missing', 1, {'level': 'error', 'message': 'does not exist'}),
], PG)
backend.text()
