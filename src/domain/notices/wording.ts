import type {NoticeSeverity, NoticeState} from './notice.js'

/** The words that people read in notices. */
export interface Wording {
  readonly state: Readonly<Record<NoticeState, string>>
  readonly severity: Readonly<Record<NoticeSeverity, string>>
  readonly environment: string
  readonly operator: string
  /** Before the id of a run. */
  readonly run: string
  readonly shortened: string
  /** Before the name of a service in which something is not as it should be. */
  readonly dailyCheck: string
  /** A notice that only shows that notices arrive. */
  readonly test: {readonly title: string; readonly body: string}
}

const ENGLISH: Wording = {
  state: {
    started: 'In progress',
    update: 'Update',
    resolved: 'Resolved',
    unresolved: 'Not resolved',
    unknown: 'Cannot verify',
    info: 'Information',
  },
  severity: {critical: 'Critical', warning: 'Warning', info: 'Info'},
  environment: 'Environment',
  operator: 'Operator',
  run: 'Run',
  shortened: '(shortened)',
  dailyCheck: 'Daily check',
  test: {title: 'Test notice', body: 'Notices from faci arrive here. Nothing has happened.'},
}

const PORTUGUESE: Wording = {
  state: {
    started: 'Em andamento',
    update: 'Atualização',
    resolved: 'Resolvido',
    unresolved: 'Não resolvido',
    unknown: 'Não foi possível verificar',
    info: 'Informação',
  },
  severity: {critical: 'Crítico', warning: 'Alerta', info: 'Informativo'},
  environment: 'Ambiente',
  operator: 'Operador',
  run: 'Execução',
  shortened: '(abreviado)',
  dailyCheck: 'Verificação diária',
  test: {title: 'Aviso de teste', body: 'Os avisos do faci chegam aqui. Nada aconteceu.'},
}

export interface Audience {
  /** BCP 47: `pt-BR` and `en` have words of their own; any other reads English. */
  readonly locale: string
  /** IANA: `America/Sao_Paulo`. */
  readonly timezone: string
}

function isPortuguese(locale: string): boolean {
  return locale.toLowerCase().startsWith('pt')
}

export function wordingFor(locale: string): Wording {
  return isPortuguese(locale) ? PORTUGUESE : ENGLISH
}

/** An instant as the audience reads it, with its time zone: `23/11/2026, 03:12:04 BRT`, `23 Nov 2026, 06:12:04 UTC`. */
export function localTime(at: string, {locale, timezone}: Audience): string {
  const format = new Intl.DateTimeFormat(isPortuguese(locale) ? locale : 'en-GB', {
    year: 'numeric',
    // Days and months in figures mean one date in America and another elsewhere.
    month: isPortuguese(locale) ? '2-digit' : 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: timezone,
    timeZoneName: 'short',
  })
  return format.format(new Date(at))
}

const UNITS = [
  {unit: 'day', seconds: 86_400},
  {unit: 'hour', seconds: 3600},
  {unit: 'minute', seconds: 60},
  {unit: 'second', seconds: 1},
] as const

/** A duration as the audience reads it, in its two largest units: `2 min 5 s`; below ten seconds with one decimal. */
export function localDuration(seconds: number, locale: string): string {
  const digits = seconds < 10 ? 1 : 0
  const say = (amount: number, unit: string, maximumFractionDigits = 0): string =>
    new Intl.NumberFormat(locale, {style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits}).format(amount)
  if (seconds < 60) return say(Math.max(0, seconds), 'second', digits)
  let rest = Math.round(seconds)
  const parts: string[] = []
  for (const {unit, seconds: size} of UNITS) {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    if (amount > 0 && parts.length < 2) parts.push(say(amount, unit))
  }
  return parts.join(' ')
}

/** A number as the audience writes it, with at most so many decimals: `1.234,5`. */
export function localNumber(value: number, locale: string, decimals: number): string {
  return new Intl.NumberFormat(locale, {maximumFractionDigits: decimals}).format(value)
}

/** A number that stands alone in a text and has more decimals than anybody reads: what a query gives. */
const RAW_FLOAT = /(?<![\w.,-])-?\d+\.(?:\d{4,}(?:e[+-]?\d+)?|\d+e[+-]?\d+)(?![\w,]|\.\d)/gi
const SIGNIFICANT = 4

/** Text in which such numbers are as the audience writes them: `0.9973214053` is `0,9973`. All else, versions too, stays. */
export function localNumbers(text: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, {maximumSignificantDigits: SIGNIFICANT, useGrouping: false})
  return text.replaceAll(RAW_FLOAT, (number) => format.format(Number(number)))
}
