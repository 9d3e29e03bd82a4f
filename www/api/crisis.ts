/** What a portal's system is told on the full crisis path: whose diary it is, and nothing else. */
export interface CrisisEvent {
  readonly subject: string;
}

/** Takes the event, and resolves to `true` where the portal's system has got it. */
export type CrisisListener = (event: CrisisEvent) => Promise<boolean> | boolean;

/** Milliseconds after which a portal that has not acknowledged counts as one that has not got it. */
const PATIENCE = 10_000;

/** Whether the portal's system has got the event: a failure, a silence and any other answer are a no. */
export async function acknowledged(listener: CrisisListener, event: CrisisEvent): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), PATIENCE);
  });
  try {
    return (await Promise.race([listener(event), silence])) === true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
