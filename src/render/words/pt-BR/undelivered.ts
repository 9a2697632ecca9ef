import type {DeliveryNote, Mend, NoticeReason, Undelivered} from '../../../domain/notices/undelivered.js'
import {quoted} from '../quoted.js'
import {names} from '../reason-words.js'
import {worded, type WordsFor} from '../worded.js'

function mendText(mend: Mend): string {
  switch (mend.look) {
    case 'token':
      return 'verifique o token'
    case 'webhook':
      return 'verifique o webhook'
    case 'channel':
      return `verifique se ${mend.channel} existe e se o bot está nele`
    case 'invitation':
      return `convide o bot para ${mend.channel}`
  }
}

type PerhapsTaken = Extract<Undelivered, {readonly why: 'perhapsTaken'}>

function perhapsTaken({service, channel, reason, isWorthALook}: PerhapsTaken): string {
  const unsure = `o ${service} pode ter recebido o aviso`
  if (reason === null) return `${unsure}, e não há como perguntar a um webhook: veja no canal`
  if (reason.why === 'notFound') return `${unsure}, mas ele não foi encontrado em ${channel}: veja lá`
  const why = reason.why === 'lacksScopes' ? `faltam ao bot ${names(reason.scopes)}` : undeliveredText(reason)
  return isWorthALook ? `${unsure}; ${why}` : `${unsure}, e não há como perguntar (${why}): veja em ${channel}`
}

const UNDELIVERED: WordsFor<Undelivered> = {
  asksToWait: ({service}) => `o ${service} pede que se espere`,
  notAnswered: ({service}) => `o ${service} não respondeu a tempo`,
  junk: ({service}) => `a resposta do ${service} não faz sentido`,
  unreachable: ({service, code}) => `o ${service} está inacessível${code === null ? '' : ` (${quoted(code)})`}`,
  httpStatus: ({service, status}) =>
    status === null ? `o ${service} respondeu sem status HTTP` : `o ${service} respondeu HTTP ${String(status)}`,
  trouble: ({service, code}) => `o ${service} teve um problema (${quoted(code)})`,
  refused: ({service, code, mend}) =>
    `o ${service} recusou o aviso (${quoted(code)})${mend === null ? '' : `: ${mendText(mend)}`}`,
  mayNotPost: ({scope}) => `o token não pode publicar: falta o escopo ${quoted(scope)}`,
  notEditable: ({what}) =>
    what === 'webhook'
      ? 'as mensagens de um webhook não podem ser editadas'
      : 'o que já foi mostrado não pode ser editado',
  perhapsTaken,
  noSuchChannel: ({channel}) => `${quoted(channel)} não está em \`notices\` no faci.yml`,
  noSecret: ({reference}) => `${quoted(reference)} não tem valor`,
  busy: 'outro faci está enviando para este canal',
  notTried: 'ainda não houve tentativa',
  givenUp: 'descartado com `faci notify drop`',
  fileUnreadable: 'o arquivo do aviso na caixa de saída não pode mais ser lido',
  fileGone: 'o arquivo do aviso sumiu da caixa de saída',
  threw: ({name}) => `um erro inesperado (${quoted(name)})`,
  error: ({text}) => quoted(text),
  told: ({text}) => quoted(text),
  triedOften: ({attempts, last}) => `${undeliveredText(last)}; encerrado após ${String(attempts)} tentativas`,
  tryLater: ({nextTryAt, last}) => `${undeliveredText(last)}; próxima tentativa após ${nextTryAt}`,
  neitherKept: ({reason, problem}) => `${undeliveredText(reason)}; ${undeliveredText(problem)}`,
}

const NOTE: WordsFor<DeliveryNote> = {
  shown: 'mostrado aqui',
  onlyShown: 'nenhum canal configurado: o aviso só foi mostrado aqui (para configurar um: `faci doctor`)',
  shownInstead: ({reference}) => `${quoted(reference)} não tem valor: o aviso só foi mostrado aqui`,
  notRecorded: ({problem}) => `enviado, mas não foi possível registrar isso: ${undeliveredText(problem)}`,
  notKept: ({note, problem}) =>
    `${note === null ? 'enviado' : worded(NOTE, note)}, mas sem registro: ${undeliveredText(problem)}`,
}

export function undeliveredText(reason: Undelivered): string {
  return worded(UNDELIVERED, reason)
}

/** Of a notice, delivered or not. */
export function noticeReasonText(reason: NoticeReason): string {
  return worded({...UNDELIVERED, ...NOTE}, reason)
}
