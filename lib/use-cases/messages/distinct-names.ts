/** Each name once, as file systems compare them that do not tell A from a: "a.txt", "a (2).txt". */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const [, stem = name, extension = ""] = /^(.+?)(\.[^.]{1,10})?$/u.exec(name) ?? [];
    let distinct = name;
    for (let count = 2; taken.has(comparable(distinct)); count += 1)
      distinct = `${stem} (${count})${extension}`;
    taken.add(comparable(distinct));
    return distinct;
  });
}

const comparable = (name: string): string => name.normalize("NFC").toLowerCase();
