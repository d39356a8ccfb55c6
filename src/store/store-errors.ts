/** Errors of the store, for the operator and the pipeline; none reaches an API caller as it is. */

/** Someone else has committed to the account: load or follow, decide again and retry. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision'
  readonly account: string
  readonly expected: number
  readonly actual: number
  constructor(account: string, expected: number, actual: number) {
    super(`Account ${account} is at revision ${actual}, not at ${expected}.`)
    this.account = account
    this.expected = expected
    this.actual = actual
  }
}

/** Another process serves from this data directory. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked'
  readonly directory: string
  constructor(directory: string, options?: ErrorOptions) {
    super(
      `The data directory ${directory} is in use by another Watchword process. ` +
        'Stop that process, or give this one a directory of its own.',
      options,
    )
    this.directory = directory
  }
}

/** The file is damaged, or is not Watchword's. Nothing is repaired by guessing. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt'
  readonly path: string
  constructor(path: string, finding: string, options?: ErrorOptions & { advice?: string }) {
    const advice = options?.advice ?? 'Move the data directory aside and restore it from a backup.'
    super(`The database ${path} cannot be used: ${finding}. ${advice}`, options)
    this.path = path
  }
}

/** The store cannot be reached or cannot write now: disk full, input/output error, closed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  /** True when the writer vanished before it answered: the write may or may not be there. */
  readonly outcomeUnknown: boolean
  constructor(reason: string, options?: ErrorOptions & { outcomeUnknown?: boolean }) {
    super(`The store is unavailable: ${reason}.`, options)
    this.outcomeUnknown = options?.outcomeUnknown ?? false
  }
}
