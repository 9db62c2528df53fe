/** What ends a command in words for the user, without a stack. */
export class Failed extends Error {}
