import {tellsSecret} from './telling-name.js'

const URL_AUTHORITY = /\b[a-z][a-z0-9+.-]{0,20}:\/\/([^\s/?#"'<>]{1,1000})@/gi
const PARAMETER = /[?&]([\w.-]{1,100})=([^\s&#"'<>]{1,4000})/g

function meant(text: string): readonly string[] {
  try {
    return [...new Set([text, decodeURIComponent(text)])]
  } catch {
    return [text]
  }
}

/** What stands before the `@`: the password, or what stands there alone, which is a token then. */
function ofUserInfo(userInfo: string): string {
  return userInfo.slice(userInfo.indexOf(':') + 1)
}

/** The credentials in every URL of a text: the password before its `@`, and the values of parameters whose names tell it. As written, and decoded. */
export function urlCredentials(text: string): readonly string[] {
  const passwords = [...text.matchAll(URL_AUTHORITY)].map((match) => ofUserInfo(match[1] ?? ''))
  const parameters = [...text.matchAll(PARAMETER)]
    .filter(([, name]) => tellsSecret(name ?? ''))
    .map((match) => match[2] ?? '')
  return [...passwords, ...parameters].filter((value) => value !== '').flatMap(meant)
}
