/** What the user must mend before the server can be asked; ends a command in words, without a stack. */
export class Failed extends Error {}

/** The server was asked and said no. */
export class Refused extends Error {}
