/**
 * A kind of record: how it is keyed and by what else it can be found, declared beside its type.
 * Keys and index entries are lists of parts; names that ignore case are folded by the declaration.
 */
export interface Collection<T, Index extends string = string> {
  readonly type: string
  readonly key: (record: T) => readonly string[]
  /** Each gives the entries under which a record is found: one, several, or none. */
  readonly indexes: Readonly<Record<Index, (record: T) => readonly (readonly string[])[]>>
}

/** Declares a kind of record; a collection without indexes leaves them out. */
export function collection<T, Index extends string = never>(
  type: string,
  declaration: {
    key: (record: T) => readonly string[]
    indexes?: Record<Index, (record: T) => readonly (readonly string[])[]>
  },
): Collection<T, Index> {
  return {
    type,
    key: declaration.key,
    indexes: declaration.indexes ?? ({} as Record<Index, never>),
  }
}

/** Sorts before every character that names, ids and ARNs may hold, so parts compare one after the other. */
const separator = '\u0001'

export const encodeKey = (parts: readonly string[]): string => parts.join(separator)

/** The encoded prefix of all keys that begin with these whole parts. */
export const encodePrefix = (parts: readonly string[]): string =>
  parts.length === 0 ? '' : encodeKey(parts) + separator
