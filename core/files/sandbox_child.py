"""First thing a sandboxed child runs: limits, then the worker. Standard library only; never imported."""

import resource
import runpy
import signal
import sys

memory, cpu, wall = (int(value) for value in sys.argv[1:4])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
signal.alarm(wall)
sys.path[:0] = dict.fromkeys(sys.argv[4:6])
worker = sys.argv[6]
sys.argv = sys.argv[6:]
runpy.run_path(worker, run_name="__main__")
