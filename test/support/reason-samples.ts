import type {Deed} from '../../src/domain/journal/deed.js'
import type {Reason, Why} from '../../src/domain/journal/reason.js'

type OfWhy<W extends Why, R = Reason> = R extends {readonly why: infer Y} ? (W extends Y ? R : never) : never
type OfDid<D extends Deed['did'], R = Deed> = R extends {readonly did: infer Y} ? (D extends Y ? R : never) : never

/** What others wrote: words that are no faci's own, and that no sentence of faci's holds. */
const FOREIGN = 'xyzzy plugh'
const id = 'b1'
const name = 'n1'
const NUL = {why: 'valueHasNul', name} as const

/** A reason or two of each kind: every branch of its words. A new kind does not compile without. */
const REASONS: {readonly [W in Why]: readonly Omit<OfWhy<W>, 'why'>[]} = {
  alreadyResolved: [{}],
  interrupted: [{}],
  noEnd: [{}],
  noOneToAsk: [{}],
  noTerminal: [{}],
  noTimeToRetry: [{}],
  notNeeded: [{}],
  nothingDone: [{}],
  nothingToUndo: [{}],
  onlyDiagnosis: [{}],
  operatorKept: [{}],
  operatorQuit: [{}],
  operatorRolledBack: [{}],
  operatorSaidSo: [{}],
  operatorSkippedAtGate: [{}],
  resolvedItself: [{}],
  rollbackFailed: [{}],
  rollbackUnsaid: [{}],
  rolledBackHealthy: [{}],
  rolledBackUnhealthy: [{}],
  rolledBackUnseen: [{}],
  stillRunning: [{}],
  timeIsOver: [{}],
  typed: [{}],
  unseenIsNotUndone: [{}],
  usesChanged: [{}],
  usesChangedMeanwhile: [{}],
  wasBeingRolledBack: [{}],
  confirmed: [{}],
  noData: [{}],
  noEndpoint: [{}],
  noPrometheus: [{}],
  notANumber: [{}],
  outputNoFile: [{}],
  didNotRun: [{id}],
  failed: [{id}],
  quitAtGate: [{id}],
  quitBefore: [{id}],
  resolvedBy: [{id}],
  stopsAsDoubtful: [{id}],
  stopsAsFailed: [{id}],
  needsApproval: [{id}],
  needsYes: [{id}],
  needsConfirm: [{environment: 'q1'}],
  flag: [{flag: '--skip b1'}],
  error: [{text: FOREIGN}],
  printed: [{text: FOREIGN}],
  told: [{text: FOREIGN}],
  typedReason: [{text: FOREIGN}],
  notDue: [
    {when: 'resolved', outcome: 'unresolved'},
    {when: 'unresolved', outcome: 'rolledBack'},
  ],
  notTyped: [{word: 'q1', id}],
  unseen: [
    {conditions: []},
    {conditions: [{condition: '`health x`', detail: {why: 'httpStatus', status: 503, says: null}}]},
  ],
  exited: [
    {exitCode: 1, said: FOREIGN, problem: null},
    {exitCode: null, said: '', problem: NUL},
  ],
  ranOutOfTime: [{problem: null}, {problem: NUL}],
  cutShort: [{problem: null}],
  notStarted: [{problem: NUL}],
  notFilled: [{problems: [{why: 'noValue', name}]}],
  noValue: [{name}],
  unfitForPromql: [
    {name, place: 'text'},
    {name, place: 'pattern'},
    {name, place: 'number'},
    {name, place: 'duration'},
    {name, place: 'label'},
    {name, place: 'metric'},
    {name, place: 'digits'},
    {name, place: 'part'},
  ],
  unfitForPath: [{names: [name, 'n2']}],
  unfitForRequest: [{names: [name]}],
  measured: [{got: '0.30000000000000004', expected: '< 0.1'}],
  noNumberPrinted: [{expected: '< 0.1'}],
  unreliable: [{warning: FOREIGN}],
  severalSamples: [{samples: 3, labels: ['job', 'instance']}],
  healthy: [{}],
  noAnswer: [{message: FOREIGN}],
  bodySays: [
    {status: 200, word: 'DOWN', parts: [name, FOREIGN]},
    {status: 200, word: 'warn', parts: []},
  ],
  unreadBody: [{status: 200, encoding: 'zstd'}],
  unexpected: [
    {what: 'status', status: 200, expected: '204', got: '200'},
    {what: 'header', status: 200, expected: 'x: plugh', got: null},
    {what: 'header', status: 200, expected: 'x: plugh', got: FOREIGN},
    {what: 'body', status: 200, expected: FOREIGN, got: null},
  ],
  certificate: [
    ...(['expired', 'notYetValid', 'selfSigned', 'unknownIssuer', 'revoked', 'noTls'] as const).map((problem) => ({
      ...{problem, url: 'https://h', names: []},
    })),
    {problem: 'wrongName', url: 'https://h', names: [name]},
    {problem: 'wrongName', url: 'https://h', names: []},
  ],
  probeExited: [
    {exitCode: 1, said: ''},
    {exitCode: 2, said: FOREIGN},
  ],
  redirects: [
    {status: 302, to: '/plugh'},
    {status: 302, to: null},
  ],
  httpStatus: [
    {status: 503, says: null},
    {status: 503, says: 'plugh'},
  ],
  undelivered: [
    {status: 'pending', reason: {why: 'told', text: FOREIGN}},
    {status: 'rejected', reason: null},
    {status: 'dropped', reason: null},
    {status: 'unconfirmed', reason: null},
    {status: 'lost', reason: {why: 'error', text: FOREIGN}},
  ],
  takenOver: [
    {from: 'ana@h', purpose: FOREIGN, grounds: {why: 'typedReason', text: FOREIGN}},
    {from: 'ana@h', purpose: FOREIGN, grounds: {why: 'confirmed'}},
  ],
  ownLock: [{runId: '01K0'}],
  logCut: [{container: 'x-1', seconds: 10}],
  secretsUnknown: [{container: 'x-1'}],
  notKept: [
    {container: 'x-1', text: FOREIGN},
    {container: null, text: FOREIGN},
  ],
  valueHasNul: [{name}],
  valueTooLong: [{name, characters: 40_000, atMostCharacters: 32_000}],
  captureIsInput: [{name}],
  captureMisspelt: [{name}],
  captureObeyed: [{name}],
  capturesTooLong: [{characters: 600_000}],
  outputsUndeclared: [
    {written: [name], declared: []},
    {written: [name], declared: ['n2']},
  ],
  outputNoPair: [{line: 2}],
  outputOtherEnd: [{line: 2}],
  outputUnended: [{line: 2}],
  outputTwice: [{name, line: 2}],
  outputTooLarge: [{bytes: 2_000_000}],
  outputReplaced: [{code: 'ELOOP'}],
  outputUnreadable: [{code: 'EIO'}],
}

const DEEDS: {readonly [D in Deed['did']]: Omit<OfDid<D>, 'did'>} = {
  resolvedIt: {id, afterSeconds: 7.5},
  didNotHelp: {id},
  failed: {id},
  notStarted: {id},
  cutOff: {id},
  carriedOut: {id},
  notAwaited: {id},
  unseen: {id},
  skipped: {id},
  undone: {id},
  notUndone: {id},
  nothing: {},
  told: {text: FOREIGN},
}

export const REASON_SAMPLES = Object.entries(REASONS).flatMap(([why, all]) =>
  all.map((fields) => ({...fields, why}) as Reason),
)

export const DEED_SAMPLES = Object.entries(DEEDS).map(([did, fields]) => ({...fields, did}) as Deed)
