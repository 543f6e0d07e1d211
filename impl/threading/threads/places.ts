/** Name of the channel on which the broker listens to workers that have no port to it. */
export const channelName: string = `lockproof broker of ${new URL('.', import.meta.url).href}`;

/** URL of a module beside this one: TypeScript here, JavaScript in the published package. */
export function moduleBeside(name: string): URL {
  const { pathname } = new URL(import.meta.url);
  return new URL(`${name}${pathname.slice(pathname.lastIndexOf('.'))}`, import.meta.url);
}
