const form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Base64 with its padding (RFC 4648), the empty text included. */
export const isBase64 = (text: string): boolean => form.test(text)
