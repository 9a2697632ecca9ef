# Run by debian.py.
BASIC = "log.info('started'); log.warning('cache is cold, no error yet'); log.error('cannot reach the price index')\n"
BOOM = "try:\n    raise ValueError('boom')\nexcept ValueError:\n    log.exception('payment failed')\n"

write('python-logging', 'python3', python(f"import logging; logging.basicConfig(level='INFO', format='%(asctime)s %(levelname)s %(name)s: %(message)s'); log = logging.getLogger('shop')\n{BASIC}{BOOM}"),
      levels('', *IWE) + [('payment failed', 5, {'level': 'error', 'message': 'payment failed', 'exception': 'ValueError: boom'})], (ISO, 'iso'))
write('python-logging-dashes', 'python3', python(f"import logging; logging.basicConfig(level='INFO', format='%(asctime)s - %(name)s - %(levelname)s - %(message)s'); log = logging.getLogger('shop')\n{BASIC}"), levels('', *IWE), (ISO, 'iso'))
write('python-logging-default', 'python3', python(f"import logging; logging.basicConfig(level='INFO'); log = logging.getLogger('shop')\n{BASIC}"), levels('', *IWE))
write('python-json-logger', 'python3-pythonjsonlogger', python(f"import logging; from pythonjsonlogger import jsonlogger\nh = logging.StreamHandler(); h.setFormatter(jsonlogger.JsonFormatter('%(asctime)s %(levelname)s %(name)s %(message)s')); log = logging.getLogger('shop'); log.addHandler(h); log.setLevel('INFO')\n{BASIC}{BOOM}"),
      levels('', *IWE) + [('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'exception': 'ValueError: boom'})], (ISO, 'iso'))
STRUCT = "import structlog, sys, logging\n"
write('structlog-console', 'python3-structlog', python(f"{STRUCT}log = structlog.get_logger()\n{BASIC}log.error('payment failed', request_id='req-81', status=503)\n", FORCE_COLOR='1'),
      levels('', *IWE) + [('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'requestId': 'req-81', 'status': 503})], (ISO, 'iso'))
write('structlog-json', 'python3-structlog', python(f"{STRUCT}structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt='iso'), structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]); log = structlog.get_logger()\n{BASIC}log.error('request', status=503, path='/pay', duration=1.9, request_id='req-81')\n{BOOM}"),
      levels('', *IWE) + [('"request"', 1, {'level': 'error', 'message': 'request', 'status': 503, 'path': '/pay', 'durationMs': 1900, 'requestId': 'req-81'}),
                          ('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'exception': 'ValueError: boom'})], (ISO, 'iso'))
write('structlog-logfmt', 'python3-structlog', python(f"{STRUCT}structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt='iso', key='ts'), structlog.processors.LogfmtRenderer(key_order=['ts', 'level', 'event'])]); log = structlog.get_logger()\n{BASIC}log.error('payment failed', status=503, path='/pay', request_id='req-81')\n"),
      levels('', *IWE) + [('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'status': 503, 'path': '/pay', 'requestId': 'req-81'})], (ISO, 'iso'))
write('loguru', 'python3-loguru', python(f"from loguru import logger as log\n{BASIC}log.critical('lost the lease')\n", LOGURU_COLORIZE='1'),
      levels('', *IWE) + [('lost the lease', 1, {'level': 'critical', 'message': 'lost the lease'})], (ISO, 'iso'))
write('loguru-serialized', 'python3-loguru', python(f"import sys; from loguru import logger as log\nlog.remove(); log.add(sys.stderr, serialize=True)\n{BASIC}"), levels('', *IWE), (r'"timestamp": (\d+\.\d+)', 'epoch'))

with open(f'{WORK}/asgi.py', 'w') as file:
    file.write("""
async def app(scope, receive, send):
    if scope['type'] != 'http': return
    if scope['path'] == '/boom': raise ValueError('boom')
    status = 503 if scope['path'] == '/pay' else 200
    await send({'type': 'http.response.start', 'status': status, 'headers': []})
    await send({'type': 'http.response.body', 'body': b'ok'})
""")
port = free_port()
server = Server('/usr/bin/python3', f'{ROOT}/usr/bin/uvicorn', 'asgi:app', '--port', str(port), '--use-colors', port=port)
for method, path in (('GET', '/cars/7?x=1'), ('POST', '/pay'), ('GET', '/boom')):
    call(port, method, path)
write('uvicorn', 'uvicorn', server.text(signal.SIGINT), [
    ('Application startup complete', 1, {'level': 'info', 'message': 'Application startup complete.'}),
    ('/cars', 1, {'level': 'info', 'message': 'GET /cars/7?x=1', 'status': 200, 'path': '/cars/7'}),
    ('/pay', 1, {'level': 'info', 'message': 'POST /pay', 'status': 503, 'path': '/pay'}),
])
WSGI = """
def app(environ, start):
    if environ['PATH_INFO'] == '/boom': raise ValueError('boom')
    start('503 Service Unavailable' if environ['PATH_INFO'] == '/pay' else '200 OK', [('Content-Length', '2')])
    return [b'ok']
"""
with open(f'{WORK}/wsgi.py', 'w') as file:
    file.write(WSGI)
port = free_port()
server = Server('/usr/bin/python3', f'{ROOT}/usr/bin/gunicorn', 'wsgi:app', '-b', f'127.0.0.1:{port}', '--access-logfile', '-', port=port)
for method, path in (('GET', '/cars/7?x=1'), ('POST', '/pay'), ('GET', '/boom')):
    call(port, method, path)
text = server.text()
GUNICORN = (r'\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})', '%Y-%m-%d %H:%M:%S %z')
write('gunicorn', 'gunicorn', text, [
    ('Starting gunicorn', 1, {'level': 'info', 'message': 'Starting gunicorn'}),
    ('Error handling request', '^ValueError: boom', {'level': 'error', 'message': 'Error handling request /boom', 'exception': 'ValueError: boom'}),
    ('Handling signal|Shutting down', 1, {'level': 'info', 'message': 'any'}),
], GUNICORN)
write('gunicorn-access', 'gunicorn', text, [
    ('GET /cars', 1, {'level': None, 'message': 'GET /cars/7?x=1', 'status': 200, 'path': '/cars/7'}),
    ('POST /pay', 1, {'level': None, 'message': 'POST /pay', 'status': 503, 'path': '/pay'}),
], CLF)
port = free_port()
with open(f'{WORK}/flaskapp.py', 'w') as file:
    file.write("from flask import Flask\napp = Flask('shop')\n@app.get('/cars/<int:i>')\ndef cars(i): return 'ok'\n@app.post('/pay')\ndef pay(): return 'no', 503\n@app.get('/boom')\ndef boom(): raise ValueError('boom')\n")
server = Server('/usr/bin/python3', '-m', 'flask', '--app', 'flaskapp', 'run', '-p', str(port), port=port)
for method, path in (('GET', '/cars/7?x=1'), ('POST', '/pay'), ('GET', '/boom')):
    call(port, method, path)
text = server.text(signal.SIGINT)
WERK = (r'\[(\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d)', '%d/%b/%Y %H:%M:%S')
write('flask-werkzeug', ['python3-flask', 'python3-werkzeug'], text, [
    ('GET /cars', 1, {'level': None, 'message': 'GET /cars/7?x=1', 'status': 200, 'path': '/cars/7'}),
    ('POST /pay', 1, {'level': None, 'message': 'POST /pay', 'status': 503, 'path': '/pay'}),
], WERK)
found = re.search(r'(?m)^\[.*ERROR in app.*\n(?:Traceback.*\n)(?:  .*\n)+ValueError: boom', text)
write('flask-error', ['python3-flask', 'python3-werkzeug'], text, [
    ('ERROR in app', len(found.group(0).split('\n')) if found else 1, {'level': 'error', 'message': 'Exception on /boom [GET]', 'exception': 'ValueError: boom'}),
], (ISO, 'iso'))
port = free_port()
with open(f'{WORK}/manage.py', 'w') as file:
    file.write("""
import sys
from django.conf import settings
settings.configure(DEBUG=True, SECRET_KEY='x', ROOT_URLCONF='manage', ALLOWED_HOSTS=['*'])
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path('cars/<int:i>', lambda r, i: HttpResponse('ok')), path('pay', lambda r: HttpResponse('no', status=503))]
from django.views.decorators.csrf import csrf_exempt
urlpatterns[1].callback = csrf_exempt(urlpatterns[1].callback)
if __name__ == '__main__':
    sys.modules['manage'] = sys.modules['__main__']
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
""")
server = Server('/usr/bin/python3', 'manage.py', 'runserver', '--noreload', f'127.0.0.1:{port}', port=port, FORCE_COLOR='1')
for method, path in (('GET', '/cars/7?x=1'), ('POST', '/pay')):
    call(port, method, path)
write('django-runserver', 'python3-django', server.text(signal.SIGINT), [
    ('GET /cars', 1, {'level': None, 'message': 'GET /cars/7?x=1', 'status': 200, 'path': '/cars/7'}),
    ('POST /pay', 1, {'level': None, 'message': 'POST /pay', 'status': 503, 'path': '/pay'}),
], WERK)
