import {fileURLToPath} from 'node:url'
import {basename, extname} from 'node:path'

/** Where a line was logged from, as Python's logging names it: the file's stem, the function, the line. */
export interface CallSite {
  readonly module: string
  readonly function: string
  readonly line: number
}

type AnyFunction = (...args: never[]) => unknown

/**
 * The caller of `logMethod`. Read from a stack of one frame, so the runtime's source maps apply: with
 * `node --enable-source-maps` module and line are the source's, without it the bundle's.
 */
export function findCallSite(logMethod: AnyFunction): CallSite {
  const holder: {stack?: string} = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 1
  Error.captureStackTrace(holder, logMethod)
  const frame = holder.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  Error.stackTraceLimit = limit
  return parseFrame(frame ?? '')
}

/** `at Object.name [as alias] (file:line:column)`, or `at file:line:column` outside any named function. */
export function parseFrame(frame: string): CallSite {
  const match = /^\s*at (?:(?:async |new )*(?<name>.+?) \()?(?<file>.+?):(?<line>\d+):\d+\)?$/.exec(frame)
  const {name, file, line} = match?.groups ?? {}
  return {
    module: file === undefined ? 'unknown' : moduleName(file),
    function: functionName(name),
    line: Number(line ?? 0),
  }
}

function moduleName(file: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file
  return basename(path, extname(path))
}

function functionName(name: string | undefined): string {
  const last = name
    ?.replace(/ \[as .+\]$/, '')
    .split('.')
    .at(-1)
  return last === undefined || last === '' ? '<anonymous>' : last
}
