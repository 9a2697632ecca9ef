# Compose 1.29 many times in one Python, loaded once: each run is a fork of it, with arguments, environment and folder of its own.
# A line of JSON in, {"argv", "cwd", "env"}; a line out, {"exitCode", "stdout"}. Without arguments it says the project's name, which
# Compose prints nowhere.
import json
import os
import sys

from compose.cli.command import get_project_name
from compose.cli.main import main


def run(asked, stdout):
    os.dup2(stdout, 1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = ["docker-compose", *asked["argv"]]
    if not asked["argv"]:
        print(get_project_name(asked["cwd"]))
        return 0
    try:
        main()
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)


for line in sys.stdin:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = run(json.loads(line), write)
            sys.stdout.flush()
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as output:
        said = output.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print(json.dumps({"exitCode": code, "stdout": said}), flush=True)
