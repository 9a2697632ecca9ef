import type {DeliveryNote, Mend, NoticeReason, TlsProblem, Undelivered} from '../../../domain/notices/undelivered.js'
import {quoted} from '../quoted.js'
import {names} from '../reason-words.js'
import {worded, type WordsFor} from '../worded.js'

function mendText(mend: Mend): string {
  switch (mend.look) {
    case 'token':
      return 'verifique o token'
    case 'webhook':
      return 'verifique o webhook'
    case 'routingKey':
      return 'verifique a routing key'
    case 'login':
      return 'verifique usuário e senha'
    case 'sender':
      return 'verifique se esta conta pode enviar como `from`'
    case 'signature':
      return 'verifique o segredo'
    case 'receiver':
      return 'ele não quer mais avisos: tire-o do faci.yml'
    case 'channel':
      return `verifique se ${mend.channel} existe e se o bot está nele`
    case 'invitation':
      return `convide o bot para ${mend.channel}`
  }
}

type UndeliveredOf<W extends Undelivered['why']> = Extract<Undelivered, {readonly why: W}>

/** Node's own variable, which every connection obeys. */
const TRUST = '`export NODE_EXTRA_CA_CERTS=/caminho/da/ca.pem`'

function perhapsTaken({service, channel, reason, isWorthALook}: UndeliveredOf<'perhapsTaken'>): string {
  const unsure = `o ${service} pode ter recebido o aviso`
  if (reason === null) return `${unsure}, e não há como perguntar a um webhook: veja no canal`
  if (reason.why === 'notFound') return `${unsure}, mas ele não foi encontrado em ${channel}: veja lá`
  const why = reason.why === 'lacksScopes' ? `faltam ao bot ${names(reason.scopes)}` : undeliveredText(reason)
  return isWorthALook ? `${unsure}; ${why}` : `${unsure}, e não há como perguntar (${why}): veja em ${channel}`
}

const UNTRUSTED: Readonly<Record<TlsProblem, (service: string) => string>> = {
  expired: (service) => `o certificado do ${service} expirou: peça a renovação`,
  notYetValid: (service) => `o certificado do ${service} ainda não vale: verifique o relógio desta máquina`,
  selfSigned: (service) => `o certificado do ${service} é autoassinado: ${TRUST}`,
  unknownIssuer: (service) => `o certificado do ${service} é de um emissor desconhecido: ${TRUST}`,
  revoked: (service) => `o certificado do ${service} foi revogado: peça outro`,
  wrongName: (service) => `o certificado do ${service} é de outro host: escreva o host que consta nele`,
  noTls: (service) => `o ${service} não fala TLS: verifique o esquema e a porta`,
  noStartTls: (service) =>
    `o ${service} não oferece STARTTLS, e nada é enviado sem criptografia: escreva \`smtps://\`, ou acrescente \`?tls=never\` para permitir`,
  broken: (service) => `não houve conexão segura com o ${service}: verifique o esquema e a porta`,
}

const EXPECTED = {
  smtpUrl: '`smtp://USUARIO:SENHA@HOST:587` ou `smtps://USUARIO:SENHA@HOST`',
  webhookUrl: '`https://HOST/CAMINHO`',
  webhookSecret: '`whsec_` e de 24 a 64 bytes em base64',
} as const

function refusedRecipients({service, refused, othersHaveIt}: UndeliveredOf<'recipientsRefused'>): string {
  const who = refused.map(({address, code}) => `${quoted(address)} (${quoted(code)})`).join(', ')
  return `o ${service} recusou ${who}${othersHaveIt ? '; os demais já receberam' : ''}`
}

function viaProxy({service, proxy, problem, code}: UndeliveredOf<'viaProxy'>): string {
  const name = quoted(proxy)
  switch (problem) {
    case 'refused':
      return `o proxy ${name} recusou a conexão com o ${service} (${quoted(code ?? '?')})${code === '407' ? ': verifique usuário e senha do proxy' : ''}`
    case 'unreachable':
      return `o proxy ${name} está inacessível${code === null ? '' : ` (${quoted(code)})`}, e por isso o ${service} também`
    case 'silent':
      return `o proxy ${name} não respondeu a tempo, e por isso o ${service} está inacessível`
    case 'unfit':
      return `${name} não contém o endereço de um proxy: escreva nele \`http://HOST:PORTA\``
  }
}

const UNDELIVERED: WordsFor<Undelivered> = {
  asksToWait: ({service}) => `o ${service} pede que se espere`,
  notAnswered: ({service}) => `o ${service} não respondeu a tempo`,
  otherRoutingKey: ({service}) =>
    `a routing key mudou desde o acionamento, e o ${service} descartaria isto sem avisar: faça direto no ${service}`,
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
  recipientsRefused: refusedRecipients,
  viaProxy,
  untrusted: ({service, problem}) => UNTRUSTED[problem](service),
  unfitSecret: ({reference, expected}) =>
    `o valor de ${quoted(reference)} não serve: escreva nele ${EXPECTED[expected]}`,
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
  afterEarlier: ({earlier}) => `um aviso anterior da mesma conversa precisa chegar primeiro (${quoted(earlier)})`,
  tryLater: ({nextTryAt, last}) => `${undeliveredText(last)}; próxima tentativa após ${nextTryAt}`,
  held: ({by, until}) => `retido até ${until} (${by === 'quiet' ? 'horário de silêncio' : '`notices.limit`'})`,
  fellBack: ({channel, isThere, last}) =>
    `${undeliveredText(last)}; ${isThere ? `enviado para ${quoted(channel)} no lugar` : `o canal reserva ${quoted(channel)} também não aceitou`}`,
  neitherKept: ({reason, problem}) => `${undeliveredText(reason)}; ${undeliveredText(problem)}`,
}

const NOTE: WordsFor<DeliveryNote> = {
  shown: 'mostrado aqui',
  onlyShown: 'nenhum canal configurado: o aviso só foi mostrado aqui (para configurar um: `faci doctor`)',
  sentAgain: 'enviado de novo, com a marca de possível repetição: o primeiro envio ficou sem resposta',
  queued: ({service}) => `na fila do ${service}`,
  queuedAnew: ({service}) =>
    `na fila do ${service} com uma nova routing key; o acionamento feito com a antiga fica como está`,
  noPage: ({service}) => `na fila do ${service}, que o descarta: nenhum acionamento disso saiu daqui`,
  pageEnded: ({service}) => `não enviado ao ${service}, onde o acionamento já foi encerrado: ele acionaria de novo`,
  pageShared: ({service}) =>
    `o acionamento no ${service} continua aberto: outros alertas do mesmo grupo ainda estão disparando, e o Alertmanager o encerra quando eles pararem`,
  pageUnsure: ({service}) =>
    `o acionamento no ${service} continua aberto: o Alertmanager não informa se outros alertas do mesmo grupo ainda estão disparando; se nenhum estiver, resolva-o no ${service}`,
  notAdded: ({service}) =>
    `não enviado ao ${service}: o acionamento é do Alertmanager e termina com o alerta; depois disso, este aviso acionaria de novo`,
  newRoot:
    'publicado como mensagem nova, porque a primeira da conversa não existe mais; os próximos avisos respondem à nova',
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
