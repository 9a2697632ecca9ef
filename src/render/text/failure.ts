import type {Style} from './style.js'

/** An error as a person sees it on stderr: what broke, then what to type next. */
export function failureText(message: string, suggestions: readonly string[], style: Style): string {
  const [head = '', ...rest] = style.times.sentence(message).split('\n')
  const tries = suggestions.map((suggestion) => `  ${style.accent('→')} ${suggestion}`)
  return [`${style.bad('✖')} ${head}`, ...rest.map((line) => `  ${line}`), ...tries].join('\n') + '\n'
}
