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
  { keyring, random }: Services,
): string {
  const plain = Buffer.from(JSON.stringify([requestId, account, at + lifetime]))
  return keyring().seal('message', plain, random.bytes(12)).toString('base64url')
}

/** Undefined for text that is no message of this service, or one that has expired. */
export function openMessage(
  text: string,
  now: number,
  { keyring }: Services,
): MessageContent | undefined {
  const sealed = Buffer.from(text, 'base64url')
  // Decoding is lax; only the one spelling that was given out is a message.
  if (sealed.toString('base64url') !== text) return undefined
  const opened = keyring().open('message', sealed)
  if (!opened) return undefined
  const [requestId, account, expiresAt] = JSON.parse(opened.plain.toString()) as [
    string,
    string,
    number,
  ]
  return now < expiresAt ? { requestId, account } : undefined
}
