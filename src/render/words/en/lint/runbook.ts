import type {FaultText} from '../../../../domain/findings/finding.js'
import type {CheckedFault, RunbookFault, SecretKind, WhyScript} from '../../../../domain/runbook/lint/runbook-fault.js'
import {misnamedText, renameCommand} from '../../../../domain/runbook/misnamed.js'
import {choices, didYouMean} from '../../../../domain/text/did-you-mean.js'
import {command} from '../../../../domain/text/shell-command.js'
import {escapeOf} from '../../../../domain/text/visible.js'
import {formatDuration} from '../../../../domain/time/duration.js'
import {faultText, type FaultWords} from '../../fault-words.js'
import {names} from '../../reason-words.js'
import {characterText, codeOf, CONFUSABLE, HIDDEN} from './characters.js'

const RE2 = "RE2's syntax, as in PromQL"

const SECRETS: Readonly<Record<SecretKind, string>> = {
  slackToken: 'a Slack token',
  slackWebhook: 'a Slack webhook',
  awsKey: 'an AWS access key',
  githubToken: 'a GitHub token',
  gitlabToken: 'a GitLab token',
  googleKey: 'a Google API key',
  stripeKey: 'a Stripe key',
  jsonWebToken: 'a JSON Web Token',
  privateKey: 'a private key',
  urlPassword: 'a URL with a password',
  authorization: 'an Authorization header',
  password: 'a password',
}

function whyScriptText(why: WhyScript): string {
  switch (why.why) {
    case 'named':
      return 'its name is that of a script'
    case 'begins':
      return 'it begins with `#!`'
    case 'started':
      return 'a block runs it, and it is no compiled program'
    case 'runner':
      return `a block runs it with \`${why.runner}\``
  }
}

const SHOWN_LENGTH = 60

/** A command as one line, not too long. */
function commandText(command: string): string {
  const text = command.length > SHOWN_LENGTH ? `${command.slice(0, SHOWN_LENGTH)}…` : command
  return text.replaceAll(/\s+/g, ' ')
}

/** By rule, and by `what` where a rule looks at several things. */
const FAULTS: FaultWords<CheckedFault> = {
  alert: {
    undefined: ({name, near, known}) => ({
      message: `no rule file defines the alert \`${name}\``,
      suggestion: didYouMean(near, choices('they define', known)),
    }),
    unreadable: ({entry, problem}) => ({message: `${entry} selects no alert: ${problem}`, suggestion: RE2}),
  },
  'alert-contested': ({entry, others}) => ({
    message: `\`${entry}\` is also an alert of ${names(others)}`,
    suggestion: 'one alert, one runbook: remove it from the others',
  }),
  'alert-uncovered': ({name, runbook}) => ({
    message: `no runbook is for the alert \`${name}\``,
    suggestion: `add \`alerts: [${name}]\` to ${runbook === null ? 'the runbook that is for it' : `${runbook}.md`}`,
  }),
  bidi: ({character}) => ({
    message: `\`${escapeOf(character)}\` ${HIDDEN.turns}`,
    suggestion: 'delete it, unless the text is written from right to left',
  }),
  channel: ({name, setup, near, known}) => ({
    message: `\`notices:\` in faci.yml has no channel \`${name}\``,
    suggestion: setup === null ? didYouMean(near, choices('it has', known)) : `add to faci.yml: ${setup}`,
  }),
  destructive: {
    mitigation: ({command}) => ({
      message: `\`${commandText(command)}\` destroys something, and \`--yes\` would be enough for it`,
      suggestion: 'write {mitigate confirm=always …}',
    }),
    looking: ({command}) => ({
      message: `\`${commandText(command)}\` destroys something, in a block that is run without asking`,
      suggestion: 'write {mitigate confirm=always …}',
    }),
  },
  empty: {
    comments: {
      message: 'this script is only comments: nothing is run, and it always succeeds',
      suggestion: 'write the command; what a person does is a line - [ ] of a checklist',
    },
  },
  freshness: ({runbook, everySeconds, last}) => {
    const seen =
      last === null
        ? 'no run has ended resolved yet'
        : `the last run that ended resolved was on ${last.at.slice(0, 10)}, ${String(last.daysAgo)} days ago`
    return {
      message: `it should be seen to work every ${formatDuration(everySeconds)}: ${seen}`,
      suggestion: `run it in a drill: ${command`faci runbook ${runbook}`}`,
    }
  },
  health: ({name, near, known}) => ({
    message: `faci.yml has no \`health: ${name}\``,
    suggestion: didYouMean(near, choices('it has', known)),
  }),
  hidden: {
    character: ({character, kind}) => ({
      message: `${characterText(character)}, which ${HIDDEN[kind]}`,
      suggestion: 'delete it; where it is meant, write it as an escape',
    }),
    oddSpace: ({character}) => ({
      message: `${characterText(character)}, which looks like a space and is none to a program`,
      suggestion: 'write an ordinary space',
    }),
    loneReturn: {
      message: `\`${escapeOf('\r')}\` without a line feed: an editor shows another text than is read`,
      suggestion: 'end lines with LF or CRLF',
    },
    noText: ({why}) => ({
      message: `content that is not text, so that nobody can read what it does, and ${whyScriptText(why)}`,
      suggestion: 'save it as UTF-8, without NUL bytes',
    }),
  },
  'input-label': ({alert, name}) => ({
    message: `the alert \`${alert}\` has a \`${name}\`, which does not fill the input: it has no fromAlert`,
    suggestion: 'add fromAlert: true with oneOf or a pattern, or rename the input',
  }),
  metric: ({name}) => ({
    message: `Prometheus has no metric \`${name}\``,
    suggestion: 'check its name, and whether it is scraped',
  }),
  'mixed-script': ({word, letter}) => ({
    message: `\`${word}\`, which mixes alphabets: \`${letter}\` (${codeOf(letter)}) is not the Latin letter that it looks like`,
    suggestion: 'type the word again',
  }),
  'file-name': ({rename: {from, to}}) => ({message: misnamedText(from), suggestion: renameCommand(from, to)}),
  'foreign-key': ({key}) => ({
    message: `\`${key}\` means nothing to faci`,
    suggestion: 'leave it, where something else reads it',
  }),
  prompt: ({mark}) => ({
    message: `\`${mark}\` is the prompt of a shell, which was copied along: this line cannot run`,
    suggestion: 'delete it',
  }),
  confusable: {
    dash: ({character}) => ({
      message: `${CONFUSABLE[character] ?? codeOf(character)} begins a word: it is no \`-\` to a program`,
      suggestion: 'write - or --',
    }),
    letter: ({character}) => ({
      message: `${CONFUSABLE[character] ?? codeOf(character)} only looks like a Latin letter or digit`,
      suggestion: 'type it anew',
    }),
    operator: ({character}) => ({
      message: `\`${character}\` (${codeOf(character)}) is a letter to a shell, whatever it looks like`,
      suggestion: 'type it anew, in ASCII',
    }),
    quote: ({character}) => ({
      message: `${CONFUSABLE[character] ?? codeOf(character)} is no quote to a shell`,
      suggestion: 'write " or \'',
    }),
  },
  name: ({rename: {from, to}}) => ({message: misnamedText(from), suggestion: renameCommand(from, to)}),
  'no-series': {message: 'the query returns nothing now', suggestion: 'look at it: faci query EXPRESSION'},
  pattern: {
    unreadable: ({name, problem}) => ({
      message: `the pattern of \`${name}\` cannot be read: ${problem}`,
      suggestion: RE2,
    }),
    forbidsDefault: ({name, problem}) => ({message: `the default of \`${name}\` ${problem}`, suggestion: null}),
  },
  promql: ({said}) => ({message: said, suggestion: 'Prometheus itself does not understand it'}),
  'rules-unread': ({why}) => ({
    message: `this cannot be read (${why}): its alerts are not known here`,
    suggestion: 'correct `prometheus.rules` in faci.yml',
  }),
  'secret-written': {
    here: ({kind}) => ({
      message: `${SECRETS[kind]} is written out`,
      suggestion: 'declare an input {secret: true, from: env:NAME} and use it',
    }),
    asDefault: ({name}) => ({
      message: `the default of \`${name}\` may be a secret, written out`,
      suggestion: 'write {secret: true, from: env:NAME} instead of the default',
    }),
  },
  service: ({name, near, known}) => ({
    message: `the Compose file has no service \`${name}\``,
    suggestion: didYouMean(near, choices('it has', known)),
  }),
  shell: ({said}) => ({message: said, suggestion: null}),
  'shell-promql': ({name, isInput}) => ({
    message: `\`$${name}\` becomes part of a PromQL query: a quote in its value changes what is asked`,
    suggestion: isInput
      ? `give \`${name}\` a \`oneOf\` or \`pattern\`, or ask in a promql block`
      : 'ask in a promql block, where a value stays a value',
  }),
  tool: ({name}) => ({
    message: `there is no command \`${name}\` on the PATH here`,
    suggestion: 'install it, or correct its name',
  }),
  'unknown-variable': ({name, near}) => ({
    message: `nothing gives \`$${name}\` a value`,
    suggestion: didYouMean(near === null ? null : `$${near}`, 'declare it under `inputs`, or capture it before'),
  }),
  'unlisted-script': ({script, path}) => ({
    message: `\`${script}\` is not listed: an approval does not hold for its content`,
    suggestion: `add it to the front matter: uses: [${path}]`,
  }),
  'unused-input': ({name}) => ({
    message: `nothing uses the input \`${name}\``,
    suggestion: `use it, in a script as "$${name}", or remove it`,
  }),
  url: ({said}) => ({
    message: `nobody answers: ${said}`,
    suggestion: 'check the address, and whether it should be up: faci status',
  }),
  'within-window': ({block, withinSeconds, windowSeconds}) => {
    const [within, window] = [formatDuration(withinSeconds), formatDuration(windowSeconds)]
    return {
      message: `\`${block ?? 'resolved'}\` is waited for ${within}, but its query looks back ${window}: what was bad stays in it for longer`,
      suggestion: `within must be more than ${window}, or the window shorter`,
    }
  },
}

/** What is wrong with a runbook, and what to do about it; what its reader said is told as it is. */
export function runbookFaultText(fault: RunbookFault): FaultText {
  return 'message' in fault ? fault : faultText(FAULTS, fault)
}
