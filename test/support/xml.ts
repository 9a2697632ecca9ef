export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

type Open = {-readonly [K in keyof XmlElement]: XmlElement[K]} & {children: XmlElement[]}

const NAME = /[A-Za-z_][\w.-]*/.source
const ATTRIBUTE = new RegExp(`\\s+(${NAME})="([^"<]*)"`, 'gy')
const TOKEN = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>|([^<]+)`, 'y')
const ENTITIES: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"}

function decoded(text: string): string {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))
    throw new Error('a character that XML has not')
  return text.replaceAll(/&(\w*);?/g, (found, name: string) => {
    const character = found.endsWith(';') ? ENTITIES[name] : undefined
    if (character === undefined) throw new Error(`no entity: ${found}`)
    return character
  })
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, decoded(value)] as const)
  const attributes = Object.fromEntries(found)
  if (Object.keys(attributes).length !== found.length) throw new Error(`an attribute twice: ${text}`)
  return attributes
}

function tokensOf(text: string): readonly RegExpExecArray[] {
  const tokens: RegExpExecArray[] = []
  let at = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    if (token === null) throw new Error(`not XML: ${text.slice(at, at + 60)}`)
    tokens.push(token)
    at = TOKEN.lastIndex
  }
  return tokens
}

/** Takes one token in; `open` are the elements that have begun and not ended, the document itself first. */
function take(open: Open[], current: Open, token: RegExpExecArray): void {
  const [whole, isEnd, name = '', attributes = '', isEmpty, text] = token
  if (text !== undefined) {
    current.text += decoded(text)
    return
  }
  if (isEnd === '/') {
    if (attributes + (isEmpty ?? '') !== '' || current.name !== name) throw new Error(`misplaced ${whole}`)
    open.pop()
    return
  }
  const element: Open = {name, attributes: attributesOf(attributes), children: [], text: ''}
  current.children.push(element)
  if (isEmpty === '') open.push(element)
}

/** The root of a document of elements, attributes and text. Throws for anything that is not well-formed, and for what JUnit has no use for. */
export function readXml(document: string): XmlElement {
  const body = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n(.*)$/s.exec(document)?.[1]
  if (body === undefined) throw new Error('no XML declaration')
  const top: Open = {name: '', attributes: {}, children: [], text: ''}
  const open = [top]
  for (const token of tokensOf(body)) take(open, open.at(-1) ?? top, token)
  const [root, ...others] = top.children
  if (root === undefined || others.length > 0 || open.length !== 1 || top.text.trim() !== '')
    throw new Error('not one whole element')
  return root
}

/** All elements of one of our HTML pages, which are XML too. */
export function pageElements(page: string): readonly XmlElement[] {
  const elements = [readXml(page.replace('<!doctype html>', '<?xml version="1.0" encoding="UTF-8"?>'))]
  for (const {children} of elements) elements.push(...children)
  return elements
}
