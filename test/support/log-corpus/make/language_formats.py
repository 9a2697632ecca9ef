# Run by debian.py.
RUBY = f'{ROOT}/usr/bin/ruby3.1'
BASIC_RB = "log.info('started'); log.warn('cache is cold, no error yet'); log.error('cannot reach the price index'); log.fatal('lost the lease')"
FOUR = (*IWE, 'critical')
FOURTEXTS = [*THREE, 'lost the lease']


def four(**more):
    return levels('', *FOUR, texts=FOURTEXTS, **more)


write('ruby-logger', 'ruby3.1', run(RUBY, '-e', f"require 'logger'; log = Logger.new($stdout); {BASIC_RB}"), four(), (r'\[(\d{4}-\d\d-\d\dT[\d:.]+)', 'iso'))
write('ruby-logger-json', 'ruby3.1', run(RUBY, '-e', f"require 'logger'; require 'json'; log = Logger.new($stdout); log.formatter = proc {{ |s, t, p, m| {{severity: s, time: t.utc.iso8601(3), message: m}}.to_json + \"\\n\" }}; require 'time'; {BASIC_RB}"), four(), (ISO, 'iso'))
LOGRAGE = "module Lograge; module Formatters; end; end; require 'json'; require 'logger'; require 'lograge/formatters/key_value'; require 'lograge/formatters/json'; one = {method: 'GET', path: '/cars/7', format: 'json', controller: 'CarsController', action: 'show', status: 200, duration: 12.34, view: 1.2, db: 3.4, request_id: 'req-81'}; two = one.merge(method: 'POST', path: '/pay', status: 503, duration: 1900.5)"
lograge = [('/cars/7', 1, {'level': None, 'message': 'any', 'status': 200, 'path': '/cars/7', 'durationMs': 12.34, 'requestId': 'req-81'}),
           ('/pay', 1, {'level': None, 'message': 'any', 'status': 503, 'path': '/pay', 'durationMs': 1900.5, 'requestId': 'req-81'})]
write('lograge', 'ruby-lograge', run(RUBY, '-e', f'{LOGRAGE}; f = Lograge::Formatters::KeyValue.new; puts f.call(one), f.call(two)'), lograge)
write('lograge-json', 'ruby-lograge', run(RUBY, '-e', f'{LOGRAGE}; f = Lograge::Formatters::Json.new; puts f.call(one), f.call(two)'), lograge)

PHP = [f'{ROOT}/usr/bin/php8.2', '-n', '-d', 'date.timezone=UTC', '-d', f'include_path={ROOT}/usr/share/php']
MONOLOG = "spl_autoload_register(function ($c) { require_once str_replace('\\\\', '/', $c) . '.php'; }); $h = new Monolog\\Handler\\StreamHandler('php://stdout'); $log = new Monolog\\Logger('shop'); $log->pushHandler($h);"
BASIC_PHP = "$log->info('started'); $log->warning('cache is cold, no error yet'); $log->error('cannot reach the price index', ['status' => 503]); $log->critical('lost the lease');"
write('monolog-line', 'php-monolog', run(*PHP, '-r', MONOLOG + BASIC_PHP), [(a, b, {**c, **({'status': 'any'} if c['level'] == 'error' else {})}) for a, b, c in four()], (ISO, 'iso'))
write('monolog-json', 'php-monolog', run(*PHP, '-r', MONOLOG + '$h->setFormatter(new Monolog\\Formatter\\JsonFormatter());' + BASIC_PHP), [(a, b, {**c, **({'status': 503} if c['level'] == 'error' else {})}) for a, b, c in four()], (ISO, 'iso'))
write('monolog-gelf', 'php-monolog', run(*PHP, '-r', MONOLOG + '$h->setFormatter(new Monolog\\Formatter\\LogstashFormatter("shop"));' + BASIC_PHP), [(a, b, {**c, **({'status': 503} if c['level'] == 'error' else {})}) for a, b, c in four()], (ISO, 'iso'), note='LogstashFormatter')
write('php-errors', 'php8.2-cli', run(*PHP, '-d', 'log_errors=1', '-d', 'error_log=/dev/stdout', '-d', 'display_errors=0', '-r', 'echo $x; trigger_error("old call", E_USER_NOTICE); throw new RuntimeException("boom");'),
      [('PHP Warning', 1, {'level': 'warning', 'message': 'Undefined variable $x'}), ('PHP Notice', 1, {'level': 'info', 'message': 'old call'}),
       ('PHP Fatal error', r'thrown in', {'level': 'critical', 'message': 'Uncaught RuntimeException: boom', 'exception': '#0 {main}'})], (r'^\[(\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d) UTC\]', '%d-%b-%Y %H:%M:%S'))
write('log4perl', 'liblog-log4perl-perl', run('/usr/bin/perl', '-e', "use Log::Log4perl qw(:easy); Log::Log4perl->easy_init({level => $INFO, layout => '%d %p %c - %m%n', file => 'STDOUT'}); my $log = get_logger('shop'); $log->info('started'); $log->warn('cache is cold, no error yet'); $log->error('cannot reach the price index'); $log->fatal('lost the lease')"),
      four(), (r'^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)', '%Y/%m/%d %H:%M:%S'))

JARS = [*glob.glob(f'{ROOT}/usr/share/java/*.jar'), *glob.glob('/usr/share/java/slf4j-api.jar')]


def java(name, code, *without, files=(), flags=()):
    folder = f'{WORK}/java-{name}'
    os.makedirs(folder)
    for file, text in (('App.java', code), *files):
        with open(f'{folder}/{file}', 'w') as target:
            target.write(text)
    path = ':'.join([folder, *(jar for jar in JARS if not any(part in jar for part in without))])
    return run('/usr/bin/java', '-cp', path, *flags, f'{folder}/App.java').replace(folder, '/app')


BASIC_JAVA = 'log.info("started"); log.warn("cache is cold, no error yet"); log.error("cannot reach the price index"); log.error("payment failed", new IllegalStateException("boom", new RuntimeException("gateway down")));'
SLF4J = f'import org.slf4j.*; public class App {{ public static void main(String[] a) {{ Logger log = LoggerFactory.getLogger("shop.Pay"); {BASIC_JAVA} }} }}'
STACK = ('payment failed', r'^\s+\.\.\. |Caused by: .*gateway', {'level': 'error', 'message': 'payment failed', 'exception': 'Caused by: java.lang.RuntimeException: gateway down'})


def stack(text):
    """To the last line of the trace."""
    lines = text.split('\n')
    start = next((i for i, line in enumerate(lines) if 'payment failed' in line), 0)
    count = 1
    while start + count < len(lines) and re.match(r'\s+at |Caused by|\s+\.\.\. |[\w.]+Exception', lines[start + count]):
        count += 1
    return ('payment failed', count, STACK[2])


def logback(pattern):
    return ('logback.xml', f'<configuration><appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>{pattern}</pattern></encoder></appender><root level="info"><appender-ref ref="out"/></root></configuration>')


NOT_LOG4J = ('log4j',)
text = java('logback', SLF4J, *NOT_LOG4J, files=[logback('%d{yyyy-MM-dd HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n')])
write('logback', ['liblogback-java', 'openjdk-17-jre-headless'], text, [*levels('', *IWE), stack(text)], (ISO, 'iso'))
text = java('spring', SLF4J, *NOT_LOG4J, files=[logback('%d{yyyy-MM-dd\'T\'HH:mm:ss.SSSXXX} %5p 1 --- [%15.15t] %-40.40logger{39} : %m%n')])
write('logback-spring', ['liblogback-java', 'openjdk-17-jre-headless'], text, [*levels('', *IWE), stack(text)], (ISO, 'iso'), note="with Spring Boot's pattern of its documentation")
text = java('logback-default', SLF4J, *NOT_LOG4J)
write('logback-default', ['liblogback-java', 'openjdk-17-jre-headless'], text, [(rf'INFO.*{THREE[0]}', 1, {'level': 'info', 'message': THREE[0]}), (THREE[2], 1, {'level': 'error', 'message': THREE[2]})])
L4J = f'import org.apache.logging.log4j.*; public class App {{ public static void main(String[] a) {{ Logger log = LogManager.getLogger("shop.Pay"); {BASIC_JAVA} }} }}'


def log4j2(layout):
    return ('log4j2.xml', f'<Configuration><Appenders><Console name="out">{layout}</Console></Appenders><Loggers><Root level="info"><AppenderRef ref="out"/></Root></Loggers></Configuration>')


NOT_LOGBACK = ('logback', 'slf4j', 'log4j-jcl', 'log4j-jul', 'to-jul', 'log4j-web', 'log4j-1.2')
text = java('log4j2', L4J, *NOT_LOGBACK, files=[log4j2('<PatternLayout pattern="%d{ISO8601} [%t] %-5level %logger{36} - %msg%n"/>')])
write('log4j2', ['liblog4j2-java', 'openjdk-17-jre-headless'], text, [*levels('', *IWE), stack(text)], (ISO, 'iso'))
text = java('log4j2-json', L4J, *NOT_LOGBACK, files=[log4j2('<JsonLayout compact="true" eventEol="true" stacktraceAsString="true"/>')])
write('log4j2-json', ['liblog4j2-java', 'openjdk-17-jre-headless'], text, [*levels('', *IWE), ('payment failed', 1, {**STACK[2], 'exception': 'any'})], (r'"instant":(\{[^}]*\})', 'log4j'))
JUL = f'import java.util.logging.*; public class App {{ public static void main(String[] a) {{ Logger log = Logger.getLogger("shop.Pay"); log.info("started"); log.warning("cache is cold, no error yet"); log.severe("cannot reach the price index"); }} }}'
text = java('jul', JUL)
write('java-util-logging', 'openjdk-17-jre-headless', text, [('main$', 2, {'level': level, 'message': message, 'exception': 'any'}) for level, message in zip(IWE, THREE)], (r'^(\w{3} \d\d, \d{4} \d+:\d\d:\d\d [AP]M)', '%b %d, %Y %I:%M:%S %p'))

GO = {'GOROOT': f'{ROOT}/usr/lib/go-1.19', 'GOPATH': f'{ROOT}/usr/share/gocode', 'GO111MODULE': 'off', 'GOCACHE': '/tmp/log-corpus-gocache', 'GOFLAGS': '-p=2', 'CGO_ENABLED': '0'}


def go(name, imports, body, top='', **env):
    folder = f'{WORK}/go-{name}'
    os.makedirs(folder)
    with open(f'{folder}/main.go', 'w') as file:
        file.write('package main\nimport (\n' + '\n'.join(f'  {each}' if ' ' in each else f'  "{each}"' for each in imports) + f'\n)\n{top}\nfunc main() {{\n{body}\n}}\n')
    made = subprocess.run([f'{ROOT}/usr/lib/go-1.19/bin/go', 'build', '-trimpath', '-o', f'{folder}/app', f'{folder}/main.go'], env={**ENV, **GO}, capture_output=True, text=True, cwd=folder, timeout=400)
    if made.returncode:
        return made.stderr
    return run(f'{folder}/app', env=env).replace(folder, '/app')


def spans(text, pattern):
    """In ms, as Go writes durations."""
    return [round(float(number) / (1 if unit == 'ms' else 1000), 6) for number, unit in re.findall(pattern, text)] or [None, None]


GOTHREE = '{0}.Info("started"); {0}.Warn("cache is cold, no error yet"); {0}.Error("cannot reach the price index")'
RFC = (ISO, 'iso')
write('go-log', 'golang-1.19-go', go('log', ['log'], 'log.Print("started"); log.SetFlags(log.LstdFlags | log.Lmicroseconds | log.Lshortfile); log.Print("no error yet")'),
      [('started', 1, {'level': None, 'message': 'started'}), ('no error', 1, {'level': None, 'message': 'no error yet', 'at': 'any'})], (r'^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)', '%Y/%m/%d %H:%M:%S'))
LOGRUS = ['github.com/sirupsen/logrus']
REQUEST = '{0}.WithFields(logrus.Fields{{"status": 503, "path": "/pay", "request_id": "req-81"}}).Error("payment failed")'
REQUESTED = ('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'status': 503, 'path': '/pay', 'requestId': 'req-81'})
write('logrus-text', ['golang-github-sirupsen-logrus-dev'], go('logrus', LOGRUS, GOTHREE.format('logrus') + ';' + REQUEST.format('logrus')), [*levels('', *IWE), REQUESTED], RFC)
write('logrus-json', ['golang-github-sirupsen-logrus-dev'], go('logrus-json', LOGRUS, 'logrus.SetFormatter(&logrus.JSONFormatter{});' + GOTHREE.format('logrus') + ';' + REQUEST.format('logrus')), [*levels('', *IWE), REQUESTED], RFC)
write('logrus-colour', ['golang-github-sirupsen-logrus-dev'], go('logrus-colour', LOGRUS, 'logrus.SetFormatter(&logrus.TextFormatter{ForceColors: true});' + GOTHREE.format('logrus')), levels('', *IWE))
write('zap-production', ['golang-go.uber-zap-dev'], go('zap', ['go.uber.org/zap'], 'log, _ := zap.NewProduction();' + GOTHREE.format('log') + '; log.Error("payment failed", zap.Int("status", 503), zap.String("path", "/pay"))'),
      [*levels('', 'info', 'warning'), (THREE[2], 1, {'level': 'error', 'message': THREE[2], 'exception': 'main.main'}), ('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'status': 503, 'path': '/pay', 'exception': 'main.main'})], (r'"ts":([\d.]+)', 'epoch'))
write('zap-development', ['golang-go.uber-zap-dev'], go('zap-dev', ['go.uber.org/zap'], 'log, _ := zap.NewDevelopment();' + GOTHREE.format('log')),
      [(THREE[0], 1, {'level': 'info', 'message': THREE[0]}), (THREE[1], r'^\s+runtime|proc.go', {'level': 'warning', 'message': THREE[1], 'exception': 'any'}), (THREE[2], r'proc.go', {'level': 'error', 'message': THREE[2], 'exception': 'main.main'})], RFC)
write('zerolog', ['golang-github-rs-zerolog-dev'], go('zerolog', ['github.com/rs/zerolog/log', 'errors', 'time'], 'log.Info().Msg("started"); log.Warn().Msg("cache is cold, no error yet"); log.Error().Msg("cannot reach the price index"); log.Error().Err(errors.New("refused")).Int("status", 503).Str("path", "/pay").Dur("duration_ms", 1900*time.Millisecond).Msg("payment failed")'),
      [*levels('', *IWE), ('payment failed', 1, {'level': 'error', 'message': 'payment failed', 'status': 503, 'path': '/pay', 'durationMs': 1900, 'exception': 'any'})], RFC)
write('zerolog-console', ['golang-github-rs-zerolog-dev'], go('zerolog-console', ['github.com/rs/zerolog', 'github.com/rs/zerolog/log', 'os'], 'log.Logger = log.Output(zerolog.ConsoleWriter{Out: os.Stderr}); log.Info().Msg("started"); log.Warn().Msg("cache is cold, no error yet"); log.Error().Str("peer", "10.0.0.7").Msg("cannot reach the price index")'), levels('', *IWE))
write('hclog', ['golang-github-hashicorp-go-hclog-dev'], go('hclog', ['github.com/hashicorp/go-hclog'], 'log := hclog.New(&hclog.LoggerOptions{Name: "shop"});' + GOTHREE.format('log')), levels('', *IWE), RFC)
write('hclog-json', ['golang-github-hashicorp-go-hclog-dev'], go('hclog-json', ['github.com/hashicorp/go-hclog'], 'log := hclog.New(&hclog.LoggerOptions{Name: "shop", JSONFormat: true});' + GOTHREE.format('log')), levels('', *IWE), RFC)
write('go-kit', ['golang-github-go-kit-log-dev'], go('kit', ['github.com/go-kit/log', 'github.com/go-kit/log/level', 'os'], 'l := log.With(log.NewLogfmtLogger(os.Stdout), "ts", log.DefaultTimestampUTC); level.Info(l).Log("msg", "started"); level.Warn(l).Log("msg", "cache is cold, no error yet"); level.Error(l).Log("msg", "cannot reach the price index", "duration", "1.9s")'),
      [(a, b, {**c, **({'durationMs': 1900} if c['level'] == 'error' else {})}) for a, b, c in levels('', *IWE)], RFC)
write('klog', ['golang-k8s-klog-dev'], go('klog', ['k8s.io/klog', 'flag'], 'klog.InitFlags(nil); flag.Set("logtostderr", "true"); klog.Info("started"); klog.Warning("cache is cold, no error yet"); klog.Error("cannot reach the price index")'), levels('', *IWE), (r'^[IWEF](\d{4} \d\d:\d\d:\d\d\.\d+)', '%m%d %H:%M:%S.%f'))
text = go('gin', ['github.com/gin-gonic/gin', 'net/http', 'net/http/httptest', 'time'], 'gin.SetMode(gin.ReleaseMode); r := gin.Default(); r.GET("/cars/:id", func(c *gin.Context) { c.String(200, "ok") }); r.POST("/pay", func(c *gin.Context) { time.Sleep(20*time.Millisecond); c.String(503, "no") })\nfor _, each := range [][2]string{{"GET", "/cars/7?x=1"}, {"POST", "/pay"}} { q, _ := http.NewRequest(each[0], each[1], nil); q.RemoteAddr = "127.0.0.1:4000"; r.ServeHTTP(httptest.NewRecorder(), q) }')
took = spans(text, r'\| +([\d.]+)(ms|µs)')
write('gin', ['golang-github-gin-gonic-gin-dev'], text,
      [('/cars', 1, {'level': None, 'message': '/cars/7', 'status': 200, 'path': '/cars/7', 'durationMs': took[0]}), ('/pay', 1, {'level': None, 'message': '/pay', 'status': 503, 'path': '/pay', 'durationMs': took[1]})], (r'\[GIN\] (\d{4}/\d\d/\d\d - \d\d:\d\d:\d\d)', '%Y/%m/%d - %H:%M:%S'))
text = go('echo', ['github.com/labstack/echo', 'github.com/labstack/echo/middleware', 'net/http/httptest', 'time'], 'e := echo.New(); e.Use(middleware.Logger()); e.GET("/cars/:id", func(c echo.Context) error { return c.String(200, "ok") }); e.POST("/pay", func(c echo.Context) error { time.Sleep(20*time.Millisecond); return c.String(503, "no") })\nfor _, each := range [][2]string{{"GET", "/cars/7?x=1"}, {"POST", "/pay"}} { q := httptest.NewRequest(each[0], each[1], nil); e.ServeHTTP(httptest.NewRecorder(), q) }')
took = spans(text, r'"latency_human":"([\d.]+)(ms|µs)')
write('echo', ['golang-github-labstack-echo-dev'], text,
      [('/cars', 1, {'level': None, 'message': 'any', 'status': 200, 'path': '/cars/7', 'durationMs': took[0]}), ('/pay', 1, {'level': None, 'message': 'any', 'status': 503, 'path': '/pay', 'durationMs': took[1]})], RFC)
text = go('chi', ['github.com/go-chi/chi', 'github.com/go-chi/chi/middleware', 'net/http', 'net/http/httptest'], 'r := chi.NewRouter(); r.Use(middleware.Logger); r.Get("/cars/{id}", func(w http.ResponseWriter, q *http.Request) { w.Write([]byte("ok")) }); r.Post("/pay", func(w http.ResponseWriter, q *http.Request) { w.WriteHeader(503) })\nfor _, each := range [][2]string{{"GET", "/cars/7?x=1"}, {"POST", "/pay"}} { q := httptest.NewRequest(each[0], each[1], nil); r.ServeHTTP(httptest.NewRecorder(), q) }')
took = spans(text, r'in ([\d.]+)(ms|µs)')
write('chi', ['golang-github-go-chi-chi-dev'], text,
      [('/cars', 1, {'level': None, 'message': '/cars/7?x=1', 'status': 200, 'path': '/cars/7', 'durationMs': took[0]}), ('/pay', 1, {'level': None, 'message': '/pay', 'status': 503, 'path': '/pay', 'durationMs': took[1]})], (r'^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)', '%Y/%m/%d %H:%M:%S'))

registry = f'{ROOT}/usr/share/cargo/registry'


def rust(name, dependencies, code, **env):
    folder = f'{WORK}/rust-{name}'
    os.makedirs(f'{folder}/src')
    os.makedirs(f'{folder}/.cargo')
    for file, text in (('Cargo.toml', f'[package]\nname = "shop"\nversion = "1.0.0"\nedition = "2021"\n[dependencies]\n{dependencies}\n'),
                       ('.cargo/config.toml', f'[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "{registry}"\n'), ('src/main.rs', code)):
        with open(f'{folder}/{file}', 'w') as target:
            target.write(text)
    home = {'HOME': os.environ['HOME'], 'PATH': os.environ['PATH'], 'CARGO_TARGET_DIR': '/tmp/log-corpus-cargo'}
    made = subprocess.run(['cargo', 'build', '--offline', '-q'], env={**os.environ, **home}, cwd=folder, capture_output=True, text=True, timeout=400)
    return made.stderr if made.returncode else run('/tmp/log-corpus-cargo/debug/shop', env=env)


write('rust-env-logger', ['librust-env-logger-dev'], rust('env', 'log = "0.4"\nenv_logger = "0.9"', 'fn main() { env_logger::init(); log::info!("started"); log::warn!("cache is cold, no error yet"); log::error!("cannot reach the price index"); }', RUST_LOG='info', RUST_LOG_STYLE='always'), levels('', *IWE), RFC)
TRACING = 'use tracing::*; fn main() { INIT; info!("started"); warn!("cache is cold, no error yet"); error!("cannot reach the price index"); error!(status = 503, path = "/pay", request_id = "req-81", "payment failed"); }'
CRATES = 'tracing = "0.1"\ntracing-subscriber = {version = "0.3", features = ["json", "ansi", "fmt"]}'
write('rust-tracing', ['librust-tracing-subscriber-dev'], rust('tracing', CRATES, TRACING.replace('INIT', 'tracing_subscriber::fmt().with_ansi(true).init()')), [*levels('', *IWE), (r'payment failed', 1, {**REQUESTED[2]})], RFC)
write('rust-tracing-json', ['librust-tracing-subscriber-dev'], rust('tracing-json', CRATES, TRACING.replace('INIT', 'tracing_subscriber::fmt().json().init()')), [*levels('', *IWE), (r'payment failed', 1, {**REQUESTED[2]})], RFC)

ERL = {'ROOTDIR': f'{ROOT}/usr/lib/erlang', 'BINDIR': f"{(glob.glob(ROOT + '/usr/lib/erlang/erts-*/bin') + [''])[0]}", 'EMU': 'beam', 'PROGNAME': 'erl'}
ELIXIR = [f"{ERL['BINDIR']}/erlexec", '-boot', f'{ROOT}/usr/lib/erlang/bin/start', '-noshell', '-pa', *glob.glob(f'{ROOT}/usr/lib/elixir/lib/*/ebin'), '-s', 'elixir', 'start_cli', '-extra', '-e']
write('elixir-logger', ['elixir'], run(*ELIXIR, 'Application.ensure_all_started(:logger); require Logger; Logger.info("started"); Logger.warning("cache is cold, no error yet"); Logger.error("cannot reach the price index"); Logger.flush()', env=ERL), levels('', *IWE))
