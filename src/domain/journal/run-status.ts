/** `interrupted`: no end was written, and the run does not hold the lock: its process died. */
export type RunStatus = 'finished' | 'running' | 'interrupted'
