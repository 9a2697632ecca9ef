import type {AlertFault} from '../../../../domain/alerts/lint/alert-fault.js'
import type {FaultText} from '../../../../domain/findings/finding.js'
import type {PromqlType} from '../../../../domain/promql/functions.js'
import type {FaultWords} from '../../fault-words.js'

type WordsOf<Rule extends AlertFault['rule']> = FaultWords<AlertFault>[Rule]

const AS_RATE = 'rate(…[5m])'

export const TYPES: Readonly<Record<PromqlType, string>> = {
  scalar: 'number',
  string: 'text',
  vector: 'vector',
  range: 'range',
}
const WITH_ARTICLE: Readonly<Record<PromqlType, string>> = {
  scalar: 'a number',
  string: 'a text in quotes',
  vector: 'an instant vector',
  range: 'a range vector',
}

function plain(message: string): FaultText {
  return {message, suggestion: null}
}

function wanted(least: number, most: number | null): string {
  const count = (number: number): string => `${String(number)} argument${number === 1 ? '' : 's'}`
  if (most === null) return `at least ${count(least)}`
  return least === most ? count(least) : `${String(least)} to ${count(most)}`
}

/** What of an expression cannot be read. */
export const PROMQL: WordsOf<'promql'> = {
  unexpected: ({near}) => plain(near === '' ? 'the expression ends too early' : `this is not understood: \`${near}\``),
  escape: ({near}) => ({
    message: `\`${near}\` is no escape that PromQL knows`,
    suggestion: `\\${near}, or backticks around the text`,
  }),
  number: ({near}) => plain(`\`${near}\` is not a number`),
  duration: ({near}) => ({
    message: `\`${near}\` is not a duration that Prometheus reads`,
    suggestion: 'whole numbers above 0, the largest unit first: 1h30m',
  }),
  unclosed: ({mark}) => plain(`\`${mark}\` is never closed`),
  modifier: ({name}) => plain(`\`${name}\` can only follow a selector: move it to the metric itself`),
  twice: ({name}) => plain(`\`${name}\` is said twice of the same selector`),
  named: ({name}) => plain(`\`${name}\` has a second name in its braces`),
  pattern: ({pattern}) => ({
    message: `\`${pattern}\` is not a regular expression that Prometheus reads`,
    suggestion: "RE2's syntax: no lookaround, every bracket closed",
  }),
  everything: {
    message: 'this selects every series there is: each of its matchers also matches an empty label',
    suggestion: 'name the metric, or use .+ in place of .*',
  },
}

/** What Prometheus refuses for functions, types, and how vectors are matched. */
export const TYPE_PROBLEMS: WordsOf<'type'> = {
  wantsRange: ({name, of}) => ({
    message: `\`${name}\` needs a range vector, but this is not one`,
    suggestion: `${name}(${of ?? 'x'}[5m])`,
  }),
  wantsInstant: ({name}) => ({
    message: `\`${name}\` wants an instant vector, and this is a range`,
    suggestion: AS_RATE,
  }),
  wantsNoRange: ({name}) => plain(`\`${name}\` wants no range vector here`),
  wantsNumber: ({name}) => ({
    message: `\`${name}\` wants an instant vector or a number, and this is a range`,
    suggestion: AS_RATE,
  }),
  wantsVectors: ({name}) => ({message: `\`${name}\` wants vectors on both sides`, suggestion: 'vector(…)'}),
  comparesNumbers: ({name}) => ({message: 'two numbers are compared', suggestion: `${name} bool`}),
  wantsType: ({name, wanted: type, given}) =>
    plain(`\`${name}\` wants ${WITH_ARTICLE[type]} here, and this is ${WITH_ARTICLE[given]}`),
  arguments: ({name, least, most, given}) =>
    plain(`\`${name}\` takes ${wanted(least, most)}, and ${String(given)} ${given === 1 ? 'is' : 'are'} given`),
  unknownFunction: ({name}) => plain(`Prometheus has no function \`${name}\``),
  experimental: ({name}) =>
    plain(`\`${name}\` is experimental: Prometheus refuses it without --enable-feature=promql-experimental-functions`),
  boolOperator: ({name}) => plain(`\`bool\` is for comparisons, and \`${name}\` is none`),
  matchesNumbers: ({name}) => plain(`\`${name}\` can match labels only between two vectors`),
  groupsSets: ({name}) => plain(`\`${name}\` matches many to many: group_left and group_right mean nothing to it`),
  labelTwice: ({label}) => plain(`\`${label}\` cannot be both matched on and brought along by the group modifier`),
}
