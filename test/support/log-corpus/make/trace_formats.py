# Run by debian.py, after language_formats.py: stack traces stay whole, with a line before and after them.
def trace(name, package, text, before='started', after='went on', says='', level='error|critical', message='any', note=None):
    """The whole of it between the lines before and after is one entry."""
    lines = text.rstrip('\n').split('\n')
    first = next((i for i, line in enumerate(lines) if before in line), None)
    last = next((i for i, line in enumerate(lines) if after in line), len(lines)) if after else len(lines)
    if first is None:
        print('FAIL', name, text[:600])
        return
    kept = '\n'.join(lines[first:last + 1])
    write(name, package, kept, [
        (re.escape(before), 1, {'level': 'any', 'message': before, 'at': 'any'}),
        ('^', last - first - 1, {'level': level, 'message': message, 'exception': says, 'at': 'any'}),
        *([(re.escape(after), 1, {'level': 'any', 'message': after, 'at': 'any'})] if last < len(lines) else []),
    ], note=note)


trace('trace-python-chained', 'python3', python("import sys, traceback\nprint('started', flush=True)\ndef pay():\n    try:\n        {}['price']\n    except KeyError as e:\n        raise RuntimeError('no price') from e\ntry:\n    pay()\nexcept RuntimeError:\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        traceback.print_exc(file=sys.stdout)\nprint('went on', flush=True)\n"), says='ZeroDivisionError: division by zero')
trace('trace-python-group', 'python3', python("import sys, traceback\nprint('started', flush=True)\ntry:\n    raise ExceptionGroup('two failed', [ValueError('one'), KeyError('two')])\nexcept ExceptionGroup:\n    traceback.print_exc(file=sys.stdout)\nprint('went on', flush=True)\n"), says='ValueError: one')
JAVA_TRACE = 'public class App { static void pay() { try { throw new RuntimeException("gateway down"); } catch (RuntimeException e) { IllegalStateException x = new IllegalStateException("boom", e); x.addSuppressed(new java.io.IOException("closed")); throw x; } } public static void main(String[] a) throws Exception { System.err.println("started"); Thread t = new Thread(App::pay, "worker"); t.start(); t.join(); System.err.println("went on"); } }'
trace('trace-java', 'openjdk-17-jre-headless', java('trace', JAVA_TRACE), says='Caused by: java.lang.RuntimeException: gateway down')
trace('trace-go-panic', 'golang-1.19-go', go('panic', ['fmt', 'os', 'sync'], 'fmt.Fprintln(os.Stderr, "started"); var w sync.WaitGroup; w.Add(1); go func() { w.Wait() }(); pay(nil)', top='type order struct{ price int }\n//go:noinline\nfunc pay(o *order) int { return o.price }', GOTRACEBACK='all'), after=None, says='main.main()')
trace('trace-go-panic-value', 'golang-1.19-go', go('panic2', ['fmt', 'os', 'errors'], 'fmt.Fprintln(os.Stderr, "started"); defer func() { r := recover(); panic(fmt.Sprint(r, " again")) }(); panic(errors.New("boom"))'), after=None, says='goroutine 1 [running]:')
with open(f'{WORK}/boom.rb', 'w') as file:
    file.write("$stdout.sync = true\nputs 'started'\ndef pay\n  raise ArgumentError, 'gateway down'\nrescue ArgumentError\n  raise 'boom'\nend\nbegin\n  pay\nrescue => e\n  puts e.full_message(highlight: false)\nend\nputs 'went on'\n")
trace('trace-ruby', 'ruby3.1', run(RUBY, f'{WORK}/boom.rb'), says='gateway down (ArgumentError)')
with open(f'{WORK}/boom.php', 'w') as file:
    file.write("<?php\nfunction pay() { try { throw new LogicException('gateway down'); } catch (LogicException $e) { throw new RuntimeException('boom', 1, $e); } }\nerror_log('started');\nset_exception_handler(function ($e) { error_log('PHP Fatal error:  Uncaught ' . $e); error_log('went on'); });\npay();\n")
trace('trace-php', 'php8.2-cli', run(*PHP, '-d', 'log_errors=1', f'{WORK}/boom.php'), says='Next RuntimeException: boom')
with open(f'{WORK}/Boom.cs', 'w') as file:
    file.write('using System; class Boom { static void Pay() { try { throw new InvalidOperationException("gateway down"); } catch (Exception e) { throw new ApplicationException("boom", e); } } static void Main() { Console.Error.WriteLine("started"); try { Pay(); } catch (Exception e) { Console.Error.WriteLine("Unhandled exception. " + e); } Console.Error.WriteLine("went on"); } }')
subprocess.run([f'{ROOT}/usr/bin/mono', f'{ROOT}/usr/lib/mono/4.5/mcs.exe', '-out:' + f'{WORK}/Boom.exe', f'{WORK}/Boom.cs'], env={**ENV, 'MONO_CFG_DIR': f'{ROOT}/etc'}, capture_output=True)
trace('trace-dotnet', 'mono-runtime', run(f'{ROOT}/usr/bin/mono', f'{WORK}/Boom.exe', env={'MONO_CFG_DIR': f'{ROOT}/etc'}), says='--- End of inner exception stack trace ---', note='.NET 4 classes on Mono')
trace('trace-rust', [], rust('panic', '', 'fn pay(prices: &[i32]) -> i32 { prices[prices.len() + 3] } fn main() { eprintln!("started"); let _ = std::panic::catch_unwind(|| pay(&[1])); eprintln!("went on"); }', RUST_BACKTRACE='1'), says='stack backtrace:', note='printed by rustc 1.95')
trace('trace-elixir', 'elixir', run(*ELIXIR, 'IO.puts("started"); require Logger; Task.start(fn -> raise "boom" end); :timer.sleep(200); Logger.flush(); IO.puts("went on")', env=ERL), says='(RuntimeError) boom')
trace('trace-elixir-exit', 'elixir', run(*ELIXIR, 'IO.puts("started"); String.to_integer("x")', env=ERL), after=None, says=':erlang.binary_to_integer')
