import { expect, it } from "vitest";
import { formFields } from "./form-fields.ts";

it("gives a form's fields; of two with one name the last", () => {
  const form = new FormData();
  for (const [name, value] of ["a=1", "b=2", "a=3"].map((pair) => pair.split("=")))
    form.append(name ?? "", value ?? "");
  expect(formFields(form)).toEqual({ a: "3", b: "2" });
});

it.each([[undefined], [null], ["x"], [[["language", "th"]]], [{ get: () => "th" }]])(
  "gives none of %j, which is no form",
  (sent) => expect(formFields(sent)).toEqual({}),
);
