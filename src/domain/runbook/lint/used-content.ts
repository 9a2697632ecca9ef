import type {Runbook} from '../runbook.js'
import {usedTextProblems} from './executed-text.js'
import type {PlacedFault, WhyScript} from './runbook-fault.js'
import {callsOf} from './script-calls.js'

/** What is in a file of `uses:`. */
export interface UsedContent {
  /** null for what is no text, so that nobody can read it. */
  readonly text: string | null
  /** What the system takes it for: `#!` makes a script, the header of a compiled program makes a program. */
  readonly begins: 'script' | 'program' | 'other'
}

const SCRIPT_NAME = /\.(?:awk|bash|cjs|dash|fish|jq|js|ksh|lua|mjs|mts|php|pl|pm|ps1|py|rb|sed|sh|sql|tcl|ts|zsh)$/i
/** What is read and shown, and run by nothing that goes by the name. */
const DATA_NAME = /\.(?:csv|tsv|jsonl?|ndjson|txt|md|html?|xml)$/i

/** Why something that nobody can read is run as a script; null when it is not. A shell runs what the system does not know as a program. */
function whyScript(runbook: Runbook, file: string, {begins}: UsedContent): WhyScript | null {
  if (SCRIPT_NAME.test(file)) return {why: 'named'}
  if (begins === 'script') return {why: 'begins'}
  const call = callsOf(runbook, file).find(({runner}) => runner !== null || begins !== 'program')
  if (call === undefined) return null
  return call.runner === null ? {why: 'started'} : {why: 'runner', runner: call.runner}
}

/** What in a file that the scripts of `runbook` call is not what a reader of it sees. Such a file is not run. */
export function usedFileProblems(runbook: Runbook, file: string, content: UsedContent): readonly PlacedFault[] {
  const {text, begins} = content
  if (text !== null) {
    const isData = DATA_NAME.test(file) && begins !== 'script' && callsOf(runbook, file).length === 0
    return usedTextProblems(file, text, isData)
  }
  const why = whyScript(runbook, file, content)
  return why === null ? [] : [{rule: 'hidden', what: 'noText', line: 1, column: 1, why}]
}
