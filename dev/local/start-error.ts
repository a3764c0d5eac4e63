/** Something that a person can mend before starting again; its message is shown as it is, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Runs a command's main function; a StartError ends it with its sentence. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
