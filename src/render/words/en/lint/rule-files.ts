import type {AlertFault} from '../../../../domain/alerts/lint/alert-fault.js'
import type {FaultText} from '../../../../domain/findings/finding.js'
import {choices, didYouMean} from '../../../../domain/text/did-you-mean.js'
import type {FaultWords} from '../../fault-words.js'

type WordsOf<Rule extends AlertFault['rule']> = FaultWords<AlertFault>[Rule]

const KINDS = {list: 'a list', map: 'keys with values', number: 'a whole number', text: 'a text'} as const
const WITHIN = {file: 'a rule file', group: 'a group', rule: 'a rule'} as const

function plain(message: string): FaultText {
  return {message, suggestion: null}
}

function wrongName(what: string, name: string): FaultText {
  return {message: `\`${name}\` cannot be the name of ${what}`, suggestion: 'letters, digits and _, no digit first'}
}

/** What in the form of a rule file Prometheus does not take. */
export const FILES: WordsOf<'file'> = {
  kind: ({key, wanted}) => plain(`\`${key}\` must be ${KINDS[wanted]}`),
  key: ({key, within, near, known}) => ({
    message: `${WITHIN[within]} has no key \`${key}\`: Prometheus refuses the whole file`,
    suggestion: didYouMean(near, choices('known', known)),
  }),
  duration: ({key, text, near}) => ({
    message: `\`${key}: ${text}\` is not a duration that Prometheus reads`,
    suggestion: near ?? 'whole numbers and units, the largest first: 1h30m',
  }),
  groupName: plain('the group has no name'),
  groupTwice: ({name, first}) => ({
    message: `there is already a group \`${name}\` on line ${String(first)} of this file`,
    suggestion: 'another name, or one group for both',
  }),
  noName: plain('the rule has neither `alert` nor `record`'),
  bothNames: plain('a rule has either `alert` or `record`, and this one has both'),
  noExpression: plain('the rule has no `expr`'),
  recordField: ({key}) => plain(`\`${key}\` is for alerts: a recording rule cannot have it`),
  recordName: ({name}) => ({
    message: `\`${name}\` cannot be the name of a metric`,
    suggestion: 'letters, digits, _ and :, no digit first',
  }),
  labelName: ({name}) => wrongName('a label', name),
  annotationName: ({name}) => wrongName('an annotation', name),
}

/** What Prometheus takes, and whoever wrote it may not expect. */
export const NOTES: WordsOf<'note'> = {
  nothing: {
    message: 'there are no rules here: nothing was checked',
    suggestion: 'correct `prometheus.rules` in faci.yml',
  },
  manifest: plain(
    "a manifest for Prometheus's Operator: its `spec` was checked, Prometheus itself does not read such a file",
  ),
  documents: plain('Prometheus reads only the first of these YAML documents'),
}

/** Why a template cannot be read. */
export const TEMPLATES: WordsOf<'template'> = {
  unexpected: ({near}) =>
    plain(near === '' ? 'the template ends too early' : `\`${near}\` cannot stand here in a template`),
  unclosed: ({mark}) => plain(`\`${mark}\` is never closed in this template`),
  function: ({name, near}) => ({
    message: `templates have no function \`${name}\``,
    suggestion: didYouMean(near, 'see the template reference of Prometheus'),
  }),
  variable: ({name, near}) => ({
    message: `the template does not have the variable \`${name}\``,
    suggestion: didYouMean(near, '$labels, $value, $externalLabels or $externalURL'),
  }),
  noEnd: ({name}) => ({message: `\`{{ ${name} }}\` has no \`{{ end }}\``, suggestion: null}),
  noValue: ({name}) => plain(name === 'command' ? '`{{ }}` says nothing' : `\`${name}\` says nothing of what`),
}
