import {isAbsolute, join, resolve} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {span} from '../../domain/time/span.js'
import {shownDocument} from '../../domain/text/shown-document.js'
import {command} from '../../domain/text/shell-command.js'
import {newPostmortem, postmortemBodies} from '../../render/postmortem/postmortem-markdown.js'
import {postmortemPage} from '../../render/postmortem/postmortem-page.js'
import type {Look} from '../../render/postmortem/look.js'
import {POSTMORTEM as ENGLISH} from '../../render/words/en/postmortem.js'
import {POSTMORTEM as PORTUGUESE} from '../../render/words/pt-BR/postmortem.js'
import {wordsFor} from '../../render/words/words.js'
import type {PostmortemDeps, PostmortemInput, PostmortemTexts} from '../../usecases/postmortem/write-postmortem.js'
import type {App} from '../app/app-ports.js'
import {workingDirectory} from '../process/working-directory.js'
import {gaugesOf} from './impact-wiring.js'
import {documentTimes, incidentDeps} from './incident-wiring.js'

const FOLDER = 'postmortems'

function lookOf(app: App): Look {
  const {config} = app
  const words = config.locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH
  return {words, incidents: wordsFor(config.locale).incidents, times: documentTimes(app)}
}

/** Whatever others wrote is masked, and seen, before it is drawn. */
function textsOf(app: App, look: Look): PostmortemTexts {
  const mask = (text: string): string => app.masker.mask(text)
  return {
    bodies: (report) => postmortemBodies(shownDocument(report, mask), look),
    document: (report, bodies) => newPostmortem(shownDocument(report, mask), bodies, look),
    page: (report, pieces) => {
      const shown = pieces.map((piece) => ({...piece, text: mask(piece.text)}))
      return postmortemPage(shownDocument(report, mask), shown, look)
    },
    person: look.words.person,
  }
}

export async function postmortemDeps(app: App): Promise<PostmortemDeps> {
  const [deps, files, exports] = await Promise.all([incidentDeps(app), app.documents(), app.exports()])
  const look = lookOf(app)
  const spoken = {time: look.times.moment, duration: span}
  return {
    ...{...deps, words: look.incidents, spoken, files, exports},
    gauges: () => gaugesOf(app),
    texts: textsOf(app, look),
  }
}

interface PostmortemFlags {
  readonly file: string | undefined
  readonly html: string | undefined
  readonly output: 'text' | 'md' | 'html'
  readonly json: boolean
  readonly refresh: boolean
  readonly redact: boolean
}

function fromHere(path: string): string {
  return isAbsolute(path) ? path : resolve(workingDirectory(process.env), path)
}

/** Errors: `usage` for flags that do not go together. */
export function postmortemInput({config}: App, name: string, flags: PostmortemFlags): PostmortemInput {
  const {file, html, output, redact, refresh} = flags
  const isPrinted = output !== 'text'
  if (redact && !isPrinted && html === undefined && !flags.json)
    throw new FaciError('usage', '--redact makes a copy for others: say where it goes', {
      suggestions: [
        command`faci incident postmortem ${name} --redact --html ${`${name}.html`}`,
        command`faci incident postmortem ${name} --redact --output md`,
      ],
    })
  return {
    ...{name, refresh, redact, service: config.service, updates: config.incidents.updates},
    folder: join(config.directory, FOLDER),
    file: file === undefined ? null : fromHere(file),
    writes: !redact && !isPrinted,
    page: html === undefined ? null : fromHere(html),
  }
}
