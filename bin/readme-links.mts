// Relative links of a Markdown file that lead nowhere: a missing file, or a heading that is not in it.
import {existsSync, readFileSync, statSync} from 'node:fs'
import {dirname, resolve} from 'node:path'

/** Fenced code is no prose: its brackets are not links and its `#` are not headings. */
function prose(text: string): string {
  return text.replaceAll(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2$/gmu, '')
}

/** The anchor that GitHub gives to a heading. */
function anchor(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
  return words.trim().replaceAll(/\s/gu, '-')
}

function anchorsOf(file: string): ReadonlySet<string> {
  const headings = prose(readFileSync(file, 'utf8')).matchAll(/^#{1,6} (?<heading>.+)$/gmu)
  return new Set([...headings].map(({groups}) => anchor(groups?.['heading'] ?? '')))
}

function resolves(file: string, target: string): boolean {
  const [path = '', fragment = ''] = target.split('#', 2)
  const linked = path === '' ? file : resolve(dirname(file), path)
  if (!existsSync(linked)) return false
  return fragment === '' || (statSync(linked).isFile() && anchorsOf(linked).has(fragment))
}

/** Targets of the links in a Markdown file that do not resolve, as written. */
export function deadLinks(file: string): readonly string[] {
  const links = [...prose(readFileSync(file, 'utf8')).matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map(
    ({groups}) => groups?.['target'] ?? '',
  )
  return links.filter((target) => !/^[a-z]+:/u.test(target) && !resolves(file, target))
}
