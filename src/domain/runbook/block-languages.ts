export type BlockRole = 'diagnose' | 'mitigate' | 'verify' | 'rollback' | 'notify'

/** The languages of the blocks that are run. */
export type Language = 'sh' | 'promql' | 'http'

/** Every language of a block, and the roles that may be written in it. */
const ROLES_OF = {
  sh: ['diagnose', 'mitigate', 'verify', 'rollback'],
  promql: ['diagnose', 'verify'],
  http: ['diagnose', 'mitigate', 'verify', 'rollback'],
  md: ['notify'],
} as const satisfies Readonly<Record<Language | 'md', readonly BlockRole[]>>

type Table = typeof ROLES_OF

/** The languages that a block of the role can be written in. */
export type LanguageFor<Role extends BlockRole> = {
  [Name in keyof Table]: Role extends Table[Name][number] ? Name : never
}[keyof Table]

export const ALL_LANGUAGES = Object.keys(ROLES_OF) as readonly (keyof Table)[]

/** Those of the role. */
export function languagesFor<Role extends BlockRole>(role: Role): readonly LanguageFor<Role>[] {
  const takes = (roles: readonly BlockRole[]): boolean => roles.includes(role)
  return ALL_LANGUAGES.filter((name): name is LanguageFor<Role> => takes(ROLES_OF[name]))
}

/** `word` as a language of the role. Null when it is none: what is not in the table is never run as anything else. */
export function languageFor<Role extends BlockRole>(role: Role, word: string): LanguageFor<Role> | null {
  return languagesFor(role).find((name) => name === word) ?? null
}
