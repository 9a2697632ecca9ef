import {execFileSync, spawn} from 'node:child_process'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {setTimeout as wait} from 'node:timers/promises'
import {repositoryRoot} from '../../service/stack/repository.js'
import {LOOPBACK, lockDirectory} from './built-faci.js'

/** The built faci on a real terminal: a pty of `script`, which Debian always has. */
export interface TerminalRun {
  /** Everything that was written to it, as it came. */
  readonly raw: () => string
  /** The same without escape sequences and carriage returns. */
  readonly screen: () => string
  readonly type: (text: string) => void
  /** Waits until the screen has said it `times` times since the start. */
  readonly says: (text: string, times?: number) => Promise<void>
  /** As an operator who reads: types 60 ms after the question is on the screen, and again where a busy machine showed nothing of it. */
  readonly answer: (question: string, text: string, times?: number) => Promise<void>
  /** As `kill -INT` from another terminal. */
  readonly signal: (name: 'INT' | 'TERM') => void
  /** The window is closed: the terminal is gone for whoever is in it. */
  readonly close: () => void
  /** faci's exit code; null when the window was closed. */
  readonly ended: Promise<number | null>
}

const READING_MS = 60
/** Longer than a machine under load takes to show what was typed. */
const ECHO_MS = 3000
const MOST_TRIES = 4
const POLL_MS = 5
const PATIENCE_MS = 120_000

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

export function onTerminal(
  argv: readonly string[],
  directory: string,
  over: NodeJS.ProcessEnv = {},
  {columns = 80, rows = 24} = {},
): TerminalRun {
  const faci = [process.execPath, join(repositoryRoot, 'bin', 'run.js'), ...argv].map(quoted).join(' ')
  const command = `stty echo cols ${String(columns)} rows ${String(rows)}; exec ${faci}`
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('FACI_') && name !== 'FORCE_COLOR')
  const env = {
    ...Object.fromEntries(inherited),
    ...LOOPBACK,
    NO_COLOR: '1',
    TERM: 'xterm',
    SHELL: '/bin/bash',
    FACI_LOCK_DIRECTORY: lockDirectory(directory),
    ...over,
  }
  const child = spawn('script', ['-qefc', command, '/dev/null'], {cwd: directory, env, timeout: 180_000})
  let raw = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (raw += text))
  child.stdin.on('error', () => undefined)
  const screen = (): string => stripVTControlCharacters(raw).replaceAll('\r', '')
  const says = async (text: string, times = 1): Promise<void> => {
    const end = Date.now() + PATIENCE_MS
    while (screen().split(text).length <= times) {
      if (Date.now() > end) throw new Error(`the screen does not say ${text}:\n${screen()}`)
      await wait(POLL_MS)
    }
  }
  /** A line that is typed at a question is shown: one that was thrown away, as typed too early, is not. */
  const changes = async (before: number): Promise<boolean> => {
    const end = Date.now() + ECHO_MS
    while (raw.length === before && Date.now() < end) await wait(POLL_MS)
    return raw.length > before
  }
  return {
    ...{raw: () => raw, screen, says},
    type: (text) => void child.stdin.write(text),
    answer: async (question, text, times = 1) => {
      await says(question, times)
      await wait(READING_MS)
      for (let typed = 0; typed < MOST_TRIES; typed += 1) {
        const before = raw.length
        child.stdin.write(text)
        if (await changes(before)) return
      }
    },
    signal: (name) => {
      const [faci = ''] = execFileSync('pgrep', ['-P', String(child.pid)], {encoding: 'utf8'})
        .trim()
        .split('\n')
      process.kill(Number(faci), `SIG${name}`)
    },
    close: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve) => child.once('close', resolve)),
  }
}
