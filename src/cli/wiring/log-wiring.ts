import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogSearch} from '../../domain/logs/log-report.js'
import type {Result} from '../../domain/result.js'
import {visible} from '../../domain/text/visible.js'
import {jsonLogs, type LogFormat, prettyLogs, rawLogs} from '../../render/logs/logs.js'
import type {Style} from '../../render/text/style.js'
import type {ExportDeps} from '../../usecases/logs/export-logs.js'
import {followLogs} from '../../usecases/logs/follow-logs.js'
import type {LogDeps, LogQuery} from '../../usecases/logs/log-query.js'
import {searchLogs} from '../../usecases/logs/search-logs.js'
import type {App} from '../app/app-ports.js'
import {interruptible} from '../process/interruptible.js'
import {screenText, toScreen} from '../process/screen.js'
import {streamOutput} from '../process/stream-output.js'
import type {Terminal} from '../process/terminal.js'

export const LOG_OUTPUTS = ['pretty', 'raw', 'json', 'ndjson'] as const

export type LogOutput = (typeof LOG_OUTPUTS)[number]

/** Shown on a screen when nothing was asked for: the newest, not the whole life of the service. */
const SCREEN_TAIL = 100
/** Shown of the past when following. */
const FOLLOW_TAIL = 20

export function logFormat(output: LogOutput, style: Style): LogFormat {
  switch (output) {
    case 'pretty':
      return prettyLogs(style)
    case 'raw':
      return rawLogs
    case 'json':
    case 'ndjson':
      return jsonLogs
  }
}

export async function logDeps(app: App): Promise<LogDeps> {
  const [engine, logs] = await Promise.all([app.engine(), app.logs()])
  return {engine, logs, stackModel: {model: async () => (await app.stackModel()).model()}}
}

export async function exportDeps(app: App): Promise<ExportDeps> {
  const [progress, files] = await Promise.all([app.progress(), app.exports()])
  return {...(await logDeps(app)), progress, files, mask: app.masker.mask}
}

function asksForNothing({filter, since, until, tail}: LogQuery): boolean {
  const wishes: readonly unknown[] = Object.values({...filter})
  return [since, until, tail, ...wishes].every((wish) => wish === undefined)
}

interface LogStream {
  readonly output: LogOutput
  readonly follow: boolean
  readonly terminal: Terminal
}

type Sink = (entries: readonly LogEntry[]) => Promise<void>

/** To stdout, masked. On a screen nothing of an entry is obeyed; elsewhere `raw` is what was written, to the byte. */
function toStdout({output, terminal}: LogStream, mask: (text: string) => string): Sink {
  const {stdoutIsTty, stdoutStyle} = terminal
  const format = logFormat(output, stdoutStyle)
  const asSeen = output === 'pretty' || stdoutIsTty ? screenText : (text: string): string => text
  return async (entries) => {
    if (entries.length > 0) await streamOutput(asSeen(mask(entries.map((entry) => `${format(entry)}\n`).join(''))))
  }
}

/** Streams the entries that match to stdout; with `follow` until Ctrl-C. */
export async function streamLogs(app: App, query: LogQuery, stream: LogStream): Promise<Result<LogSearch>> {
  const {follow, terminal} = stream
  const deps = await logDeps(app)
  const {mask} = app.masker
  const sink = toStdout(stream, mask)
  if (!follow && terminal.stdoutIsTty && asksForNothing(query)) {
    const result = await searchLogs(deps, {...query, tail: SCREEN_TAIL}, sink)
    const cut = `these are the last ${String(SCREEN_TAIL)} entries: --tail N or --since 1h for more`
    return result.data.matched < SCREEN_TAIL ? result : {...result, warnings: [...(result.warnings ?? []), cut]}
  }
  if (!follow) return await searchLogs(deps, query, sink)
  const note = (text: string): void => {
    toScreen('stderr', `! ${visible(text)}\n`, mask)
  }
  const tail = query.tail ?? (query.since === undefined ? FOLLOW_TAIL : undefined)
  const clock = await app.clock()
  return await interruptible(({signal}) => followLogs({...deps, clock}, {...query, tail}, sink, note, signal))
}
