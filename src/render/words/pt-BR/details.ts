import {noticeReasonText} from './undelivered.js'
import type {Detail} from '../../../domain/journal/detail.js'
import type {PlaceKind} from '../../../domain/journal/fill-problem.js'
import {quoted} from '../quoted.js'
import {type DetailWords, names, reasonText} from '../reason-words.js'
import {PROBE} from './stack.js'

const UNDELIVERED = {
  pending: 'aguarda na fila',
  rejected: 'recusado, aguarda na fila',
  dropped: 'não enviado',
  unconfirmed: 'pode ter chegado, e não foi guardado',
  lost: 'não foi enviado nem guardado',
  held: 'retido',
} as const

const PLACES: Readonly<Record<PlaceKind, string>> = {
  text: 'um texto que caiba entre as aspas',
  pattern: 'um texto que caiba entre as aspas',
  number: 'um número',
  duration: 'uma duração, como 5m',
  label: 'o nome de um label',
  metric: 'o nome de uma métrica',
  digits: 'apenas dígitos',
  part: 'letras, dígitos e _',
}

function also(text: string, problem: Detail | null): string {
  return problem === null ? text : `${text}; ${say(problem)}`
}

function unkept(container: string | null): string {
  return container === null ? '' : `${container}: `
}

export const DETAILS: DetailWords = {
  ...PROBE,
  healthy: 'saudável',
  error: ({text}) => `erro: ${quoted(text)}`,
  printed: ({text}) => `a saída foi ${quoted(text)}`,
  told: ({text}) => quoted(text),
  noData: 'sem dados',
  notANumber: 'o valor é NaN',
  noEndpoint: 'não está no faci.yml',
  noPrometheus: 'o faci.yml não tem a seção `prometheus`',
  exited: ({exitCode, said, problem}) => {
    const code = exitCode === null ? 'encerrado por um sinal' : `código de saída ${String(exitCode)}`
    return also(said === '' ? code : `${code}: ${quoted(said)}`, problem)
  },
  ranOutOfTime: ({problem}) => also('o tempo acabou, e o bloco foi encerrado', problem),
  cutShort: ({problem}) => also('interrompido', problem),
  notStarted: ({problem}) => `não iniciado: ${say(problem)}`,
  notFilled: ({problems}) => problems.map(say).join('; '),
  noValue: ({name}) => `\`${name}\` não tem valor`,
  unfitForPromql: ({name, place}) => `\`${name}\` precisa ser ${PLACES[place]} neste ponto do PromQL`,
  unfitForPath: ({names: all}) => `o valor de ${names(all)} não pode ser parte de um caminho: está vazio, ou é . ou ..`,
  unfitForRequest: ({names: all}) => `o valor de ${names(all)} falta ou não pode ser usado aqui`,
  measured: ({got, expected}) => `obtido ${quoted(got)}, esperado ${quoted(expected)}`,
  noNumberPrinted: ({expected}) => `esperado ${quoted(expected)}, mas a saída não é um número`,
  unreliable: ({warning}) => `não confiável: ${quoted(warning)}`,
  severalSamples: ({samples, labels}) =>
    `${String(samples)} amostras, que diferem em ${names(labels)}: agregue-as em uma só`,
  undelivered: ({status, reason}) => {
    const why = reason === null ? UNDELIVERED[status] : `${UNDELIVERED[status]}: ${noticeReasonText(reason)}`
    return status === 'pending' || status === 'rejected' ? `${why} → faci notify flush --now` : why
  },
  takenOver: ({from, purpose, grounds}) => `${from} (${quoted(purpose)}): ${reasonText(DETAILS, grounds)}`,
  typedReason: ({text}) => quoted(text),
  confirmed: 'confirmado no terminal',
  ownLock: ({runId}) => `a execução ${runId} continua`,
  logCut: ({container, seconds}) =>
    `${container}: o log foi cortado, porque não chegou inteiro em ${String(seconds)} s`,
  secretsUnknown: ({container}) =>
    `${container}: o log foi guardado sem que se saiba o que nele é segredo: leia antes de repassar`,
  notKept: ({container, text}) => `${unkept(container)}não foi guardado: ${quoted(text)}`,
  valueHasNul: ({name}) => `\`${name}\` contém bytes NUL, que nenhuma variável aceita`,
  valueTooLong: ({name, characters, atMostCharacters}) =>
    `\`${name}\` tem ${String(characters)} caracteres, e uma variável aceita ${String(atMostCharacters)}`,
  captureIsInput: ({name}) => `\`${name}\` é uma entrada do runbook, que nenhum bloco pode mudar`,
  captureMisspelt: ({name}) =>
    `\`${name}\` não pode ser uma captura: use letras minúsculas, dígitos e _, porque nomes em maiúsculas são de programas`,
  captureObeyed: ({name}) =>
    `\`${name}\` não pode ser uma captura: programas que um bloco pode iniciar obedecem a esse nome, escolha outro`,
  capturesTooLong: ({characters}) => `juntas, as capturas desta execução teriam ${String(characters)} caracteres`,
  outputsUndeclared: ({written, declared}) =>
    `escreveu ${names(written)} em $FACI_OUTPUT, e declara ${declared.length === 0 ? 'nenhuma saída' : names(declared)}: se era a intenção, escreva \`outputs="${[...declared, ...written].join(' ')}"\` entre as chaves`,
  outputNoPair: ({line}) =>
    `$FACI_OUTPUT tem algo diferente de NOME=VALOR na linha ${String(line)}: um valor de várias linhas é NOME<<$FACI_EOF, o valor, $FACI_EOF`,
  outputOtherEnd: ({line}) =>
    `$FACI_OUTPUT começa na linha ${String(line)} um valor que não termina com $FACI_EOF: escreva NOME<<$FACI_EOF`,
  outputUnended: ({line}) =>
    `$FACI_OUTPUT começa na linha ${String(line)} um valor que nenhuma linha $FACI_EOF termina`,
  outputTwice: ({name, line}) => `$FACI_OUTPUT define ${quoted(name)} pela segunda vez na linha ${String(line)}`,
  outputTooLarge: ({bytes}) => `$FACI_OUTPUT tem ${String(bytes)} bytes: no máximo 1 MiB pode ser capturado`,
  outputNoFile: '$FACI_OUTPUT deixou de ser um arquivo comum',
  outputReplaced: ({code}) => `$FACI_OUTPUT deixou de ser o arquivo que o faci criou (${code})`,
  outputUnreadable: ({code}) => `não é possível ler $FACI_OUTPUT (${code})`,
}

function say(detail: Detail): string {
  return reasonText(DETAILS, detail)
}
