/** What a gate takes for an answer of its own: the id of a block is typed there, and must not be one of them. */
export const ANSWER_WORDS: readonly string[] = ['y', 'yes', 'n', 'no', 'skip', 'quit']
