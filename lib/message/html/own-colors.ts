/** Whether sanitized HTML brings colours: then only a white ground is sure to keep it legible. */

const colored =
  /<[a-z][^<>]*?(?:\s(?:bgcolor|color)="[^"]|\sstyle="(?:[^"]*;)?(?:background(?:-color)?|color):(?!inherit|transparent|initial|currentcolor))/iu;

export function hasOwnColors(html: string): boolean {
  return colored.test(html);
}
