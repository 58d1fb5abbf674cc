/** A PDF of our own writing: each page has its number on it. */
export function pdfOf(pages: number, size = "[0 0 595 842]"): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  const kids: string[] = [];
  for (let page = 1; page <= pages; page += 1) {
    const at = objects.length + 1;
    const stream = `1 0 0 rg 72 600 200 100 re f BT /F1 18 Tf 72 720 Td (Sheet ${page}) Tj ET`;
    kids.push(`${at} 0 R`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox ${size} /Contents ${at + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    );
  }
  objects[1] = `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${pages} >>`;
  return written(objects);
}

/** A page of two kilobytes that shows a drawing four times, which shows another four times, and so on, twelve deep. */
export function pdfBomb(): Buffer {
  const stream = (entries: string, text: string) =>
    `<< ${entries} /Length ${text.length} >>\nstream\n${text}\nendstream`;
  const deepest = 15;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
    stream("", "/F Do"),
  ];
  for (let at = 5; at <= deepest; at += 1) {
    const next = `/Resources << /XObject << /F ${at + 1} 0 R >> >>`;
    objects.push(stream(`/Type /XObject /Subtype /Form /BBox [0 0 595 842] ${next}`, "/F Do ".repeat(4)));
  }
  return written([...objects, stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 9 9 re f")]);
}

function written(objects: readonly string[]): Buffer {
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("");
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n%%EOF\n`);
}
