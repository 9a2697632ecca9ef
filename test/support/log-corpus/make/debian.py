"""python3 debian.py ROOT DEBS [NAME ...]: prints the formats of Debian's programs and libraries.

DEBS holds the packages (apt-get -d -o Dir::Cache::archives=DEBS install ...), ROOT what `dpkg -x` unpacked of them; nothing is
installed. Servers listen on loopback and are ended. Writes ../formats/*.txt; the time that is expected is read here, by a pattern of
each format's own.
"""
import glob
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT, DEBS, WANTED = sys.argv[1], sys.argv[2], sys.argv[3:]
WORK = '/tmp/log-corpus-work'
subprocess.run(['rm', '-rf', WORK])
os.makedirs(WORK)
os.chmod(WORK, 0o777)
LIB = 'usr/lib/x86_64-linux-gnu'
ENV = {
    'PATH': f'{ROOT}/usr/sbin:{ROOT}/usr/bin:/usr/bin:/bin', 'TZ': 'UTC', 'HOME': WORK, 'LANG': 'C.UTF-8',
    'LD_LIBRARY_PATH': f'{ROOT}/{LIB}:{ROOT}/lib/x86_64-linux-gnu',
    'PYTHONPATH': f'{ROOT}/usr/lib/python3/dist-packages', 'PYTHONDONTWRITEBYTECODE': '1',
    'RUBYLIB': ':'.join([f'{ROOT}/usr/lib/ruby/3.1.0', f'{ROOT}/{LIB}/ruby/3.1.0', f'{ROOT}/usr/lib/ruby/vendor_ruby']
                        + glob.glob(f'{ROOT}/usr/share/rubygems-integration/all/gems/*/lib') + glob.glob(f'{ROOT}/{LIB}/ruby/vendor_ruby/3.1.0')),
    'PERL5LIB': f'{ROOT}/usr/share/perl5', 'MONO_PATH': f'{ROOT}/usr/lib/mono/4.5', 'MONO_GAC_PREFIX': f'{ROOT}/usr',
}
THREE = ['started', 'cache is cold, no error yet', 'cannot reach the price index']


def version(package):
    found = sorted(glob.glob(f'{DEBS}/{package}_*.deb'))
    if not found:
        return subprocess.run(['dpkg-query', '-W', '-f', '${Package} ${Version}', package], capture_output=True, text=True).stdout
    return f"{package} {os.path.basename(found[0]).split('_')[1].replace('%3a', ':')}"


def moment(line, pattern, form):
    text = re.search(pattern, line).group(1)
    if form == 'log4j':
        instant = json.loads(text)
        at = datetime.fromtimestamp(instant['epochSecond'], timezone.utc).replace(microsecond=instant['nanoOfSecond'] // 1000)
    elif form == 'epoch':
        at = datetime.fromtimestamp(float(text), timezone.utc)
    elif form == 'iso':
        text = re.sub(r'(\.\d{6})\d+', r'\1', text.replace('Z', '+00:00').replace(',', '.'))
        at = datetime.fromisoformat(text)
    else:
        at = datetime.strptime(text, form)
    at = at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at.astimezone(timezone.utc)
    if at.year == 1900:
        at = at.replace(year=datetime.now(timezone.utc).year)
    return at.strftime('%Y-%m-%dT%H:%M:%S.') + f'{at.microsecond // 1000:03d}Z'


def write(name, package, text, entries, clock=None, note=None, made='make/debian.py'):
    """`entries`: (pattern of its first line, count of lines or a pattern of the last, expected); lines between them are left out."""
    if WANTED and name not in WANTED:
        return
    lines = text.replace(ROOT, '').replace(WORK, '/app').rstrip('\n').split('\n')
    packages = [package] if isinstance(package, str) else package
    out = [f"# printed by: {', '.join(map(version, packages))} ({made})"] + ([f'# note: {note}'] if note else [])
    start = 0
    for pattern, count, expected in entries:
        at = next((i for i in range(start, len(lines)) if re.search(pattern, lines[i])), None)
        if at is None:
            print('FAIL', name, pattern, '\n   ' + '\n   '.join(lines[:25]))
            return
        if isinstance(count, str):
            count = next(i for i in range(at, len(lines)) if re.search(count, lines[i])) - at + 1
        start = at + count
        said = dict(expected)
        if clock and 'at' not in said:
            try:
                said['at'] = moment(lines[at], *clock)
            except (AttributeError, ValueError):
                print('FAIL', name, 'time of', lines[at][:300])
                return
        if said.get('at') == 'engine':
            del said['at']
        out += [f'> {line}' for line in lines[at:at + count]] + [f'= {json.dumps(said)}']
    with open(f'{HERE}/../formats/{name}.txt', 'w') as file:
        file.write('\n'.join(out) + '\n')
    print('ok  ', name)


def run(*command, **options):
    env = {**ENV, **options.pop('env', {})}
    done = subprocess.run(command, env=env, cwd=WORK, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, **options)
    return done.stdout.decode('utf8', 'replace')


def python(code, **env):
    with open(f'{WORK}/app.py', 'w') as file:
        file.write(code)
    return run('/usr/bin/python3', f'{WORK}/app.py', env=env)


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def call(port, method, path):
    request = urllib.request.Request(f'http://127.0.0.1:{port}{path}', method=method, headers={'User-Agent': 'curl/8', 'X-Request-Id': 'req-81'})
    try:
        urllib.request.urlopen(request, timeout=5).read()
    except urllib.error.HTTPError as error:
        error.read()
    except OSError:
        pass


class Server:
    def __init__(self, *command, port=None, wait=8, **env):
        self.log = f'{WORK}/server-{len(os.listdir(WORK))}.log'
        self.process = subprocess.Popen(command, env={**ENV, **env}, cwd=WORK, stdout=open(self.log, 'w'), stderr=subprocess.STDOUT)
        end = time.time() + wait
        while port and time.time() < end:
            try:
                socket.create_connection(('127.0.0.1', port), 1).close()
                break
            except OSError:
                time.sleep(0.1)

    def text(self, how=signal.SIGTERM):
        time.sleep(0.4)
        self.process.send_signal(how)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        return open(self.log, errors='replace').read()


def levels(pattern, *names, texts=THREE, **more):
    return [(re.escape(text), 1, {'level': level, 'message': text, **more}) for level, text in zip(names, texts)]


IWE = ('info', 'warning', 'error')
ISO = r'(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)'
CLF = (r'\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})', '%d/%b/%Y:%H:%M:%S %z')

for part in ('python_formats', 'server_formats', 'language_formats', 'trace_formats'):
    path = f'{HERE}/{part}.py'
    if os.path.exists(path):
        exec(compile(open(path).read(), path, 'exec'))
