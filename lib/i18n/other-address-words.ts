/** What somebody reads whose form came from another page or another address than Latchkey's own. */
export const otherAddressWords = (address: string) => ({
  title: "This form did not come from Latchkey",
  text: "To be safe it was not taken, and nothing was changed. Latchkey's own address is",
  address,
  more: "Open it there, and try again.",
});
