import {undeliveredText} from './undelivered.js'
import {environmentLabel} from '../../../domain/environment.js'
import type {SetupFact} from '../../../domain/doctor/setup-report.js'
import {noChannelText} from '../../../domain/notices/channels.js'
import {shownReference} from '../../../domain/secrets/secret-reference.js'
import {command} from '../../../domain/text/shell-command.js'
import {bytes, percent} from '../../text/units.js'
import {STACK} from './stack.js'

/** What an item came to, and what to type or do next; null when nothing is to be done. */
export interface SetupText {
  readonly detail: string
  readonly next: string | null
}

type OfWhy<W, F = SetupFact> = F extends {readonly why: infer Y} ? (W extends Y ? F : never) : never
type SetupWords = {readonly [W in SetupFact['why']]: (fact: OfWhy<W>) => SetupText}

const TEST = 'faci notify test'
/** Runs are named up to so many. */
const NAMED = 3

function said(detail: string, next: string | null = null): SetupText {
  return {detail, next}
}

type StoreFact = OfWhy<'store'>

const PRUNE = 'faci prune --dry-run'

function storeWarning({warning, directory, canPrune}: StoreFact): SetupText | null {
  const disk = command`df -h ${directory}`
  switch (warning) {
    case null:
      return null
    case 'full':
      return said('its disk is nearly full', canPrune ? PRUNE : disk)
    case 'filesFull':
      return said('its disk can hold hardly any more files', canPrune ? PRUNE : command`df -i ${directory}`)
    case 'large':
      return said('that is a large share', PRUNE)
    case 'unfinished':
      return said('a prune was cut off', 'faci prune')
  }
}

function storeText(fact: StoreFact): SetupText {
  const {kinds, bytes: size, countedSeconds, shares, freeBytes} = fact
  const parts = kinds.map(
    ({kind, bytes: part, files}) => `${kind} ${bytes(part)} (${String(files)} file${files === 1 ? '' : 's'})`,
  )
  const least = countedSeconds === null ? '' : `counting stopped after ${String(countedSeconds)} s at `
  const share = shares.store === null ? '' : `, ${percent(shares.store)} of its disk`
  const free = freeBytes === null || shares.full === null ? '' : `, which has ${bytes(freeBytes)} free`
  const warning = storeWarning(fact)
  if (kinds.length === 0) return warning ?? said('empty')
  const detail = `${least}${bytes(size)}${share}${free}: ${parts.join(', ')}`
  return warning === null ? said(detail) : said(`${warning.detail}: ${detail}`, warning.next)
}

type Unshared = OfWhy<'pagesNotShared'>

const PAGE_FAULTS: Readonly<Record<Unshared['fault'], (receiver: string) => string>> = {
  missing: (receiver) => `Alertmanager has loaded no receiver ${receiver}`,
  notPagerDuty: (receiver) => `Alertmanager's receiver ${receiver} has no pagerduty_configs`,
  serviceKey: (receiver) => `Alertmanager's receiver ${receiver} pages by service_key, the older API of PagerDuty`,
  unrouted: (receiver) => `no route of Alertmanager leads to its receiver ${receiver}`,
}

const RIGHT_AT_ALERTMANAGER = 'write pagerduty_configs: [{routing_key: …}]'

function pageRemedy({fault, receiver, able}: Unshared): string {
  const [other] = able
  if (other !== undefined) return `write alertmanager: ${other} under notices.pagerduty in faci.yml`
  if (fault === 'unrouted') return `write a route with receiver: ${receiver ?? ''} in Alertmanager's configuration`
  if (fault === 'serviceKey') return `${RIGHT_AT_ALERTMANAGER} in place of service_key in Alertmanager's configuration`
  const place = receiver === null ? 'in a receiver' : `in a receiver ${receiver}`
  return `${RIGHT_AT_ALERTMANAGER} ${place} of Alertmanager's configuration`
}

function unsharedText(fact: Unshared): SetupText {
  const {fault, receiver} = fact
  const what = receiver === null ? 'Alertmanager has no receiver with pagerduty_configs' : PAGE_FAULTS[fault](receiver)
  return said(`${what}: incidents page on their own, beside Alertmanager`, pageRemedy(fact))
}

const WORDS: SetupWords = {
  channelOk: ({detail}) => said(detail),
  channelLacking: ({detail, next}) => said(detail, next),
  channelRejected: ({reason, secrets}) => said(`${undeliveredText(reason)} (${secrets.join(', ')})`, TEST),
  channelFailed: ({reason}) => said(undeliveredText(reason), TEST),
  channelUntried: ({address, secrets, detail}) => said(`${address}, ${secrets.join(', ')} is set; ${detail}`, TEST),
  channelUnset: ({channel, missing}) => {
    const reference = missing === null ? channel : shownReference(missing)
    const next = missing?.from === 'env' ? command`export ${missing.name}=…` : `write ${reference}`
    return said(`${reference} has no value: notices are shown on the terminal`, next)
  },
  channels: ({all, worst}) => said(all.map((one) => setupFactText(one).detail).join('; '), setupFactText(worst).next),
  noChannel: ({setups}) => said(`shown on the terminal: ${noChannelText(setups)}`),
  error: ({message, next}) => said(message, next),
  notSet: ({key}) => said(`no ${key}: in faci.yml`),
  configuration: ({file, environment}) => said(`${file} (${environmentLabel(environment)})`),
  engine: ({version, endpoint}) => said(`Docker ${version} at ${endpoint}`),
  composeDies: ({command: tool, version, engine}) =>
    said(
      `${tool} ${version} fails on Docker ${engine} whenever it recreates a container, which is then gone`,
      'install docker-compose-plugin (Compose v2)',
    ),
  compose: ({command: tool, version, services}) => said(`${tool} ${version}, services: ${services.join(', ')}`),
  noContainers: ({project, others, next}) =>
    said(
      `project ${project} has no containers${others.length === 0 ? '' : `; on this engine: ${others.join(', ')}`}`,
      next,
    ),
  services: ({project, healthy, total, wrong, warnings, next}) => {
    const well = `${healthy} of ${total} services of ${project} healthy`
    const troubles = wrong.map((state) => `${state.service}: ${STACK.service(state)}`)
    return said([well, ...troubles, ...warnings].join('; '), next)
  },
  endpoint: ({url}) => said(url),
  endpointIll: ({reason}) => said(STACK.probe(reason), 'faci status'),
  targets: ({version, up, job}) => {
    const of = `job ${job ?? 'any'}`
    if (up > 0) return said(`Prometheus ${version}, ${up} ${up === 1 ? 'target' : 'targets'} of ${of} up`)
    const next = "faci query 'up' and compare with prometheus.job in faci.yml"
    return said(`Prometheus ${version} has no target up for ${of}`, next)
  },
  alertmanager: ({version}) => said(`Alertmanager ${version}`),
  pagesShared: ({receivers}) =>
    said(
      `incidents adopt the pages of Alertmanager's ${receivers.length === 1 ? 'receiver' : 'receivers'} ${receivers.join(', ')}, if the routing key is the same: Alertmanager keeps it secret`,
    ),
  pagesNotShared: unsharedText,
  noRunbooks: () => said('no runbooks', 'write one: runbooks/README.md'),
  runbooks: ({names}) => said(`${names.length} valid: ${names.join(', ')}`),
  runbooksInvalid: ({first, names}) => said(`invalid: ${names.join(', ')}`, command`faci runbook show ${first}`),
  onCall: ({person, isRequired}) => {
    if (person !== null) return said(`${person} is on call`)
    return isRequired ? said('nobody is on call', 'faci oncall check') : said('nobody is on call, and nobody has to be')
  },
  shell: () => said('bash is there'),
  outboxEmpty: () => said('nothing undelivered'),
  outbox: ({undelivered, unreadable}) => {
    const counts = [
      ...(undelivered === 0 ? [] : [`${undelivered} undelivered`]),
      ...(unreadable === 0 ? [] : [`${unreadable} unreadable`]),
    ]
    return said(counts.join(', '), 'faci notify flush')
  },
  store: storeText,
  runsReadable: () => said('all readable'),
  runsUnreadable: ({first, ids}) => {
    const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''
    const detail = `${ids.length} unreadable: ${ids.slice(0, NAMED).join(', ')}${more}`
    return said(detail, command`ls -la ${first}`)
  },
}

export function setupFactText(fact: SetupFact): SetupText {
  return (WORDS[fact.why] as (fact: SetupFact) => SetupText)(fact)
}
