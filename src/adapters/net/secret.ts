// A secret that does not print: every way of turning it into text by accident yields a mark.

export interface Secret {
  /** The only way to the text. Call it where the value leaves for its one purpose. */
  reveal(): string
  toString(): string
  toJSON(): string
}

const MARK = '(secret)'

export function secret(text: string): Secret {
  return Object.freeze({ reveal: () => text, toString: () => MARK, toJSON: () => MARK })
}
