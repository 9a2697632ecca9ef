import {join} from 'node:path'
import {readPlain} from '../plain-file.js'
import {entriesOf} from './folder-entries.js'

/** A file that somebody else may have put there says nothing. */
async function textOf(path: string): Promise<string> {
  try {
    return await readPlain(path)
  } catch {
    return ''
  }
}

const NOTICE_ID = /"(?:id|noticeId)":\s*"([^"]{1,200})"/g

function idsIn(text: string): readonly string[] {
  return [...text.matchAll(NOTICE_ID)].map(([, id = '']) => id)
}

/** Notices that a check was about to send when it was cut off: the next one asks what became of them. */
export async function noticesOfChecks(checks: string): Promise<readonly string[]> {
  const files = (await entriesOf(checks)).filter(({name, kind}) => kind === 'file' && name.endsWith('.txt'))
  return (await Promise.all(files.map(({name}) => textOf(join(checks, name))))).flatMap(idsIn)
}

/** Notices of steps of escalations that are not carried out yet: whoever goes on with one asks what became of them. */
export async function noticesOfPages(pages: string): Promise<readonly string[]> {
  const incidents = (await entriesOf(pages)).filter(({kind}) => kind === 'folder')
  const found = incidents.map(async ({name: incident}) => {
    const names = new Set((await entriesOf(join(pages, incident))).map(({name}) => name))
    const open = [...names].filter((name) => name.endsWith('.json') && !names.has(name.replace(/json$/, 'done')))
    return (await Promise.all(open.map((name) => textOf(join(pages, incident, name))))).flatMap(idsIn)
  })
  return (await Promise.all(found)).flat()
}
