/** Whose words a customer reads who reads none of the languages a channel speaks: the workspace's, a sister of it, or the first there is. */
export function fallback(languages: readonly string[], home: string): string | undefined {
  const base = home.split("-")[0];
  return languages.find((one) => one === home) ?? languages.find((one) => one === base) ?? languages.find((one) => one.split("-")[0] === base) ?? languages[0];
}
