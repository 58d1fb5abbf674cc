import fc from "fast-check";
import mailauth from "mailauth/lib/parse-dkim-headers.js";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { parseAuthenticationResults, propertyOf } from "./authentication-results.ts";

const google = [
  "mx.google.com;",
  " dkim=pass header.i=@example.org header.s=s1 header.b=Qk3/x+Yz;",
  " arc=pass (i=1 spf=pass spfdomain=a.example dkim=pass dkdomain=a.example dmarc=pass fromdomain=a.example);",
  " spf=pass (google.com: domain of srs0=63fc=v7=a.example=b@c.example designates 2001:db8::1 as permitted sender) smtp.mailfrom=SRS0=63fc=V7=a.example=b@c.example;",
  " dmarc=fail (p=REJECT sp=REJECT dis=NONE) header.from=a.example",
].join("");

describe("authentication results", () => {
  it("as Google writes them are read whole", () => {
    const read = parseAuthenticationResults(google);
    expect(read).toMatchObject({ authservId: "mx.google.com", isWellFormed: true });
    expect(read?.results.map(({ method, result }) => `${method}=${result}`)).toEqual([
      "dkim=pass",
      "arc=pass",
      "spf=pass",
      "dmarc=fail",
    ]);
    const [dkim, , spf] = read?.results ?? [];
    expect(dkim && propertyOf(dkim, "header.d", "header.i")).toBe("@example.org");
    expect(spf && propertyOf(spf, "smtp.mailfrom")).toBe("SRS0=63fc=V7=a.example=b@c.example");
  });

  it.each([
    [
      "comments anywhere",
      "(x) mx.google.com (a (b\\) c) d) 1 ; (x)dkim(x)=(x)pass(x)header(x).(x)d(x)=(x)a.example(x)",
    ],
    ["quotes", '"mx.google.com"; "dkim"="pass" reason="2048; bit \\"key\\"" header.d="a.example"'],
    ["no space at all", "mx.google.com;dkim=pass header.d=a.example;"],
    ["capitals and a version", "MX.Google.COM 1; DKIM/1=PASS Header.D=a.example"],
    ["tabs", "mx.google.com;\t\tdkim\t=\tpass\theader.d\t=\ta.example\t"],
  ])("with %s say the same", (_name, value) => {
    const read = parseAuthenticationResults(value);
    expect(read).toMatchObject({ authservId: "mx.google.com", isWellFormed: true });
    expect(read?.results).toMatchObject([{ method: "dkim", result: "pass" }]);
    expect(read?.results[0] && propertyOf(read.results[0], "header.d")).toBe("a.example");
  });

  it.each(["", ";", "spf=none (sender IP is 203.0.113.7) smtp.helo=x.example; dkim=none", "= ; dkim=pass"])(
    "that nobody signs are nobody's: %s",
    (value) => {
      expect(parseAuthenticationResults(value)).toBeNull();
    },
  );

  it.each([
    [
      "an address that closes a comment",
      "spf=pass (domain of a) ; dkim=pass header.d=bank.example (b@c.example allows) smtp.mailfrom=a) ; dkim=pass header.d=bank.example (b@c.example",
    ],
    ["an address in quotes that would close one", 'spf=pass smtp.mailfrom="a) ; dkim=pass (b"@c.example'],
    ["a comment that never closes", "dkim=pass header.d=bank.example (x"],
    ["a quote that never closes", 'dkim=pass header.d="bank.example'],
    ["a word too many", "dkim=pass header.d=bank.example pass"],
    ["a word alone", "x"],
    ["ten thousand results", "dkim=pass header.d=bank.example;".repeat(10_000)],
    ["a method without a result", "dkim=; spf=pass"],
  ])("torn by %s are not well-formed", (_name, value) => {
    expect(parseAuthenticationResults(`mx.google.com; ${value}`)?.isWellFormed).toBe(false);
  });

  it("say what mailauth reads in them", () => {
    const told = fc.record({
      method: fc.constantFrom("dkim", "spf", "dmarc", "arc"),
      result: fc.constantFrom("pass", "fail", "none", "temperror"),
      comment: fc.constantFrom("", " (2048-bit key)", " (a; b=c (d))"),
      value: fc.constantFrom("a.example", "@b.example", "SRS0=1=c@d.example", '"e f"@g.example'),
    });
    // Of what it reads twice, mailauth keeps the last; signatures are the exception.
    const lines = fc.uniqueArray(told, {
      minLength: 1,
      selector: ({ method, result, value }) => (method === "dkim" ? `${result} ${value}` : method),
    });
    fc.assert(
      fc.property(lines, (all) => {
        const text = all.map((one) => `${one.method}=${one.result}${one.comment} header.i=${one.value}`);
        const value = ["mx.google.com", ...text].join("; ");
        const { parsed } = mailauth(`Authentication-Results: ${value}`);
        const theirs = Object.entries(parsed).flatMap(([method, results]) =>
          typeof results === "object"
            ? [results].flat().map((one) => [method, one.value, (one.header as Record<string, string>).i])
            : [],
        );
        const ours = parseAuthenticationResults(value)?.results.map((one) => [
          one.method,
          one.result,
          propertyOf(one, "header.i"),
        ]);
        expect([...(ours ?? [])].sort()).toEqual(theirs.sort());
      }),
    );
  });

  it("are read without throwing, and as long as a header can be in a moment", () => {
    const piece = fc.constantFrom(
      "mx.google.com",
      ";",
      "=",
      "(",
      ")",
      '"',
      "\\",
      " ",
      "dkim",
      "pass",
      "header.d",
      ".",
      "a@b",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        parseAuthenticationResults(pieces.join(""));
      }),
    );
    for (const part of ["(", '"', "a=b ", ";", "(()", "\\", ". ."]) {
      expect(cpuMs(() => parseAuthenticationResults(`x;${part.repeat(65_536 / part.length)}`))).toBeLessThan(
        500,
      );
    }
  });
});
