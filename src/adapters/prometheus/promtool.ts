import {probe, type ProbeEnding, type ProbeOptions} from '../processes/probe.js'
import type {RuleCheck, RuleChecker, SaidOfRules} from '../../ports/rule-checker.js'

const VERSION = /promtool, version (\d+\.\d+[^+\s]*)/
const PLACE = /^(\d+):(\d+): /
/** Of its exit codes: what cannot be loaded. */
const REFUSED = 1

function inOneLine(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}

/** `FILE: LINE:COLUMN: message`, where a message may go on for lines. */
function saidOf(file: string, stderr: string): readonly SaidOfRules[] {
  const [, ...messages] = `\n${stderr}`.split(`\n${file}: `)
  const all = [...new Set(messages.map((message) => inOneLine(message)))]
  return all.map((message) => {
    const [whole = '', line, column] = PLACE.exec(message) ?? []
    // Of a few problems Prometheus 3 says 0:0.
    const place = line === undefined || line === '0' ? null : {line: Number(line), column: Number(column)}
    return {said: message.slice(whole.length), place}
  })
}

function whyNot({timedOut, exitCode, problem, stderr}: ProbeEnding, timeoutSeconds: number): string {
  if (timedOut) return `promtool took longer than ${String(timeoutSeconds)} s`
  if (exitCode === null) return `promtool did not run: ${problem}`
  return `promtool ended with exit code ${String(exitCode)}: ${stderr.trim().split('\n', 1)[0] ?? ''}`
}

/** The `promtool` of PATH. All files at once, which is all where nothing is wrong; else one after the other, for it then tells no more. */
export function createPromtool(options: ProbeOptions): RuleChecker {
  const {timeoutSeconds} = options
  const check = (files: readonly string[]): Promise<ProbeEnding> =>
    probe(['promtool', 'check', 'rules', '--lint=none', ...files], options)
  const ask = async (files: readonly string[], version: string): Promise<RuleCheck> => {
    const together = await check(files)
    if (together.exitCode === 0) return {version, refused: new Map()}
    if (together.exitCode !== REFUSED) return {why: whyNot(together, timeoutSeconds)}
    const refused = new Map<string, readonly SaidOfRules[]>()
    for (const file of files) {
      const ran = await check([file])
      if (ran.exitCode === 0) continue
      const said = ran.exitCode === REFUSED ? saidOf(file, ran.stderr) : []
      if (said.length === 0) return {why: whyNot(ran, timeoutSeconds)}
      refused.set(file, said)
    }
    return {version, refused}
  }
  return {
    check: async (files) => {
      const told = await probe(['promtool', '--version'], options)
      if (told.isMissing) return null
      const version = VERSION.exec(`${told.stdout}\n${told.stderr}`)?.[1]
      return version === undefined ? {why: whyNot(told, timeoutSeconds)} : ask(files, version)
    },
  }
}
