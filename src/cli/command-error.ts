/**
 * A command cannot do what was asked; the message says why and what would be right. An empty message means that it
 * has been said already.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitStatus: number
  constructor(message: string, exitStatus = 1) {
    super(message)
    this.exitStatus = exitStatus
  }
}
