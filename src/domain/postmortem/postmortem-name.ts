const LONGEST = 40

/** `INC-7-a-busca-caiu.md`: small letters, digits and hyphens, whatever the title holds. */
export function postmortemName(handle: string, title: string): string {
  const plain = title.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '')
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
  const slug = words.join('-').slice(0, LONGEST).replace(/-$/, '')
  return `${postmortemPrefix(handle)}${slug === '' ? 'incident' : slug}.md`
}

/** How every post-mortem of that incident begins, whatever its title was then. */
export function postmortemPrefix(handle: string): string {
  return `${handle}-`
}
