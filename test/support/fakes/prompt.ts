import {FaciError} from '../../../src/domain/errors.js'
import type {Prompt} from '../../../src/ports/prompt.js'

export interface FakePrompt extends Prompt {
  readonly questions: readonly string[]
}

/** Gives the answers in order; when they are used up, or without any, it is Ctrl-C. `null`: there is no terminal. */
export function fakePrompt(answers: readonly string[] | null = null): FakePrompt {
  const left = [...(answers ?? [])]
  const questions: string[] = []
  const answer = (question: string): Promise<string> => {
    questions.push(question)
    const next = left.shift()
    return next === undefined ? Promise.reject(new FaciError('interrupted', 'Ctrl-C')) : Promise.resolve(next)
  }
  return {available: answers !== null, questions, choose: answer, ask: answer}
}
