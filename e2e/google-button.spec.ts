import { expect, test } from "./fixtures.ts";

// Google checks the button when it verifies an app: https://developers.google.com/identity/branding-guidelines
const words = { en: "Sign in with Google", id: "Login dengan Google", th: "ลงชื่อเข้าใช้ด้วย Google" };
const themes = {
  light: { fill: "rgb(255, 255, 255)", stroke: "rgb(116, 119, 117)", ink: "rgb(31, 31, 31)" },
  dark: { fill: "rgb(19, 19, 20)", stroke: "rgb(142, 145, 143)", ink: "rgb(227, 227, 227)" },
};

for (const [language, name] of Object.entries(words)) {
  test(`the button says “${name}”, with Google's mark, colours and distances, light and dark`, async ({
    page,
    context,
  }) => {
    await context.setExtraHTTPHeaders({ "accept-language": language });
    await page.goto("/");
    const button = page.getByRole("button", { name, exact: true });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { fill, stroke, ink } = themes[colorScheme];
      await expect(button).toHaveCSS("background-color", fill);
      await expect(button).toHaveCSS("border-top-color", stroke);
      await expect(button).toHaveCSS("color", ink);
    }
    await expect(button).toHaveCSS("font", /^500 14px \/ 20px Roboto/);
    const distances = await button.evaluate((element) => {
      const text = document.createRange();
      text.selectNodeContents(element.lastChild as Node);
      const [outer, mark, words] = [
        element.getBoundingClientRect(),
        (element.firstElementChild as Element).getBoundingClientRect(),
        text.getBoundingClientRect(),
      ];
      return {
        height: outer.height,
        mark: [mark.width, mark.height],
        left: mark.left - outer.left - 1,
        between: words.left - mark.right,
        right: outer.right - 1 - words.right,
      };
    });
    expect(distances.height).toBe(40);
    expect(distances.mark).toEqual([20, 20]);
    expect(distances.left).toBeCloseTo(12, 0);
    expect(distances.between).toBeCloseTo(10, 0);
    expect(distances.right).toBeCloseTo(12, 0);
    const colors = await button
      .locator("path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("fill")));
    expect(colors).toEqual(["#EA4335", "#4285F4", "#FBBC05", "#34A853"]);
  });
}
