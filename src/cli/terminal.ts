import {Chalk} from 'chalk'
import type {Style} from '../render/text/style.js'

const DEFAULT_WIDTH = 80

/** The one place that knows about TTYs, width and colour. */
export interface Terminal {
  /** A person can be asked: stdin and stderr are TTYs. */
  readonly interactive: boolean
  readonly stdoutIsTty: boolean
  readonly stderrIsTty: boolean
  readonly stdoutStyle: Style
  readonly stderrStyle: Style
}

function styleFor(stream: NodeJS.WriteStream, colour: boolean): Style {
  const chalk = new Chalk({level: colour ? 1 : 0})
  return {
    width: stream.isTTY ? stream.columns : Number(process.env['COLUMNS'] ?? '') || DEFAULT_WIDTH,
    edge: stream.isTTY,
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    warn: (text) => chalk.yellow(text),
    bad: (text) => chalk.red(text),
    accent: (text) => chalk.cyan(text),
  }
}

/** NO_COLOR and `--no-color` win over FORCE_COLOR; without any, a TTY that is not `dumb` has colour. */
export function readTerminal(noColor: boolean): Terminal {
  const {env} = process
  const refused = noColor || (env['NO_COLOR'] ?? '') !== ''
  const forced = !['', '0', undefined].includes(env['FORCE_COLOR'])
  const colour = (stream: NodeJS.WriteStream): boolean =>
    !refused && (forced || (stream.isTTY && env['TERM'] !== 'dumb'))
  return {
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    stdoutIsTty: process.stdout.isTTY,
    stderrIsTty: process.stderr.isTTY,
    stdoutStyle: styleFor(process.stdout, colour(process.stdout)),
    stderrStyle: styleFor(process.stderr, colour(process.stderr)),
  }
}
