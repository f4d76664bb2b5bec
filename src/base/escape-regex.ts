/** The text as a regex that matches it literally, for RE2 and RegExp alike. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
