import {letterHead} from './letter-head.js'
import type {LineHead} from './line-parts.js'
import {levelNamed, type LogLevel} from './log-level.js'
import {timeWrittenAt, type WrittenTime} from './written-time.js'

/** PostgreSQL's CSV: …,LOG,00000,"message",… */
const CSV = /,(DEBUG|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC)\d?,[0-9A-Z]{5},"((?:[^"]|""){0,8192})"/
const REDIS = /^\d+:[XCSM] \d\d? \w{3} \d{4} [\d:.]{8,12} ([.*#-]) /
const GO_PANIC = /^(?:panic|fatal error): /

const REPORT = /^=([A-Z]{4,12}) REPORT==== /
const REDIS_LEVELS: Readonly<Record<string, LogLevel>> = {'.': 'debug', '-': 'debug', '*': 'info', '#': 'warning'}

function redisHead(line: string): LineHead | null {
  const [head, mark = ''] = REDIS.exec(line) ?? []
  if (head === undefined) return null
  const written = timeWrittenAt(line, line.indexOf(' ') + 1)
  return {at: written?.at ?? null, level: REDIS_LEVELS[mark] ?? null, message: line.slice(head.length)}
}

function csvHead(line: string, written: WrittenTime | null): LineHead | null {
  if (written === null || line[written.end] !== ',') return null
  const [, level = '', message = ''] = CSV.exec(line) ?? []
  return level === '' ? null : {at: written.at, level: levelNamed(level), message: message.replaceAll('""', '"')}
}

/** Erlang's `=ERROR REPORT==== 20-Nov-2026::03:12:04 ===`. */
function reportHead(line: string): LineHead | null {
  const level = line.startsWith('=') ? levelNamed(REPORT.exec(line)?.[1] ?? '') : null
  return level === null ? null : {at: null, level, message: line}
}

/** An access line of AWS' application load balancer: `h2 2026-11-20T03:12:04.118Z app/shop/50dc …`. */
const BALANCER = /^(?:https?|h2|grpcs?|wss?) (?=\d{4}-\d\d-\d\dT\S{1,30} app\/)/

function balancerHead(line: string): LineHead | null {
  const type = BALANCER.exec(line)?.[0]
  const written = type === undefined ? null : timeWrittenAt(line, type.length)
  return written === null ? null : {at: written.at, level: null, message: line.slice(written.end).trimStart()}
}

/** Zabbix' `   123:20261120:031204.118 `. */
const PROCESS_AND_TIME = /^ {0,8}\d{1,7}:(\d{8}):(\d{6}\.\d{3}) /

function zabbixHead(line: string): LineHead | null {
  const [head, day = '', clock = ''] = PROCESS_AND_TIME.exec(line) ?? []
  const written = head === undefined ? null : timeWrittenAt(`${day}T${clock}`, 0)
  return head === undefined || written === null ? null : {at: written.at, level: null, message: line.slice(head.length)}
}

/** Pgpool's `: main pid 1: LOG:  `, Icinga's `information/ConfigItem: `, behind a time. */
const NAMED = /: [\w ]{1,30} pid \d{1,9}: ([A-Z]{3,11}): +|\] ([a-z]{5,11})\/[A-Z]\w{1,60}: /y

function namedHead(line: string, written: WrittenTime | null): LineHead | null {
  if (written === null) return null
  NAMED.lastIndex = written.end
  const [head, upper, lower] = (NAMED.exec(line) ?? []) as readonly (string | undefined)[]
  const level = levelNamed(upper ?? lower ?? '')
  return head === undefined || level === null
    ? null
    : {at: written.at, level, message: line.slice(written.end + head.length)}
}

/** What is a head by its shape alone; null for a line that has to be walked over. */
export function specialHead(line: string, stamp: string | null): LineHead | null {
  if (GO_PANIC.test(line)) return {at: null, level: 'critical', message: line}
  const written = timeWrittenAt(line, line.startsWith('[') ? 1 : 0)
  return (
    letterHead(line, stamp, written) ??
    redisHead(line) ??
    csvHead(line, written) ??
    reportHead(line) ??
    balancerHead(line) ??
    zabbixHead(line) ??
    namedHead(line, written)
  )
}
