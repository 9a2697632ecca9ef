import type {CertificateProblem} from '../../../domain/stack/certificate-error.js'
import type {ContainerReason, ProbeReason, ServiceReason} from '../../../domain/stack/reason.js'
import type {DeadNetworkCause} from '../../../domain/stack/shared-network.js'
import type {StackWords} from '../../../domain/stack/stack-words.js'
import {stackWords} from '../stack-words.js'
import {worded, type WordsFor} from '../worded.js'
import {DOCKER_STATE} from './docker-state.js'

const DEAD_NETWORK: Readonly<Record<DeadNetworkCause, (owner: string) => string>> = {
  ownerGone: () => 'sem rede: o contêiner cuja rede ele usa não existe mais',
  ownerStopped: (owner) => `sem rede: ${owner}, cuja rede ele usa, está parado`,
  ownerRestarted: (owner) => `sem rede: ${owner}, cuja rede ele usa, foi iniciado de novo depois dele`,
}

export const CONTAINER: WordsFor<ContainerReason> = {
  exited: ({exitCode, outOfMemory}) =>
    `encerrado, código de saída ${exitCode === null ? 'desconhecido' : String(exitCode)}${outOfMemory ? ', memória esgotada' : ''}`,
  notRunning: ({state, restartCount}) =>
    `${DOCKER_STATE[state]}${restartCount > 0 ? `, reinícios: ${String(restartCount)}` : ''}`,
  restartsOften: ({restartCount, sinceSeconds}) =>
    `reiniciado ${String(restartCount)} vezes, a última há ${String(Math.floor(sinceSeconds))} s`,
  starting: ({steadyAfterSeconds}) =>
    steadyAfterSeconds === null ? 'iniciando' : `iniciando, estável após ${String(Math.ceil(steadyAfterSeconds))} s`,
  unhealthy: 'verificação de saúde falhando',
  deadNetwork: ({cause, owner}) => DEAD_NETWORK[cause](`\`${owner ?? ''}\``),
}

export const SERVICE: WordsFor<ServiceReason> = {
  container: ({replica, reason}) => `nº ${String(replica)} ${worded(CONTAINER, reason)}`,
  finished: 'concluído (código de saída 0)',
  noContainer: 'sem contêiner',
  tooFewContainers: ({containers, wanted}) => `${String(containers)} de ${String(wanted)} contêineres`,
}

type Unexpected = Extract<ProbeReason, {readonly why: 'unexpected'}>

const UNEXPECTED: Readonly<
  Record<Unexpected['what'], (status: number, expected: string, got: string | null) => string>
> = {
  status: (status, expected) => `responde ${String(status)}, esperado ${expected}`,
  header: (status, expected, got) =>
    `responde ${String(status)}, esperado o cabeçalho \`${expected}\`, ${got === null ? 'que falta' : `recebido \`${got}\``}`,
  body: (status, expected) => `responde ${String(status)}, mas o corpo da resposta não contém \`${expected}\``,
}

const CERTIFICATE: Readonly<Record<CertificateProblem, (names: readonly string[]) => string>> = {
  expired: () => 'o certificado expirou: renove-o',
  notYetValid: () => 'o certificado ainda não é válido: verifique os relógios das duas máquinas',
  selfSigned: () =>
    'o certificado é autoassinado: para confiar nele, aponte `NODE_EXTRA_CA_CERTS` para um arquivo com o certificado',
  unknownIssuer: () =>
    'o emissor do certificado é desconhecido: para confiar nele, aponte `NODE_EXTRA_CA_CERTS` para um arquivo com a CA',
  revoked: () => 'o certificado foi revogado: renove-o',
  wrongName: (names) =>
    names.length === 0
      ? 'o certificado é de outro endereço: escreva na URL o nome que consta nele'
      : `o certificado é de ${names.map((name) => `\`${name}\``).join(', ')}: escreva um desses nomes na URL`,
  noTls: () => 'não usa TLS: escreva `http://` na URL',
}

/** `DOWN: db`, but of a whole text `db: connection refused`. */
function said(word: string, parts: readonly string[]): string {
  const names = parts.map((part) => `\`${part}\``).join(', ')
  if (names === '') return `\`${word}\``
  return word.includes(' ') ? `${names}: \`${word}\`` : `\`${word}\`: ${names}`
}

export const PROBE: WordsFor<ProbeReason> = {
  noAnswer: 'sem resposta',
  bodySays: ({status, word, parts}) => `responde ${String(status)}, mas o corpo da resposta diz ${said(word, parts)}`,
  unreadBody: ({status, encoding}) =>
    `responde ${String(status)}, mas o corpo da resposta não pode ser lido: veio codificado como \`${encoding}\`, sem que o faci pedisse`,
  httpStatus: ({status, says}) => `resposta HTTP ${String(status)}${says === null ? '' : ` (\`${says}\`)`}`,
  unexpected: ({what, status, expected, got}) => UNEXPECTED[what](status, expected, got),
  certificate: ({problem, names}) => CERTIFICATE[problem](names),
  probeExited: ({exitCode, said}) =>
    `o comando no contêiner termina com ${String(exitCode)}${said === '' ? '' : ` (\`${said}\`)`}`,
  redirects: ({status, to}) =>
    `resposta HTTP ${String(status)}, ${to === null ? 'um redirecionamento' : `redireciona para \`${to}\``}`,
}

const VERDICT: StackWords['verdict'] = {
  healthy: 'saudável',
  degraded: 'degradado',
  down: 'fora do ar',
  unknown: 'em estado desconhecido',
}

export const STACK = stackWords({verdict: VERDICT, container: CONTAINER, service: SERVICE, probe: PROBE})
