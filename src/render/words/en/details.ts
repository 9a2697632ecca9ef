import {noticeReasonText} from './undelivered.js'
import {evidenceProblemText} from '../../../domain/change/evidence-problem.js'
import type {Detail} from '../../../domain/journal/detail.js'
import type {PlaceKind} from '../../../domain/journal/fill-problem.js'
import {type DetailWords, names, reasonText} from '../reason-words.js'
import {PROBE} from './stack.js'

const UNDELIVERED = {
  pending: 'waits',
  rejected: 'refused, it waits',
  dropped: 'not sent',
  unconfirmed: 'it may have arrived, and is not kept',
  lost: 'neither sent nor kept',
  held: 'held back',
} as const

const PLACES: Readonly<Record<PlaceKind, string>> = {
  text: 'a text that its quotes can hold',
  pattern: 'a text that its quotes can hold',
  number: 'a number',
  duration: 'a duration such as 5m',
  label: 'the name of a label',
  metric: 'the name of a metric',
  digits: 'digits',
  part: 'letters, digits and _',
}

function also(text: string, problem: Detail | null): string {
  return problem === null ? text : `${text}; ${say(problem)}`
}

/** What a program or an error says is told as it is. */
export const DETAILS: DetailWords = {
  ...PROBE,
  healthy: 'healthy',
  error: ({text}) => text,
  printed: ({text}) => text,
  told: ({text}) => text,
  noData: 'no data',
  notANumber: 'NaN',
  noEndpoint: 'not in faci.yml',
  noPrometheus: 'faci.yml has no `prometheus` section',
  exited: ({exitCode, said, problem}) => {
    const code = exitCode === null ? 'ended by a signal' : `exit ${String(exitCode)}`
    return also(said === '' ? code : `${code}: ${said}`, problem)
  },
  ranOutOfTime: ({problem}) => also('it ran out of time and was ended', problem),
  cutShort: ({problem}) => also('interrupted', problem),
  notStarted: ({problem}) => `not started: ${say(problem)}`,
  notFilled: ({problems}) => problems.map(say).join('; '),
  noValue: ({name}) => `\`${name}\` has no value`,
  unfitForPromql: ({name, place}) => `\`${name}\` must be ${PLACES[place]} where it stands in PromQL`,
  unfitForPath: ({names: all}) => `the value of ${names(all)} cannot be a part of a path: it is empty, or . or ..`,
  unfitForRequest: ({names: all}) => `the value of ${names(all)} is missing or cannot stand here`,
  measured: ({got, expected}) => `${got}, expected ${expected}`,
  noNumberPrinted: ({expected}) => `expected ${expected}, but the output is not a number`,
  unreliable: ({warning}) => `unreliable: ${warning}`,
  severalSamples: ({samples, labels}) =>
    `${String(samples)} samples, they differ in ${labels.join(', ')}: aggregate them to one`,
  undelivered: ({status, reason}) => {
    const why = reason === null ? UNDELIVERED[status] : `${UNDELIVERED[status]}: ${noticeReasonText(reason)}`
    return status === 'pending' || status === 'rejected' ? `${why} → faci notify flush --now` : why
  },
  takenOver: ({from, purpose, grounds}) => `${from} (${purpose}): ${reasonText(DETAILS, grounds)}`,
  typedReason: ({text}) => text,
  confirmed: 'confirmed at the terminal',
  ownLock: ({runId}) => `run ${runId} goes on`,
  logCut: evidenceProblemText,
  secretsUnknown: evidenceProblemText,
  notKept: evidenceProblemText,
  valueHasNul: ({name}) => `\`${name}\` has NUL bytes in it, which no variable can hold`,
  valueTooLong: ({name, characters, atMostCharacters}) =>
    `\`${name}\` is ${String(characters)} characters long, and a variable holds ${String(atMostCharacters)}`,
  captureIsInput: ({name}) => `\`${name}\` is an input of the runbook, which no block can change`,
  captureMisspelt: ({name}) =>
    `\`${name}\` cannot be a capture: it must be small letters, digits and _: names in capitals belong to programs`,
  captureObeyed: ({name}) =>
    `\`${name}\` cannot be a capture: it is obeyed by programs that a block may start: choose another name`,
  capturesTooLong: ({characters}) => `the captures of this run would be ${String(characters)} characters long together`,
  outputsUndeclared: ({written, declared}) =>
    `it wrote ${names(written)} to $FACI_OUTPUT, and declares ${declared.join(', ') || 'no outputs'}: if that was meant, write outputs="${[...declared, ...written].join(' ')}" in its braces`,
  outputNoPair: ({line}) =>
    `$FACI_OUTPUT has something other than NAME=VALUE in line ${String(line)}: a value of several lines is NAME<<$FACI_EOF, the value, $FACI_EOF`,
  outputOtherEnd: ({line}) =>
    `$FACI_OUTPUT begins a value in line ${String(line)} that does not end with $FACI_EOF: write NAME<<$FACI_EOF`,
  outputUnended: ({line}) => `$FACI_OUTPUT begins a value in line ${String(line)} that no line $FACI_EOF ends`,
  outputTwice: ({name, line}) => `$FACI_OUTPUT gives ${name} a second time in line ${String(line)}`,
  outputTooLarge: ({bytes}) => `$FACI_OUTPUT is ${String(bytes)} bytes long: at most 1 MiB can be captured`,
  outputNoFile: '$FACI_OUTPUT is no longer a regular file',
  outputReplaced: ({code}) => `$FACI_OUTPUT is no longer the file that faci made (${code})`,
  outputUnreadable: ({code}) => `$FACI_OUTPUT cannot be read (${code})`,
}

function say(detail: Detail): string {
  return reasonText(DETAILS, detail)
}
