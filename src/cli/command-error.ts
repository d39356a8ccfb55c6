/** A command cannot do what was asked; the message says why and what would be right. Exit status 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
