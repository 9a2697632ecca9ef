// Who wrote what is bundled, and under which licence: dist/THIRD-PARTY-NOTICES.txt, which goes wherever dist/ goes.
import type {Metafile} from 'esbuild'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

export interface Notice {
  readonly name: string
  readonly version: string
  /** An SPDX expression. */
  readonly license: string
  /** Of the files that the package brings along for it, all; where it brings none, who wrote it. */
  readonly text: string
}

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly licenses?: readonly {readonly type: string}[]
  readonly author?: string | {readonly name: string}
}

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/
const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i

/** Folders of the packages of which something stands in a bundle; what was looked at and left out is none. */
export function bundledPackages({outputs}: Metafile): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs))
  const kept = inputs.filter(([, {bytesInOutput}]) => bytesInOutput > 0)
  return kept.flatMap(([path]) => PACKAGE.exec(path.replace(/^[a-z-]+:/, ''))?.[0] ?? [])
}

/** @throws where a package does not say what its licence is: such a one is not bundled. */
export async function noticeOf(folder: string): Promise<Notice> {
  const json = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson
  const license = json.license ?? json.licenses?.map(({type}) => type).join(' OR ') ?? ''
  if (license === '') throw new Error(`${json.name} is bundled, and its package.json names no licence`)
  const files = (await readdir(folder)).filter((name) => LICENSE_FILE.test(name)).sort()
  const texts = await Promise.all(files.map(async (name) => (await readFile(join(folder, name), 'utf8')).trim()))
  const author = typeof json.author === 'string' ? json.author : (json.author?.name ?? `the authors of ${json.name}`)
  const text = texts.length === 0 ? `Copyright ${author}. The package ships no licence file.` : texts.join('\n\n')
  return {name: json.name, version: json.version, license, text}
}

/** The same text for the same packages: by name, one package once. */
export function noticesText(notices: readonly Notice[]): string {
  const byName = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  const sorted = [...byName].sort(([one], [other]) => (one < other ? -1 : 1))
  const parts = sorted.map(([name, {license, text}]) => `${'-'.repeat(80)}\n${name}\nLicence: ${license}\n\n${text}\n`)
  return `What faci is made of besides its own code, and the terms of each.\n\n${parts.join('\n')}`
}
