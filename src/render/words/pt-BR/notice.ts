import type {NoticeWords} from '../../../domain/notices/notice-words.js'
import {localTime} from '../local-time.js'

export const NOTICE: NoticeWords = {
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
  shortened: '(abreviado)',
  cut: ({isBodyCut, facts, place}) => {
    const left = [
      ...(isBodyCut ? ['o resto do texto'] : []),
      ...(facts === 0 ? [] : [facts === 1 ? '1 dado' : `${String(facts)} dados`]),
    ]
    return `Abreviado, sem ${left.join(' e ')}: veja ${place}`
  },
  mayBeRepeat: 'pode ser repetição: o primeiro envio ficou sem resposta',
  dailyCheck: 'Verificação diária',
  test: {title: 'Aviso de teste', body: 'Os avisos do faci chegam aqui. Nada aconteceu.'},
  time: (at, timezone) => localTime(at, timezone, {locale: 'pt-BR', month: '2-digit'}),
}
