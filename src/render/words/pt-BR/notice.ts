import type {FallbackCause} from '../../../domain/notices/fallback.js'
import type {NoticeWords} from '../../../domain/notices/notice-words.js'
import {literal} from '../../../domain/text/markdown.js'
import {foldedNotices, type FoldWords} from '../folded-notices.js'
import {localTime} from '../local-time.js'

function time(at: string, timezone: string): string {
  return localTime(at, timezone, {locale: 'pt-BR', month: '2-digit'})
}

function fallbackText(channel: string, cause: FallbackCause, timezone: string): string {
  const name = literal(channel)
  switch (cause.why) {
    case 'silent':
      return `Enviado aqui porque ${name} não o aceita desde ${time(cause.since, timezone)}.`
    case 'refused':
      return `Enviado aqui porque ${name} o recusou.`
    case 'partly':
      return `Enviado aqui porque nem todos em ${name} puderam ser avisados.`
    case 'unsure':
      return `Enviado aqui porque não se sabe se ${name} o recebeu.`
  }
}

const STATE = {
  started: 'Em andamento',
  update: 'Atualização',
  resolved: 'Resolvido',
  unresolved: 'Não resolvido',
  attention: 'Requer atenção',
  unknown: 'Não foi possível verificar',
  info: 'Informação',
} as const

const FOLDED: FoldWords = {
  state: STATE,
  time,
  title: (count) => `E mais ${String(count)} avisos`,
  quiet: (count) => `${String(count)} avisos foram retidos durante o horário de silêncio:`,
  limit: (count) => `${String(count)} avisos foram retidos pelo limite de avisos P2:`,
  more: (count) => `e mais ${String(count)}: veja a linha do tempo`,
}

export const NOTICE: NoticeWords = {
  state: STATE,
  severity: {critical: 'Crítico', warning: 'Alerta', info: 'Informativo'},
  environment: 'Ambiente',
  operator: 'Operador',
  shortened: '(abreviado)',
  cut: ({isBodyCut, facts, place}) => {
    const left = [
      ...(isBodyCut ? ['o resto do texto'] : []),
      ...(facts === 0 ? [] : [facts === 1 ? '1 dado' : `${String(facts)} dados`]),
    ]
    return `Abreviado, sem ${left.join(' e ')}: veja ${place}`
  },
  mayBeRepeat: 'pode ser repetição: o primeiro envio ficou sem resposta',
  fallback: (...said) => `**${fallbackText(...said)}**`,
  folded: (fold, timezone) => foldedNotices(fold, FOLDED, timezone),
  dailyCheck: 'Verificação diária',
  test: {title: 'Aviso de teste', body: 'Os avisos do faci chegam aqui. Nada aconteceu.'},
  time,
}
