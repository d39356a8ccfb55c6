import { collection } from '../collection.ts'

/** A text that the keyring of the first start sealed: what cannot open it cannot open the data. */
export interface KeyringMark {
  readonly id: string
  /** For purpose `record`. */
  readonly sealed: string
}

export const keyringMarks = collection('keyring-mark', { key: (mark: KeyringMark) => [mark.id] })
