import type {FillProblem} from '../journal/fill-problem.js'
import {fillBody, fillHeader, fillUrl, isHeaderText} from './template.js'

/** An http block as written: request line, headers, blank line, body. */
export interface HttpBlock {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export type ParsedHttpBlock =
  | {readonly ok: true; readonly request: HttpBlock}
  /** `line` counts from 0 in the block. */
  | {readonly ok: false; readonly line: number; readonly message: string}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const REQUEST_LINE = /^([A-Z]+)\s+(\S+)(?:\s+HTTP\/[\d.]+)?$/
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):(.*)$/
const URL_START = /^https?:\/\/[^\s/]/

export const READING_METHODS: readonly string[] = ['GET', 'HEAD']

function parseHeaders(lines: readonly string[], end: number): Record<string, string> | number {
  const headers: Record<string, string> = {}
  for (let index = 1; index < end; index += 1) {
    const match = HEADER.exec((lines[index] ?? '').trimEnd())
    const value = (match?.[2] ?? '').trimStart()
    if (match === null || !isHeaderText(value)) return index
    headers[match[1] ?? ''] = value
  }
  return headers
}

function problemInRequestLine(line: string): string | null {
  const match = REQUEST_LINE.exec(line)
  if (match === null) return 'the first line must be a request line: `GET http://…`'
  const [, method = '', url = ''] = match
  if (!METHODS.includes(method)) return `unknown method \`${method}\`: use ${METHODS.join(', ')}`
  return URL_START.test(url) ? null : `\`${url}\` must start with http:// or https://`
}

export function parseHttpBlock(text: string): ParsedHttpBlock {
  const lines = text.split(/\r?\n/)
  const requestLine = (lines[0] ?? '').trim()
  const message = problemInRequestLine(requestLine)
  if (message !== null) return {ok: false, line: 0, message}
  const blank = lines.findIndex((line, index) => index > 0 && line.trim() === '')
  const headers = parseHeaders(lines, blank === -1 ? lines.length : blank)
  if (typeof headers === 'number')
    return {ok: false, line: headers, message: 'a header must be `Name: value`, in Latin-1'}
  const body =
    blank === -1
      ? ''
      : lines
          .slice(blank + 1)
          .join('\n')
          .trimEnd()
  const [method = '', url = ''] = requestLine.split(/\s+/)
  return {ok: true, request: {method, url, headers, body: body === '' ? null : body}}
}

export type FilledHttpBlock =
  {readonly ok: true; readonly request: HttpBlock} | {readonly ok: false; readonly problems: readonly FillProblem[]}

/** Values are URL-encoded in the request line and the body; in headers they stand as they are, on one line. */
export function fillHttpBlock(request: HttpBlock, values: Readonly<Record<string, string>>): FilledHttpBlock {
  const url = fillUrl(request.url, values)
  if (!url.ok) return url
  const body = fillBody(request.body ?? '', values)
  if (!body.ok) return body
  const headers: Record<string, string> = {}
  for (const [name, text] of Object.entries(request.headers)) {
    const filled = fillHeader(text, values)
    if (!filled.ok) return filled
    headers[name] = filled.text
  }
  return {ok: true, request: {...request, url: url.text, headers, body: request.body === null ? null : body.text}}
}
