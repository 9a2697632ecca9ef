import {Chalk} from 'chalk'
import {type ScreenTimes, screenTimes} from '../../domain/time/screen-times.js'
import type {Style} from '../../render/text/style.js'
import {ourCommand, ours} from './screen.js'

const same = (text: string): string => text

const DEFAULT_WIDTH = 80
/** Until faci.yml has been read. */
const UTC = screenTimes('UTC')

/** The one place that knows about TTYs, width and colour. */
export interface Terminal {
  /** A person can be asked: stdin and stderr are TTYs. */
  readonly interactive: boolean
  readonly stdoutIsTty: boolean
  /** What is written can be written over: a TTY that is not `dumb`. */
  readonly stdoutRedraws: boolean
  readonly stderrRedraws: boolean
  readonly stdoutStyle: Style
  readonly stderrStyle: Style
}

function styleFor(stream: NodeJS.WriteStream, colour: boolean): Style {
  const chalk = new Chalk({level: colour ? 1 : 0})
  const painted = (paint: (text: string) => string): ((text: string) => string) => (colour ? ours(paint) : same)
  return {
    width: (stream.isTTY ? stream.columns : 0) || Number(process.env['COLUMNS'] ?? '') || DEFAULT_WIDTH,
    rows: stream.isTTY && stream.rows > 0 ? stream.rows : null,
    edge: stream.isTTY,
    times: UTC,
    bold: painted((text) => chalk.bold(text)),
    dim: painted((text) => chalk.dim(text)),
    good: painted((text) => chalk.green(text)),
    warn: painted((text) => chalk.yellow(text)),
    bad: painted((text) => chalk.red(text)),
    accent: painted((text) => chalk.cyan(text)),
    command: ourCommand,
  }
}

/**
 * NO_COLOR, unless it is empty, wins over FORCE_COLOR, which is as Node and chalk have it: 0 and `false` are a no, all else is a yes, also
 * where it is empty. Without any, a TTY that is not `dumb` has colour.
 */
export function hasColour(env: NodeJS.ProcessEnv, isTty: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const wish = env['FORCE_COLOR']
  if (wish === undefined) return isTty && env['TERM'] !== 'dumb'
  return wish !== '0' && wish !== 'false'
}

export function readTerminal(noColor: boolean): Terminal {
  const isDumb = process.env['TERM'] === 'dumb'
  const colour = ({isTTY}: NodeJS.WriteStream): boolean => !noColor && hasColour(process.env, isTTY)
  return {
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    stdoutIsTty: process.stdout.isTTY,
    stdoutRedraws: process.stdout.isTTY && !isDumb,
    stderrRedraws: process.stderr.isTTY && !isDumb,
    stdoutStyle: styleFor(process.stdout, colour(process.stdout)),
    stderrStyle: styleFor(process.stderr, colour(process.stderr)),
  }
}

export function withTimes(terminal: Terminal, times: ScreenTimes): Terminal {
  const {stdoutStyle, stderrStyle} = terminal
  return {...terminal, stdoutStyle: {...stdoutStyle, times}, stderrStyle: {...stderrStyle, times}}
}
