/** Commands after which a container's logs and state are gone, with Compose, Docker or faci. */
const REMOVING: readonly RegExp[] = [
  /\bfaci\s+(?:\S+\s+)*?down\b/,
  /\bfaci\s+(?:\S+\s+)*?up\b.*--(?:force-)?recreate\b/,
  /\bdocker(?:-compose|\s+compose)\b.*\b(?:down|rm)\b/,
  /\bdocker(?:-compose|\s+compose)\b.*\bup\b.*(?:--force-recreate|--always-recreate-deps|--renew-anon-volumes|\s-V\b)/,
  /\bdocker\s+(?:container\s+)?(?:rm|prune)\b/,
  /\bdocker\s+system\s+prune\b/,
]

/** Whether a script's text removes containers: their logs and inspection are evidence that must be kept before. */
export function removesContainers(script: string): boolean {
  const joined = script.replace(/\\\r?\n/g, ' ')
  return joined
    .split('\n')
    .some((line) => !line.trimStart().startsWith('#') && REMOVING.some((form) => form.test(line)))
}
