import type { Services } from './services.ts'

/** The header of AccessDenied that carries an encoded message. */
export const encodedMessageHeader = 'x-watchword-encoded-message'

/** How long an encoded message can be decoded. */
const lifetime = 7 * 24 * 3600 * 1000

/** What an encoded message stands for: a refusal on record. */
export interface MessageContent {
  readonly requestId: string
  readonly account: string
}

/**
 * An authorization message as AWS gives them out: opaque to its holder, who learns nothing from it without
 * `sts:DecodeAuthorizationMessage`. It names the record and does not contain it, so it fits a header.
 * @param at - milliseconds since the epoch
 */
export function encodeMessage(
  { requestId, account }: MessageContent,
  at: number,
  { keyring }: Services,
): string {
  return keyring().seal('message', JSON.stringify([requestId, account, at + lifetime])).text
}

/** Undefined for text that is no message of this service, or one that has expired. */
export function openMessage(
  text: string,
  now: number,
  { keyring }: Services,
): MessageContent | undefined {
  const opened = keyring().open('message', text)
  if (!opened) return undefined
  const [requestId, account, expiresAt] = JSON.parse(opened.text) as [string, string, number]
  return now < expiresAt ? { requestId, account } : undefined
}
